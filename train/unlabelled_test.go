package train

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"eddy/data"
)

// TestUnlabelled: comparisons are of the samples of the source alone, a law is
// of these and of the drawn states.
func TestUnlabelled(t *testing.T) {
	const states = 5
	e := experiment(t, "method={kind: unlabelled, states: 5}", "loss=[mse, residual]", "train.batch=3")
	s, err := e.Open()
	check(t, err)
	defer s.Close()
	stream, err := s.Source.Value.Open(t.Context(), s.request())
	check(t, err)
	defer stream.Close()
	b, err := stream.Next(1)
	check(t, err)
	b = data.Batch{Size: b.Size, Frames: b.Frames}
	f, err := s.Method.Value.Draw(b, rand.New(rand.NewPCG(1, 1)))
	check(t, err)
	if first, next := f[frame(0)].Shape[0], f[frame(1)].Shape[0]; first != 3+states || next != 3 {
		t.Errorf("%d states and %d targets, want 8 and 3", first, next)
	}
	trainer := &Trainer{Session: s, average: newAverage(0, s.Params.List)}
	check(t, trainer.compile(f))
	check(t, trainer.program.Run(f))
	_, got := trainer.program.Reports()

	// The same samples with other states have the same error, another residual.
	g, err := s.Method.Value.Draw(b, rand.New(rand.NewPCG(2, 2)))
	check(t, err)
	check(t, trainer.program.Run(g))
	if _, other := trainer.program.Reports(); math.Abs(other[0]-got[0]) > 1e-6*got[0] || other[1] == got[1] {
		t.Errorf("terms %v with some states and %v with others", got, other)
	}
}

// TestLawsAlone need no solutions: a source is asked for states to start from.
func TestLawsAlone(t *testing.T) {
	for loss, want := range map[string]int{"[residual]": 1, "[residual, mse]": 2, "[mse]": 2} {
		if r := experiment(t, "loss="+loss).request(); r.Window != want {
			t.Errorf("loss %s: windows of %d frames, want %d", loss, r.Window, want)
		}
	}
}

func TestUnlabelledRefuses(t *testing.T) {
	for settings, want := range map[string]string{
		"loss=[mse]":        "no loss does without",
		"problem.warmup=10": "warmup = 10, want 0",
	} {
		e := experiment(t, "method=unlabelled", "loss=[mse, residual]", settings)
		if s, err := e.Open(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", settings, err, want)
			if err == nil {
				s.Close()
			}
		}
	}
}

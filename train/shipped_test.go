package train

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data"
	"eddy/rollout"
)

// loadShipped loads an experiment. Data that have to be computed first are
// computed while it trains.
func loadShipped(t *testing.T, path string) *Experiment {
	t.Helper()
	e := Default()
	if err := configs.Load(path, e); err != nil {
		t.Fatal(err)
	}
	f, ok := e.Source.Value.(*data.File)
	if !ok {
		return e
	}
	if _, err := os.Stat(f.Train); errors.Is(err, fs.ErrNotExist) {
		e = Default()
		if err := configs.Load(path, e, "source={kind: online, threshold: 0}"); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// TestShippedConfigs loads every experiment in configs/, trains two steps of it
// and forecasts a frame.
func TestShippedConfigs(t *testing.T) {
	t.Chdir("..") // files of data are named from the root of the repository
	paths, err := filepath.Glob("configs/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no configurations: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			e := loadShipped(t, path)
			if want := strings.TrimSuffix(filepath.Base(path), ".yaml"); e.Name != want {
				t.Errorf("name: %s, want that of the file, %s", e.Name, want)
			}
			s, err := e.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			takeSteps(t, s, 2)
			forecast(t, s)
		})
	}
}

// takeSteps trains a few steps of a session.
func takeSteps(t *testing.T, s *Session, n int) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	trainer, err := NewTrainer(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		step, err := trainer.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !(step.Loss > 0) || !(step.GradNorm > 0) {
			t.Errorf("step %d: loss %v, norm of the gradient %v, want both positive", step.Number, step.Loss, step.GradNorm)
		}
	}
	if _, err := trainer.Close(); err != nil {
		t.Fatal(err)
	}
}

// forecast has the session's model forecast a frame from zero.
func forecast(t *testing.T, s *Session) {
	t.Helper()
	p, err := s.Method.Value.Predictor(s.model, s.On)
	if err != nil {
		t.Fatal(err)
	}
	zero := make([]float64, s.Layout.Grid.Size()*len(s.Layout.In))
	frames, err := p.Predict(rollout.Start{
		Past: slices.Repeat([][]float64{zero}, s.past()), State: zero, Parameters: make([]float64, len(s.Layout.Parameters)),
	}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(frames) != 1 || len(frames[0]) != s.Layout.Grid.Size()*len(s.Layout.Out) {
		t.Fatalf("%d frames", len(frames))
	}
	for i, u := range frames[0] {
		if !finite(u) {
			t.Fatalf("value %v at %d", u, i)
		}
	}
}

// TestShippedComments: a file begins with the line by which an editor finds the
// schema, and goes on with what it is.
func TestShippedComments(t *testing.T) {
	paths, err := filepath.Glob("../configs/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitN(string(text), "\n", 3)
		if lines[0] != "# yaml-language-server: $schema=schema.json" || len(lines) < 3 || !strings.HasPrefix(lines[1], "# ") {
			t.Errorf("%s begins with\n%s\n%s\nwant the line of the schema and a comment", path, lines[0], lines[1])
		}
	}
}

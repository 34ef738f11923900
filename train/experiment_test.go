package train

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data/npy"
)

// sources are what a method may be given: solvers that run beside the training,
// trajectories from a file, and pairs from a file.
var sources = map[string]string{
	"online": `
problem:
  equation: burgers
  grid: {points: [16], extent: [1.0]}
  dt: 0.1
  solver: etdrk
  initial: {kind: fourier, cutoff: 3}
source: {kind: online, buffer: 40, length: 20}
`,
	"trajectories": `
problem:
  grid: {points: [16], extent: [1.0]}
  dt: 0.1
source: {kind: file, train: DIR/train.npy, test: DIR/test.npy}
`,
	"points": `
problem:
  equation: burgers
  grid: {points: [16], extent: [1.0]}
  dt: 0.1
  solver: etdrk
  initial: {kind: fourier, cutoff: 3}
source: {kind: points}
`,
	"pairs": `
problem:
  grid: {points: [16, 16], extent: [1.0, 1.0], boundary: half_open}
  dt: 1.0
source: {kind: file, train: ../data/testdata/darcy16_train.npz, test: ../data/testdata/darcy16_test.npz, input: a, target: u}
`,
}

// fits is what each method needs to be changed for the sources that it can
// learn from. From all others it must refuse to.
var fits = map[string]map[string][]string{
	"supervised":     {"online": nil, "trajectories": nil},
	"pushforward":    {"online": nil, "trajectories": nil},
	"refiner":        {"online": nil, "trajectories": nil},
	"diverted_chain": {"online": nil}, // files do not say how they go on from another state
	"noisy":          {"online": {"method.method.kind=supervised", "method.method.history=3"}, "trajectories": {"method.method.kind=supervised", "method.method.history=3"}},
	"spacetime":      {"online": {"method.frames=8"}, "trajectories": {"method.frames=8"}},
	"unlabelled":     {"online": {"loss=[residual]"}},
	"operator":       {"online": {"rollout.steps=1"}, "trajectories": {"rollout.steps=1"}, "pairs": {"rollout.steps=1"}},
	"pinn":           {"points": {"model={kind: coordinates, width: 4, layers: 1}", "train.batch=1"}},
}

// openWith opens an experiment on a source of the table. Its files have
// trajectories of 9 frames.
func openWith(t *testing.T, source string, overrides ...string) error {
	t.Helper()
	dir := t.TempDir()
	for i, name := range []string{"train.npy", "test.npy"} {
		writeFrames(t, filepath.Join(dir, name), []int{6, 9, 16}, float64(i+1))
	}
	const head = "name: tiny\nmodel: {kind: fno, modes: [3], width: 4, blocks: 1}\ntrain: {batch: 4}\nrollout: {steps: 5, samples: 2}"
	text := head + strings.ReplaceAll(sources[source], "DIR", dir)
	e := Default()
	if err := configs.Parse(source, []byte(text), e, overrides...); err != nil {
		t.Fatal(err)
	}
	s, err := e.Open()
	if err == nil {
		s.Close()
	}
	return err
}

func writeFrames(t *testing.T, path string, shape []int, scale float64) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := npy.NewWriter(f, 64, shape...)
	if err != nil {
		t.Fatal(err)
	}
	n := 1
	for _, d := range shape {
		n *= d
	}
	for i := range n {
		if err := w.Write([]float64{scale * float64(i%7)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestMethodsAndSources opens every method on every source. One that does not
// fit is refused before anything is trained.
func TestMethodsAndSources(t *testing.T) {
	for _, method := range configs.Kinds[Method]() {
		if fits[method] == nil {
			t.Errorf("%s: the test does not know from which sources it learns", method)
		}
		for source := range sources {
			settings, ok := fits[method][source]
			err := openWith(t, source, append([]string{"method.kind=" + method}, settings...)...)
			if ok != (err == nil) {
				t.Errorf("%s on %s: %v, want it to fit: %v", method, source, err, ok)
			}
			if err != nil {
				t.Logf("%s on %s: %v", method, source, err)
			}
		}
	}
}

// TestOpenRefuses lists settings that contradict each other, with what the
// message has to name.
func TestOpenRefuses(t *testing.T) {
	for _, test := range []struct {
		source    string
		overrides []string
		want      []string
	}{
		{"pairs", []string{"method=supervised", "rollout.steps=1"}, []string{"supervised: the samples are pairs", "method operator"}},
		{"pairs", []string{"method=refiner", "rollout.steps=1"}, []string{"refiner: the samples are pairs", "method operator"}},
		{"online", []string{"method=refiner", "loss=[rel_l2]"}, []string{"refiner: loss rel_l2", "want mse"}},
		{"online", []string{"method=refiner", "loss=[mse, mse]"}, []string{"refiner: 2 terms of the loss", "want loss: [mse]"}},
		{"online", []string{"method=refiner", "model={kind: residual, model: {kind: fno, modes: [3]}}"}, []string{"residual: forecasts the change"}},
		{"online", []string{"method=refiner", "model={kind: coordinates}"}, []string{"coordinates"}},
		{"online", []string{"rollout.metrics=[failure_time]"}, []string{"16 draws", "supervised are not drawn"}},
		{"pairs", []string{"method={kind: spacetime, frames: 4}"}, []string{"samples are pairs", "windows of 5 frames"}},
		{"pairs", []string{"method=operator"}, []string{"operator: forecasts 1 frame", "rollout.steps = 5"}},
		{"trajectories", []string{"method={kind: spacetime, frames: 9}"}, []string{"trajectories of 9 frames", "windows of 10"}},
		{"trajectories", []string{"method={kind: supervised, unroll: 9}"}, []string{"trajectories of 9 frames", "windows of 10"}},
		{"trajectories", []string{"rollout.steps=9"}, []string{"rollout: steps = 9", "has 8"}},
		{"trajectories", []string{`source.test=""`}, []string{"rollout: steps = 5", "test is not given"}},
		{"trajectories", []string{"problem.grid.points=[8]"}, []string{"[6 9 16]", "[8]"}},
		{"online", []string{"method={kind: supervised, unroll: 20}"}, []string{"length = 20", "windows of 21"}},
		{"online", []string{"train.batch=41"}, []string{"buffer = 40", "41"}},
		{"online", []string{"model.modes=[9]"}, []string{"model.modes: 9 along axis 0", "16 points have only 8"}},
		{"online", []string{"model.padding=2"}, []string{"model.padding: 2 points", "periodic"}},
		{"online", []string{"problem.grid.boundary=walls"}, []string{"walls"}},
		{"trajectories", []string{"method={kind: spacetime, frames: 4}", "loss=[sobolev]"}, []string{"loss sobolev", "time is none"}},
	} {
		err := openWith(t, test.source, test.overrides...)
		for _, part := range test.want {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%s with %v: got %v, want …%s…", test.source, test.overrides, err, part)
			}
		}
	}
}

// whole is a configuration with every section that a limit is tried in.
const whole = `name: x
problem: {grid: {points: [16], extent: [1.0]}, dt: 0.1}
source: {kind: online}
model: {kind: fno}
method: {kind: supervised}
optimizer: {kind: adam}
schedule: {kind: constant}
`

// TestCheckRefuses lists configurations that lack something.
func TestCheckRefuses(t *testing.T) {
	if err := configs.Parse("x", []byte(whole), Default()); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ old, new, want string }{
		{"name: x\n", "", "name: \"\", want 1 to 64"},
		{"name: x", "name: ../x", "x:1:1: name: \"../x\", want 1 to 64"},
		{"name: x", "name: " + strings.Repeat("x", 65), "want 1 to 64"},
		{"name: x", "name: -x", "begin with a letter or digit"},
		{"model: {kind: fno}\n", "", "model: missing, want one of ["},
		{"source: {kind: online}\n", "", "source: missing, want one of ["},
		{"dt: 0.1", "warmup: 1", "problem.dt: must be given"},
		{"grid: {points: [16], extent: [1.0]}, ", "", "problem.grid.points: 0 axes, want 1 to 3"},
		{"extent: [1.0]", "extent: [1.0, 1.0]", "problem.grid.extent: 2 lengths for the 1 axes of points"},
		{"model:", "loss: []\nmodel:", "loss: no term"},
		{"model:", "rollout: {metrics: []}\nmodel:", "rollout: no metrics"},
	} {
		err := configs.Parse("x", []byte(strings.Replace(whole, test.old, test.new, 1)), Default())
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q for %q: got %v, want …%s…", test.new, test.old, err, test.want)
		}
	}
}

// TestLimits: numbers at which training can only fail are refused by name.
func TestLimits(t *testing.T) {
	for _, override := range []string{
		"train.steps=0", "train.batch=0", "train.checkpoint=0", "train.clip=0.0", "train.ema=1.0", "workers=-1",
		"schedule.rate=0.0", "optimizer.beta1=1.0", "optimizer.beta2=1.0", "optimizer.eps=0.0",
		"method.unroll=0", "model.width=0", "model.blocks=0", "model.modes=[0]", "rollout.steps=0", "rollout.samples=0",
	} {
		key, _, _ := strings.Cut(override, "=")
		err := configs.Parse("x", []byte(whole), Default(), override)
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("command line: %s: %s", override, key)) {
			t.Errorf("%s: got %v", override, err)
		}
	}
}

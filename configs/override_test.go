package configs_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
)

func valid(t *testing.T) []byte {
	text, err := os.ReadFile("testdata/valid.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestOverrides(t *testing.T) {
	r := defaults()
	err := configs.Parse("x.yaml", valid(t), &r,
		"name=other", "train.batch=7", "train.batch=8", "problem.grid={points: [32, 32], extent: [1, 2]}",
		"problem.grid.extent.1=3.5", "loss.0.weight=2", "optimizer.betas=[0.5, 0.6]",
		"model=deeponet", "model.width=9", "rollout.metrics=[]", `precision="float64"`)
	if err != nil {
		t.Fatal(err)
	}
	m := r.Model.Value.(*deeponet)
	switch {
	case r.Name != "other", r.Train.Batch != 8, r.Precision != "float64", len(r.Rollout.Metrics) != 0:
		t.Errorf("got %+v", r)
	case !slices.Equal(r.Problem.Grid.Points, []int{32, 32}), !slices.Equal(r.Problem.Grid.Extent, []float64{1, 3.5}):
		t.Errorf("got %+v", r.Problem.Grid)
	case r.Loss[0].Value.(*mse).Weight != 2, r.Optimizer.Value.(*adam).Betas != [2]float64{0.5, 0.6}:
		t.Errorf("got %+v and %+v", r.Loss[0].Value, r.Optimizer.Value)
	case m.Width != 9 || m.Basis != 32:
		t.Errorf("got %+v", m)
	}
}

// An override may go below a section that the file leaves out, or that it
// gives as a bare kind.
func TestOverrideMakesSections(t *testing.T) {
	text := []byte("model: fno\nproblem: {dt: 0.1}\n")
	r := defaults()
	if err := configs.Parse("x.yaml", text, &r, "model.width=9", "train.steps=300", "schedule=warmup_cosine", "schedule.rate=0.5"); err != nil {
		t.Fatal(err)
	}
	if r.Model.Value.(*fno).Width != 9 || r.Train.Steps != 300 || r.Train.Batch != 20 || r.Schedule.Value.(*warmupCosine).Rate != 0.5 {
		t.Errorf("got %+v", r)
	}
}

func TestMalformedOverrides(t *testing.T) {
	tests := []struct{ override, path, part string }{
		{"=3", "", "want something like"},
		{"abc", "", "want something like"},
		{"", "", "want something like"},
		{"a..b=1", "", "want something like"},
		{".a=1", "", "want something like"},
		{"seed=", "", "value is empty"},
		{"seed= ", "", "value is empty"},
		{"seed=#1", "seed", "empty"},
		{"seed=~", "seed", "got nothing, want an integer"},
		{"seed=1\n---\n2", "seed", "a second document"},
		{"seed=[1", "seed", "not YAML"},
		{"seed=\x00", "seed", "invisible character"},
		{"seed=&a 1", "seed", "anchors"},
		{"name=" + strings.Repeat("[", 50), "name", "nested more than"},
		{"name=" + strings.Repeat("x", 70_000), "name", "larger than"},
		{"train.stesp=3", "train.stesp", "did you mean `steps`?"},
		{"trian.steps=3", "trian", "did you mean `train`?"},
		{"train.steps=1e3", "train.steps", "write 1000"},
		{"train.steps=0", "train.steps", "steps = 0, want a value in [1,inf)"},
		{"train.batch.size=3", "", "`train.batch` is not a section"},
		{"train.checkpoint=5000", "train.checkpoint", "checkpoint = 5000, want at most 1000"},
		{"loss.1.weight=3", "", "`loss.1` is not a section"},
		{"loss.1=mse", "", "there is no `loss.1` to set"},
		{"loss.first=mse", "", "there is no `loss.first` to set"},
		{"loss.0.weight=-3", "loss.0.weight", "want a value in [0,inf)"},
		{"model.kind=deeponet", "model.modes", ""},
		{"model.kind=fn", "model.kind", "did you mean `fno`?"},
		{"model.modes=33", "model.modes", "modes = 33, want at most 32"},
		{"name.first=x", "name", "got a mapping, want a string"},
		{"method={kind: refiner, min_noise: 0.2}", "method.min_noise", "want at most max_noise = 0.1"},
	}
	for _, test := range tests {
		r := defaults()
		err := configs.Parse("x.yaml", valid(t), &r, test.override)
		var faults configs.Faults
		if !errors.As(err, &faults) {
			t.Errorf("%.40s: got %v, want faults", test.override, err)
			continue
		}
		f := faults[0]
		if test.override == "model.kind=deeponet" { // the old kind's keys are in the file
			if f.Line != 17 || f.Path != "model.modes" {
				t.Errorf("%s: got %v", test.override, err)
			}
			continue
		}
		if len(faults) != 1 || !strings.HasPrefix(f.File, "command line: ") || f.Line != 0 || f.Path != test.path || !strings.Contains(f.Message, test.part) {
			t.Errorf("%.40s: want path %q and %q, got\n%v", test.override, test.path, test.part, err)
		}
	}
}

package train

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data"
	"eddy/physics"
)

// scenarios lists the files of configs/scenarios.
func scenarios(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.yaml", "apebench/*.yaml"} {
		paths, err := filepath.Glob(filepath.Join("../configs/scenarios", pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no scenarios %s: %v", pattern, err)
		}
		all = append(all, paths...)
	}
	return all
}

// TestScenarios computes the first frames of every scenario by its own solver,
// from states that were not warmed up.
func TestScenarios(t *testing.T) {
	for _, path := range scenarios(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
			e := Default()
			check(t, configs.Load(path, e, "problem.warmup=0"))
			frames := 2
			if _, steady := e.Problem.Equation.Value.(physics.Elliptic); steady {
				frames = 1
			}
			trials, err := e.Source.Value.Trials(t.Context(), e.request(), data.Test, 1, frames)
			check(t, err)
			for i, u := range trials[0].Frames[1:] {
				if !slices.ContainsFunc(u, func(v float64) bool { return v != u[0] }) || slices.ContainsFunc(u, func(v float64) bool { return !finite(v) }) {
					t.Errorf("frame %d is constant or not finite", i+1)
				}
			}
		})
	}
}

// TestScenariosAreExperiments reads what the files say: each is called as its
// file is, names the schema, and can be trained.
func TestScenariosAreExperiments(t *testing.T) {
	for _, path := range scenarios(t) {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		text, err := os.ReadFile(path)
		check(t, err)
		first, _, _ := strings.Cut(string(text), "\n")
		schema, ok := strings.CutPrefix(first, "# yaml-language-server: $schema=")
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), schema)); !ok || err != nil {
			t.Errorf("%s: the first line is %q, want that of the schema: %v", path, first, err)
		}
		e := Default()
		if err := configs.Load(path, e); err != nil {
			t.Error(err)
			continue
		}
		if e.Name != name {
			t.Errorf("%s: name: %s, want that of the file", path, e.Name)
		}
		check(t, configs.Load(path, e, shortened(e)...))
		s, err := e.Open()
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		takeSteps(t, s, 1)
		forecast(t, s)
		s.Close()
	}
}

// shortened is what makes a step of an experiment quick.
func shortened(e *Experiment) []string {
	points := strings.Join(slices.Repeat([]string{"17"}, e.Problem.Grid.Dims()), ", ")
	settings := []string{
		"problem.warmup=0", "problem.grid.points=[" + points + "]", "rollout.steps=1",
		"source.length=4", "source.buffer=64", "train.batch=2", "model.modes=[3]",
	}
	if e.Problem.Initial.Kind == "mcwilliams" {
		settings = append(settings, "problem.initial.cutoff=8") // that 17 points hold
	}
	return settings
}

package train

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eddy/configs"
)

// darcy learns from permeabilities to pressures that are computed beside the
// training.
const darcy = `
name: darcy
seed: 3
problem:
  equation: {kind: darcy}
  grid: {points: [13, 13], extent: [1.0, 1.0], boundary: walls}
  dt: 1.0
  solver: {kind: darcy}
  initial: {kind: two_phase}
  symmetries: [square]
source: {kind: online, buffer: 40, reuse: 2}
model: {kind: fno, modes: [4], width: 8, blocks: 2, padding: 3}
method: {kind: operator}
loss: [{kind: rel_l2}]
schedule: {kind: warmup_cosine, rate: 3.0e-3, warmup: 5}
train: {steps: 60, batch: 8, checkpoint: 60}
rollout: {steps: 1, samples: 4, metrics: [rel_l2]}
`

// An elliptic problem is trained on online and judged as an evolution is: its
// source gives pairs, with channels of their own names and scales.
func TestOperatorLearnsOnline(t *testing.T) {
	e := Default()
	path := filepath.Join(t.TempDir(), "darcy.yaml")
	check(t, os.WriteFile(path, []byte(darcy), 0o644))
	check(t, configs.Load(path, e))
	s, err := e.Open()
	check(t, err)
	defer s.Close()
	l := s.Layout
	if l.Stepped || len(l.In) != 1 || len(l.Out) != 1 || l.In[0].Name != "a" || l.Out[0].Name != "u" {
		t.Errorf("the layout is %+v, want a and u that do not follow each other in time", l)
	}
	if l.In[0].Mean < 3 || l.In[0].Mean > 12 || l.Out[0].Mean > 0.03 {
		t.Errorf("means of %v and %v, want a between 3 and 12, and u of about 0.005", l.In[0].Mean, l.Out[0].Mean)
	}
	trainer, err := NewTrainer(t.Context(), s)
	check(t, err)
	for range e.Train.Steps {
		step, err := trainer.Next()
		check(t, err)
		if math.IsNaN(step.Loss) {
			t.Fatal("the loss is not a number")
		}
	}
	_, err = trainer.Close()
	check(t, err)
	j, err := s.Judge(t.Context(), 1, Outcome{})
	check(t, err)
	errors := map[string]float64{}
	for _, r := range j.Rows {
		if r.Metric == "rel_l2/fno" {
			errors[r.Model] = r.Value
		}
	}
	if fno, mean := errors["fno"], errors["training mean"]; !(fno < 0.8*mean) {
		t.Errorf("errors %v, want fno well below the mean of the training data", errors)
	}
	if j.Truth.Maker != "finite volumes to 1e-12" {
		t.Errorf("the truth is from %q, want the solver", j.Truth.Maker)
	}
}

// What has no time is not forecast for two frames, nor warmed up, nor learned
// step by step.
func TestOperatorRefusesTime(t *testing.T) {
	for setting, want := range map[string]string{
		"rollout.steps=2":                "forecasts 1 frame",
		"problem.warmup=3":               "warmup = 3, want 0: darcy has no time",
		"method=supervised":              "supervised",
		"problem.grid.boundary=periodic": "want a grid that has walls",
		"problem.solver=etdrk":           "darcy has no time",
	} {
		e := Default()
		path := filepath.Join(t.TempDir(), "darcy.yaml")
		check(t, os.WriteFile(path, []byte(darcy), 0o644))
		check(t, configs.Load(path, e, setting))
		s, err := e.Open()
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", setting, err, want)
		}
	}
}

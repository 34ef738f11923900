package models_test

import (
	"slices"
	"testing"

	"eddy/models"
	"eddy/models/graph"
)

// checkTensors: each number of the parameters is in exactly one tensor, and
// comes back from where it was put.
func checkTensors(t *testing.T, m models.Model, ps *graph.Params) {
	t.Helper()
	n := 0.0
	for _, p := range ps.List {
		v := make([]float64, p.Value.Len())
		for i := range v {
			n++
			v[i] = n
		}
		p.Value.Put(v)
	}
	names := map[string]bool{}
	var all []float64
	for _, x := range models.Tensors(m, ps) {
		if names[x.Name] {
			t.Errorf("two tensors are called %s", x.Name)
		}
		names[x.Name] = true
		v := x.Values()
		all = append(all, v...)
		x.Put(make([]float64, len(v)))
		if slices.Max(x.Values()) != 0 {
			t.Errorf("%s: other numbers than those put", x.Name)
		}
		x.Put(v)
		if !slices.Equal(x.Values(), v) {
			t.Errorf("%s: does not return to what it was", x.Name)
		}
	}
	slices.Sort(all)
	if len(all) != int(n) || len(slices.Compact(all)) != int(n) {
		t.Errorf("%d numbers in tensors, want each of the %v parameters once", len(all), n)
	}
}

// TestTensors checks the tensors of every kind.
func TestTensors(t *testing.T) {
	eachModel(t, func(t *testing.T, kind string, s models.Spec) {
		m, ps := newModel(t, kind, s), &graph.Params{}
		if err := m.Init(s, ps, random(1)); err != nil {
			t.Fatal(err)
		}
		checkTensors(t, m, ps)
	})
}

// TestFNOTensors checks those of all forms of an FNO, on up to three axes.
func TestFNOTensors(t *testing.T) {
	eachFNO(t, func(t *testing.T, x *subject) {
		x.params.List = slices.DeleteFunc(x.params.List, func(p *graph.Param) bool { return p == x.state || p == x.cond })
		checkTensors(t, x.model, x.params)
	})
}

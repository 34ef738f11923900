package models_test

import (
	"slices"
	"testing"

	"eddy/configs"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// TestSamplesDoNotMix changes the second of three samples, its state or its
// conditions: the outputs of the others stay what they were, to the last bit.
func TestSamplesDoNotMix(t *testing.T) {
	eachModel(t, func(t *testing.T, kind string, s models.Spec) {
		for _, precision := range []graph.Precision{graph.F32, graph.F64} {
			x := open(t, kind, s, precision, 1)
			p := x.apply(t)
			for _, input := range x.inputs() {
				run(t, p)
				before := samples(p.Output().Values())
				v := input.Value.Values()
				for i := range samples(v)[1] {
					samples(v)[1][i] += 0.5
				}
				input.Value.Put(v)
				run(t, p)
				after := samples(p.Output().Values())
				for i, changes := range []bool{false, true, false} {
					if slices.Equal(before[i], after[i]) == changes {
						t.Errorf("%v: another %s of sample 1: the output of sample %d: changed %v, want %v", precision, input.Name, i, !changes, changes)
					}
				}
			}
		}
	})
}

// samples cuts [B, …] into its samples.
func samples(v []float64) [][]float64 { return slices.Collect(slices.Chunk(v, len(v)/batch)) }

// TestPrecisions compares outputs and gradients in single precision with those
// in double precision.
func TestPrecisions(t *testing.T) {
	const tolerance = 1e-4 // of the largest: some hundred roundings of 6e-8
	eachModel(t, func(t *testing.T, kind string, s models.Spec) {
		var values [2][][]float64
		for i, precision := range []graph.Precision{graph.F32, graph.F64} {
			x := open(t, kind, s, precision, 1)
			p := x.apply(t)
			run(t, p)
			values[i] = append(values[i], p.Output().Values())
			p = x.train(t)
			run(t, p)
			for _, g := range p.Grads {
				values[i] = append(values[i], g.Values())
			}
		}
		for i, want := range values[1] {
			if d := distance(values[0][i], want) / largest(want); d > tolerance {
				t.Errorf("array %d (0 is the output, gradients follow): off by %.1e of the largest element", i, d)
			}
		}
	})
}

// TestSeeds draws parameters three times: one seed gives one set of them, and
// another seed other values wherever there is something to draw.
func TestSeeds(t *testing.T) {
	eachModel(t, func(t *testing.T, kind string, s models.Spec) {
		first := open(t, kind, s, graph.F32, 1).params.List
		same := open(t, kind, s, graph.F32, 1).params.List
		other := open(t, kind, s, graph.F32, 2).params.List
		for i, q := range first {
			v := q.Value.F32
			if !slices.Equal(v, same[i].Value.F32) {
				t.Errorf("%s: two draws from one seed differ", q.Name)
			}
			if drawn := slices.Min(v) < slices.Max(v); drawn && slices.Equal(v, other[i].Value.F32) {
				t.Errorf("%s: draws from two seeds are equal", q.Name)
			}
		}
	})
}

// TestStateless applies each model to the first sample alone, in a graph of its
// own: a network must not depend on the rest of the batch or on earlier graphs.
func TestStateless(t *testing.T) {
	eachModel(t, func(t *testing.T, kind string, s models.Spec) {
		x := open(t, kind, s, graph.F64, 1)
		p := x.apply(t)
		run(t, p)
		want := samples(p.Output().Values())[0]
		shape := append([]int{1}, x.state.Shape[1:]...)
		like := graph.Feeds{"u": {Shape: shape, Data: samples(x.state.Value.Values())[0]}}
		alone, err := graph.Compile(x.on, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
			return x.model.Apply(g, x.input(g, in["u"]))
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := alone.Run(like); err != nil {
			t.Fatal(err)
		}
		// Rows may pass through a layer in other groups, so the last bits differ.
		if d := distance(alone.Output().Values(), want); d > 1e-12*largest(want) {
			t.Errorf("off by %.1e", d)
		}
	})
}

// TestNoState asks each model for a map from nothing and for one to nothing.
func TestNoState(t *testing.T) {
	for _, kind := range configs.Kinds[models.Model]() {
		for _, change := range []func(*models.Spec){
			func(s *models.Spec) { s.In = nil },
			func(s *models.Spec) { s.Out = nil },
		} {
			s := specOn([]int{32}, physics.Periodic)
			change(&s)
			if err := newModel(t, kind, s).Init(s, &graph.Params{}, random(1)); err == nil {
				t.Errorf("%s: accepts %d channels in and %d out", kind, len(s.In), len(s.Out))
			}
		}
	}
}

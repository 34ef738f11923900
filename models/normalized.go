package models

import (
	"math/rand/v2"

	"eddy/models/graph"
)

// Normalized wraps a model so that the network inside sees each channel and each
// condition with mean zero and deviation one, while inputs and outputs, and so
// the losses, are in physical units. It applies the [Constraint]s of the model.
type Normalized struct {
	Model
	Spec Spec
}

// Init implements [Model].
func (m *Normalized) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	m.Spec = s
	return m.Model.Init(s, ps, rng)
}

// Apply implements [Model].
func (m *Normalized) Apply(g *graph.Graph, in Input) *graph.Node {
	physical := in
	in.State, in.Cond = normalize(g, in.State, m.Spec.In), normalize(g, in.Cond, m.Spec.Cond)
	y := denormalize(g, m.Model.Apply(g, in), m.Spec.Out)
	if m.Spec.States != nil && m.Spec.States.Apart {
		return y
	}
	return Constrain(g, m.Model, physical, y)
}

// normalize brings the last axis of x to mean 0 and deviation 1; x may be nil.
func normalize(g *graph.Graph, x *graph.Node, scales []Scale) *graph.Node {
	if x == nil {
		return nil
	}
	scale, shift := make([]float64, len(scales)), make([]float64, len(scales))
	for c, s := range scales {
		scale[c], shift[c] = 1/s.Std, -s.Mean/s.Std
	}
	return g.Affine(x, scale, shift)
}

// denormalize is the inverse of normalize.
func denormalize(g *graph.Graph, x *graph.Node, scales []Scale) *graph.Node {
	if x == nil {
		return nil
	}
	scale, shift := make([]float64, len(scales)), make([]float64, len(scales))
	for c, s := range scales {
		scale[c], shift[c] = s.Std, s.Mean
	}
	return g.Affine(x, scale, shift)
}

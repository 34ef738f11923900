package models

import (
	"math/rand/v2"

	"eddy/models/graph"
)

// Normalized wraps a model so that the network inside sees each channel with
// mean zero and deviation one, while inputs and outputs, and so the losses,
// are in physical units.
type Normalized struct {
	Model
	In, Out []Scale // per channel
}

// Scale is the mean and the standard deviation of a channel.
type Scale struct{ Mean, Std float64 }

// Init implements [Model].
func (m *Normalized) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	return m.Model.Init(s, ps, rng)
}

// Apply implements [Model].
func (m *Normalized) Apply(g *graph.Graph, in Input) *graph.Node {
	scale, shift := make([]float64, len(m.In)), make([]float64, len(m.In))
	for c, s := range m.In {
		scale[c], shift[c] = 1/s.Std, -s.Mean/s.Std
	}
	in.State = g.Affine(in.State, scale, shift)
	y := m.Model.Apply(g, in)
	scale, shift = make([]float64, len(m.Out)), make([]float64, len(m.Out))
	for c, s := range m.Out {
		scale[c], shift[c] = s.Std, s.Mean
	}
	return g.Affine(y, scale, shift)
}

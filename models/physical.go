package models

import (
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("physical", func() Model { return &Physical{} }) }

// Physical gives the network inside its inputs in the units of the problem, and
// takes its output in these: it undoes what [Normalized] does around it. So
// papers are repeated whose networks are given the data as they are.
//
//	model: {kind: physical, model: {kind: deeponet}}
//
// Where values are far from 1, a network learns less well than without it.
type Physical struct {
	Model configs.Of[Model] `doc:"the network that is given physical units"`

	spec Spec
}

// Check refuses units of nothing.
func (m *Physical) Check() error { return given(m.Model) }

// Inner implements [Wrapper].
func (m *Physical) Inner() configs.Of[Model] { return m.Model }

// Init implements [Model]. The units of the network are those of the problem.
func (m *Physical) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	m.spec = s
	s.In, s.Out, s.Cond = units(s.In), units(s.Out), units(s.Cond)
	return inside(m.Model.Value.Init(s, ps, rng))
}

// units are as many scales that change nothing.
func units(scales []Scale) []Scale {
	ones := make([]Scale, len(scales))
	for c := range ones {
		ones[c].Std = 1
	}
	return ones
}

// Apply implements [Model].
func (m *Physical) Apply(g *graph.Graph, in Input) *graph.Node {
	in.State, in.Cond = denormalize(g, in.State, m.spec.In), denormalize(g, in.Cond, m.spec.Cond)
	return normalize(g, m.Model.Value.Apply(g, in), m.spec.Out)
}

// Tensors implements [Exchanged]: those of the network inside.
func (m *Physical) Tensors(ps *graph.Params) []Tensor { return Tensors(m.Model.Value, ps) }

package models

import (
	"errors"
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("blind", func() Model { return &Blind{} }) }

// Blind keeps the conditions from a network, which then has to do without
// knowing, for instance, the parameters of the equation: what a conditioned
// network is compared with, and the only way to train one that takes no
// conditions on a problem that has some.
//
//	model: {kind: blind, model: {kind: fno, width: 32}}
type Blind struct {
	Model configs.Of[Model] `doc:"the network"`
}

// Check refuses a blind nothing.
func (m *Blind) Check() error { return given(m.Model) }

// Inner implements [Wrapper].
func (m *Blind) Inner() configs.Of[Model] { return m.Model }

// Init implements [Model].
func (m *Blind) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if len(s.Cond) == 0 {
		return errors.New("blind: keeps conditions from the network, but the method gives none; is the problem without parameters?")
	}
	s.Cond = nil
	return inside(m.Model.Value.Init(s, ps, rng))
}

// Apply implements [Model].
func (m *Blind) Apply(g *graph.Graph, in Input) *graph.Node {
	in.Cond = nil
	return m.Model.Value.Apply(g, in)
}

// Tensors implements [Exchanged]: those of the network inside.
func (m *Blind) Tensors(ps *graph.Params) []Tensor { return Tensors(m.Model.Value, ps) }

package models

import (
	"errors"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("conditioned", func() Model { return &Conditioned{} }) }

// Conditioned gives conditions to a network that takes none: each number
// becomes a channel of the state, before the others, with one value for all
// points of a sample,
//
//	G_θ(u, c) = N_θ([c 1, u]).
//
//	model: {kind: conditioned, model: {kind: fno, width: 32}}
//
// It is the simplest conditioning, and works with every network that takes a
// state. One that takes conditions itself may use them better.
//
// Ref: Takamoto, Alesiani & Niepert (2023), arXiv:2304.14118, who compare it
// with attention over the channels.
type Conditioned struct {
	Model configs.Of[Model] `doc:"the network N"`

	conditions int
}

// Check refuses conditions of nothing.
func (m *Conditioned) Check() error { return given(m.Model) }

// Inner implements [Wrapper].
func (m *Conditioned) Inner() configs.Of[Model] { return m.Model }

// Init implements [Model].
func (m *Conditioned) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	switch {
	case len(s.Cond) == 0:
		return errors.New("conditioned: adds conditions to the state, but the method gives none; is the problem without parameters?")
	case len(s.In) == 0:
		return errors.New("conditioned: adds conditions to the state, but the method gives no state")
	}
	m.conditions = len(s.Cond)
	s.In, s.Cond = slices.Concat(s.Cond, s.In), nil
	return inside(m.Model.Value.Init(s, ps, rng))
}

// Apply implements [Model].
func (m *Conditioned) Apply(g *graph.Graph, in Input) *graph.Node {
	shape := slices.Clone([]int(in.State.Shape()))
	shape[len(shape)-1] = m.conditions
	size := m.conditions
	for _, n := range shape[:len(shape)-1] {
		size *= n
	}
	zeros := g.Const("zeros", shape, make([]float64, size))
	fields := g.Modulate(zeros, in.Cond, in.Cond) // 0 (1 + c) + c
	return m.Model.Value.Apply(g, Input{State: g.Join(fields, in.State), Points: in.Points})
}

// Tensors implements [Exchanged]: those of the network inside.
func (m *Conditioned) Tensors(ps *graph.Params) []Tensor { return Tensors(m.Model.Value, ps) }

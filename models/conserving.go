package models

import (
	"errors"
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
	"eddy/physics"
)

func init() { configs.Register("conserving", func() Model { return &Conserving{} }) }

// Conserving keeps the means of channels what they are in the last state that
// the network is given, such as mass and momentum, by the projection
//
//	u ← u + 1/|Ω| ∫ (u_last − u) dx,
//
// onto the nearest state in L². Forecasts of any length then have the mass that
// they began with, to about a rounding of one value per step. It is learned
// through, and the mean costs the network nothing.
//
//	model: {kind: conserving, model: {kind: residual, model: {kind: fno}}}
//
// The channels are those whose means the problem's equation conserves on a
// periodic grid. On others, and without an equation, they have to be named, and
// no flux may go through the walls, or what flows out must flow in.
//
// Ref: Hansen et al., ProbConserv (2023), arXiv:2302.11002, §3.3, with equal
// variances (HardC); Mohan et al. (2020), arXiv:2002.00021.
type Conserving struct {
	Model    configs.Of[Model] `doc:"the network"`
	Channels []int             `range:"[0,1000]" doc:"channels whose means stay; empty for those that the equation conserves"`

	to, from []int // channels of the output and those of the input that they have the means of
	weights  []float64
}

// Check refuses a constraint of nothing.
func (m *Conserving) Check() error { return given(m.Model) }

// Inner implements [Wrapper].
func (m *Conserving) Inner() configs.Of[Model] { return m.Model }

// Init implements [Model].
func (m *Conserving) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	st, err := s.states("conserving")
	if err != nil {
		return err
	}
	channels := m.Channels
	if len(channels) == 0 && s.Grid.Boundary == physics.Periodic {
		for c, stays := range st.Means {
			if stays {
				channels = append(channels, c)
			}
		}
	}
	if len(channels) == 0 {
		return errors.New("conserving: no channel whose mean the problem's equation is known to keep on this grid; name those that stay in channels")
	}
	if err := st.checkChannels("conserving", channels); err != nil {
		return err
	}
	m.to, m.from, m.weights = nil, nil, s.Grid.Quadrature()
	s.allStates(func(first int) {
		for _, c := range channels {
			m.to, m.from = append(m.to, first+c), append(m.from, len(s.In)-st.Channels+c)
		}
	})
	return inside(m.Model.Value.Init(s, ps, rng))
}

// Apply implements [Model].
func (m *Conserving) Apply(g *graph.Graph, in Input) *graph.Node {
	return m.Model.Value.Apply(g, in)
}

// Constrain implements [Constraint].
func (m *Conserving) Constrain(g *graph.Graph, in Input, y *graph.Node) *graph.Node {
	return g.KeepMeans(y, in.State, m.weights, m.to, m.from)
}

// Tensors implements [Exchanged]: those of the network inside.
func (m *Conserving) Tensors(ps *graph.Params) []Tensor { return Tensors(m.Model.Value, ps) }

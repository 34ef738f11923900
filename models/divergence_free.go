package models

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/models/graph"
	"eddy/physics"
)

func init() { configs.Register("divergence_free", func() Model { return &DivergenceFree{} }) }

// DivergenceFree takes from a vector field the part that is a gradient, by the
// projection of Leray on a periodic grid,
//
//	û(k) ← û(k) − k (k·û(k)) / |k|²,
//
// so that the Fourier derivatives of the output make ∇·u = 0, for any network. It
// does not touch the mean, nor a field without divergence.
//
//	model: {kind: divergence_free, channels: [0, 1], model: {kind: fno}}
//
// Ref: Chorin, Math. Comp. 22 (1968) 745, §2; as a layer, Jiang et al. (2020),
// arXiv:2010.02926.
type DivergenceFree struct {
	Model    configs.Of[Model] `doc:"the network"`
	Channels []int             `range:"[0,1000]" doc:"the components of the vector along the axes; empty for those of the equation"`

	gradients graph.Symbol // of the part that is taken away
}

// Check refuses a constraint of nothing.
func (m *DivergenceFree) Check() error { return given(m.Model) }

// Inner implements [Wrapper].
func (m *DivergenceFree) Inner() configs.Of[Model] { return m.Model }

// Init implements [Model].
func (m *DivergenceFree) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	st, err := s.states("divergence_free")
	if err != nil {
		return err
	}
	if s.Grid.Boundary != physics.Periodic {
		return errors.New("divergence_free: projects by Fourier transforms, but the grid is not periodic")
	}
	channels, dims := m.Channels, s.Grid.Dims()
	for axis := range dims {
		if c := slices.Index(st.Components, physics.Component(axis)); len(m.Channels) == 0 && c >= 0 {
			channels = append(channels, c)
		}
	}
	if len(channels) != dims || dims < 2 {
		return fmt.Errorf("divergence_free: %d components of a vector on a grid of %d axes, want as many and two or more; name them in channels", len(channels), dims)
	}
	if err := st.checkChannels("divergence_free", channels); err != nil {
		return err
	}
	m.gradients = leray(s, channels)
	return inside(m.Model.Value.Init(s, ps, rng))
}

// leray is the symbol k kᵀ/|k|² on the components of the vector in each state of
// the output. Modes at half an even number of points have no derivative, as in
// [graph.Symbol].
func leray(s Spec, channels []int) graph.Symbol {
	n := len(s.Out)
	return graph.Symbol{Out: n, In: n, Fill: func(k [3]int, m []complex128) {
		var wave [3]float64
		squares := 0.0
		for a := range s.Grid.Dims() {
			if points := s.Grid.Points[a]; 2*k[a] != points && 2*k[a] != -points {
				wave[a] = s.Grid.K(a, (k[a]+points)%points)
			}
			squares += wave[a] * wave[a]
		}
		if squares == 0 {
			return
		}
		s.allStates(func(first int) {
			for a, c := range channels {
				for b, d := range channels {
					m[(first+c)*n+first+d] = complex(wave[a]*wave[b]/squares, 0)
				}
			}
		})
	}}
}

// Apply implements [Model].
func (m *DivergenceFree) Apply(g *graph.Graph, in Input) *graph.Node {
	return m.Model.Value.Apply(g, in)
}

// Constrain implements [Constraint].
func (m *DivergenceFree) Constrain(g *graph.Graph, _ Input, y *graph.Node) *graph.Node {
	return g.Combine([]float64{1, -1}, y, g.MultiplierApart(y, m.gradients))
}

// Tensors implements [Exchanged]: those of the network inside.
func (m *DivergenceFree) Tensors(ps *graph.Params) []Tensor { return Tensors(m.Model.Value, ps) }

package models

import (
	"errors"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/models/graph"
	"eddy/physics"
)

func init() { configs.Register("dirichlet", func() Model { return &Dirichlet{} }) }

// Dirichlet puts the values that the problem has at the ends of its axes where
// the output of a network has points on them,
//
//	u ← m ∘ u + (1 − m) ∘ g,
//
// where m is 0 on these ends and 1 elsewhere, and g holds the values. The
// network is not asked for what is known. Ends of other kinds are left as the
// network has them; where ends with different values meet, that of the later
// axis counts. Coordinate networks meet values at ends by themselves.
//
//	model: {kind: dirichlet, model: {kind: unet}}
type Dirichlet struct {
	Model configs.Of[Model] `doc:"the network"`

	mask, values []float64 // [N…, Out]
}

// Check refuses a constraint of nothing.
func (m *Dirichlet) Check() error { return given(m.Model) }

// Inner implements [Wrapper].
func (m *Dirichlet) Inner() configs.Of[Model] { return m.Model }

// Init implements [Model].
func (m *Dirichlet) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	st, err := s.states("dirichlet")
	if err != nil {
		return err
	}
	m.mask = slices.Repeat([]float64{1}, s.Grid.Size()*len(s.Out))
	m.values = make([]float64, len(m.mask))
	met := false
	for i := range s.Grid.Size() {
		for a, j := range s.Grid.Index(i) {
			d := valueAt(s.Grid, st.Ends, a, j)
			if d == nil {
				continue
			}
			met = true
			for c := range s.Out {
				m.mask[i*len(s.Out)+c], m.values[i*len(s.Out)+c] = 0, d.At(c%st.Channels)
			}
		}
	}
	if !met {
		return errors.New("dirichlet: the problem has no ends with given values on which the grid has points")
	}
	return inside(m.Model.Value.Init(s, ps, rng))
}

// valueAt is the condition at point j of an axis, nil where there is none or one
// of another kind.
func valueAt(g physics.Grid, ends []physics.Ends, axis, j int) *physics.Dirichlet {
	if axis >= len(ends) {
		return nil
	}
	var d *physics.Dirichlet
	switch {
	case j == 0 && (g.Boundary == physics.Walls || g.Boundary == physics.HalfOpen):
		d, _ = ends[axis].Low.Value.(*physics.Dirichlet)
	case j == g.Points[axis]-1 && g.Boundary == physics.Walls:
		d, _ = ends[axis].High.Value.(*physics.Dirichlet)
	}
	return d
}

// Apply implements [Model].
func (m *Dirichlet) Apply(g *graph.Graph, in Input) *graph.Node {
	return m.Model.Value.Apply(g, in)
}

// Constrain implements [Constraint].
func (m *Dirichlet) Constrain(g *graph.Graph, _ Input, y *graph.Node) *graph.Node {
	batch := y.Shape()[0]
	all := func(name string, x []float64) *graph.Node { return g.Const(name, y.Shape(), slices.Repeat(x, batch)) }
	return g.Sum(g.Mul(y, all("mask", m.mask)), all("ends", m.values))
}

// Tensors implements [Exchanged]: those of the network inside.
func (m *Dirichlet) Tensors(ps *graph.Params) []Tensor { return Tensors(m.Model.Value, ps) }

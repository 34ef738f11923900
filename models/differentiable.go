package models

import (
	"errors"

	"eddy/models/graph"
	"eddy/physics"
)

// Differentiable is a model whose output can be differentiated by the place
// and the time where it is wanted, as the residual of an equation needs it.
type Differentiable interface {
	Model

	// Derivatives returns those of the output at points [P, Coords], by channel
	// and order, [P, 1] each. It is asked for orders of the list only; nil is zero.
	Derivatives(g *graph.Graph, points *graph.Node, orders []physics.Order) func(channel int, o physics.Order) *graph.Node

	// Exact tells what holds for any parameters: whether the output begins with
	// the initial state, and whether it is at the ends what it must be.
	Exact() (initial, ends bool)
}

// AsDifferentiable returns m as what it is, if it is, behind [Normalized].
func AsDifferentiable(m Model) (Differentiable, error) {
	inner := m
	if n, ok := m.(*Normalized); ok {
		inner = n.Model
	}
	if _, ok := inner.(Differentiable); !ok {
		return nil, errors.New("the model gives no derivatives of its output by place and time; use coordinates")
	}
	return m.(Differentiable), nil
}

// Derivatives implements [Differentiable] where the model inside does.
func (m *Normalized) Derivatives(g *graph.Graph, points *graph.Node, orders []physics.Order) func(int, physics.Order) *graph.Node {
	inner := m.Model.(Differentiable).Derivatives(g, points, orders)
	return func(c int, o physics.Order) *graph.Node {
		y, shift := inner(c, o), []float64{0}
		if o == (physics.Order{}) {
			shift[0] = m.Spec.Out[c].Mean
		}
		if y == nil {
			return nil
		}
		return g.Affine(y, []float64{m.Spec.Out[c].Std}, shift)
	}
}

// Exact implements [Differentiable] where the model inside does.
func (m *Normalized) Exact() (initial, ends bool) { return m.Model.(Differentiable).Exact() }

// Solution is what is known of the one solution that a function of place and
// time stands for.
type Solution struct {
	Extent  []float64      // of the coordinates of a point, the time behind those of space; all begin at 0
	Initial []float64      // the state at t = 0 on the grid, [N…·C]
	Ends    []physics.Ends // of each axis of a grid that is not periodic
	Least   []float64      // bound that each channel is above, −∞ for none; nil where none has one
}

package models

import (
	"math/rand/v2"
	"slices"

	"eddy/models/graph"
)

// Branch is the part of a [DeepONet] that is given the state, by its values at
// the points of one grid, the sensors, and the conditions.
type Branch interface {
	// Init draws the parameters into ps, for a number of coefficients.
	Init(s Spec, ps *graph.Params, rng *rand.Rand, coefficients int) error

	// Apply returns the coefficients [B, coefficients] of the basis.
	Apply(g *graph.Graph, in Input) *graph.Node
}

// sensors are the values of a state and the conditions in one row for each
// sample, [B, N·In + Cond].
func sensors(g *graph.Graph, s Spec, in Input) *graph.Node {
	s.onSensors(in)
	return withCond(g, in, g.Reshape(in.State, in.State.Shape()[0], s.sensors()))
}

// sensors is the number of values of a state.
func (s Spec) sensors() int { return s.Grid.Size() * len(s.In) }

// onSensors ends the building of a graph whose state is on another grid than
// the spec's.
func (s Spec) onSensors(in Input) {
	if !slices.Equal(gridOf(in), s.Grid.Points) {
		graph.Fail("branch", []*graph.Node{in.State}, "want a state on the %v points that the branch was made for", s.Grid.Points)
	}
}

// withCond puts the conditions behind rows x [B, C].
func withCond(g *graph.Graph, in Input, x *graph.Node) *graph.Node {
	if in.Cond == nil {
		return x
	}
	return g.Join(x, in.Cond)
}

package physics

import "eddy/models/graph"

// Law is a loss by what a problem says of all its solutions, such as its
// equation or what that conserves. It needs no true values.
type Law interface {
	Loss

	// Init is called once, before Node, with the problem that the forecasts are
	// of. It refuses one that the law says nothing about.
	Init(p Problem) error

	// Node returns the term, a scalar.
	Node(g *graph.Graph, t Trajectory) *graph.Node
}

// Trajectory is a forecast from a state that is given: all of it in physical
// units, on the whole grid.
type Trajectory struct {
	Grid Grid // of space

	// Dt is the time between two frames, from Start to the first of Rest as
	// well.
	Dt float64

	// Start is the last state given, [B, N…, C], or what an elliptic equation
	// takes as given, [B, N…, Inputs]. It has no gradient.
	Start *graph.Node

	// Rest is what is forecast, [B, T, N…, C]; for an elliptic equation T is 1.
	Rest *graph.Node

	// Parameters are the numbers of the problem that are drawn for each sample,
	// [B, P] in the order of the problem, or nil where there are none.
	Parameters *graph.Node
}

package physics

import (
	"eddy/models/graph"
)

// Loss is one term of what training minimises.
type Loss interface {
	// Node returns the term, a scalar, of predicted frames against the true
	// ones, both [B, N…, C] in physical units.
	Node(g *graph.Graph, grid Grid, pred, target *graph.Node) *graph.Node

	// Share is the factor of the term in the sum of all terms.
	Share() float64
}

// Gridded is a loss that looks along the axes, so its frames must be on a whole
// grid; others take values at any points, [B, P, C].
type Gridded interface {
	Loss
	Gridded()
}

// Weighted gives a loss its share in the sum; losses embed it.
type Weighted struct {
	Weight float64 `range:"(0,inf)" doc:"factor of this term in the sum of all terms"`
}

// Share implements [Loss].
func (w Weighted) Share() float64 { return w.Weight }

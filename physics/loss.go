package physics

import (
	"eddy/models/graph"
)

// Loss is one term of what training minimises, a [Comparison] or a [Law].
type Loss interface {
	// Share is the factor of the term in the sum of all terms.
	Share() float64
}

// Comparison is a loss of predicted against true values.
type Comparison interface {
	Loss

	// Node returns the term, a scalar, of predicted frames against the true
	// ones, both [B, N…, C] in physical units.
	Node(g *graph.Graph, grid Grid, pred, target *graph.Node) *graph.Node
}

// Gridded is a comparison that looks along the axes, so its frames must be on a
// whole grid; others take values at any points, [B, P, C].
type Gridded interface {
	Comparison
	Gridded()
}

// Spectral is a comparison by Fourier transforms, which take periodic grids.
type Spectral interface {
	Gridded
	Spectral()
}

// Weighted gives a loss its share in the sum; losses embed it.
type Weighted struct {
	Weight float64 `range:"(0,inf)" doc:"factor of this term in the sum of all terms"`
}

// Share implements [Loss].
func (w Weighted) Share() float64 { return w.Weight }

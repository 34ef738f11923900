package train

import (
	"eddy/configs"
	"eddy/models/graph"
)

// Weighting says how much each point of a term of a PINN's loss counts.
type Weighting interface {
	// Init is told the terms, and whether their points stay the same. What the
	// weighting learns it adds to ps.
	Init(terms []PointTerm, fixed bool, ps *graph.Params) error

	// Mean is the weighted mean square of a term's errors e [P, C], a scalar. The
	// points of the residual are in the order of time.
	Mean(g *graph.Graph, term string, e *graph.Node) *graph.Node
}

// PointTerm is a term of the errors at some points, [Points, Channels].
type PointTerm struct {
	Name             string
	Points, Channels int
}

func init() { configs.Register[Weighting]("equal", func() Weighting { return &Equal{} }) }

// Equal counts every point as much as every other.
type Equal struct{}

// Init implements [Weighting].
func (*Equal) Init([]PointTerm, bool, *graph.Params) error { return nil }

// Mean implements [Weighting].
func (*Equal) Mean(g *graph.Graph, _ string, e *graph.Node) *graph.Node { return meanOfSquares(g, e) }

func meanOfSquares(g *graph.Graph, e *graph.Node) *graph.Node { return g.Mean(g.Mul(e, e)) }

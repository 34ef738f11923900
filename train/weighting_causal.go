package train

import (
	"fmt"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register[Weighting]("causal", func() Weighting { return &Causal{Parts: 32, Rate: 1} })
}

// Causal lets the residual count at a time once it is small before: see
// [graph.Graph.Causal]. Good values: Parts 16 to 64; Rate so that all weights
// come near 1 by the end, 0.1 to 100. It is made for Adam: as weights change
// with the network, L-BFGS finds no minimum along its lines.
type Causal struct {
	Parts int     `range:"[2,10000]" doc:"parts of the time, with equally many points"`
	Rate  float64 `range:"(0,inf)" doc:"how small the residual must be before later times count"`
}

// Init implements [Weighting].
func (c *Causal) Init(terms []PointTerm, _ bool, _ *graph.Params) error {
	for _, t := range terms {
		if t.Name == residualTerm && t.Points%c.Parts != 0 {
			return fmt.Errorf("causal: %d points of the residual, want a multiple of the %d parts", t.Points, c.Parts)
		}
	}
	return nil
}

// Mean implements [Weighting].
func (c *Causal) Mean(g *graph.Graph, term string, e *graph.Node) *graph.Node {
	if term == residualTerm {
		e = g.Mul(e, g.Causal(e, c.Parts, c.Rate))
	}
	return meanOfSquares(g, e)
}

package train

import (
	"errors"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register[Weighting]("self_adaptive", func() Weighting { return &SelfAdaptive{} })
}

// SelfAdaptive learns a weight λ for each point, which ascends as the network
// descends,
//
//	loss = mean (λ e)²,  λ = 1 at the beginning,
//
// so that weights grow where errors persist. The points must stay the same, so
// method.refresh = 0. L-BFGS, in a sequence, leaves the weights as they are.
//
// Ref: McClenny & Braga-Neto, J. Comput. Phys. 474 (2023), arXiv:2009.04544, §3.
type SelfAdaptive struct{ weights map[string]*graph.Param }

// Init implements [Weighting].
func (s *SelfAdaptive) Init(terms []PointTerm, fixed bool, ps *graph.Params) error {
	if !fixed {
		return errors.New("self_adaptive: weights belong to points, but these change: want refresh = 0")
	}
	s.weights = map[string]*graph.Param{}
	for _, t := range terms {
		p := ps.New("weights."+t.Name, []int{t.Points, t.Channels}, func() float64 { return 1 })
		p.Ascends = true
		s.weights[t.Name] = p
	}
	return nil
}

// Mean implements [Weighting].
func (s *SelfAdaptive) Mean(g *graph.Graph, term string, e *graph.Node) *graph.Node {
	return meanOfSquares(g, g.Mul(g.Param(s.weights[term]), e))
}

package graph

import "eddy/internal/kernel"

// Taylor is [Graph.MLP] that also yields derivatives of its output in its
// input: from x [M, I] the streams y [S, M, O] of u = MLP(x), exact, in one
// pass. Their gradients in weights and x come back in one pass too, so that a
// residual of a differential equation is trained without differentiating
// twice.
//
// Streams are rows of one product in each layer. Through an activation they go
// by the chain rule; where all are of the first and second order, by vector
// instructions.
//
// Ref: Karniadakis et al., Physics-informed machine learning, Nature Reviews
// Physics 3 (2021); Griewank & Walther, Evaluating Derivatives (2008), ch. 13.
func (g *Graph) Taylor(s Streams, x *Node, layers ...Layer) *Node {
	co := checkLayers("Taylor", x, layers)
	if x.Dims() != 2 {
		Fail("Taylor", []*Node{x}, "want x [M, I]")
	}
	for i, d := range s {
		if len(d.Along) != Channels(x) {
			Fail("Taylor", []*Node{x}, "direction %d has %d components, want %d", i, len(d.Along), Channels(x))
		}
		if d.Order < 1 || d.Order > kernel.HighestOrder {
			Fail("Taylor", []*Node{x}, "derivatives of order %d, want 1 to %d", d.Order, kernel.HighestOrder)
		}
		for _, l := range layers {
			if d.Order > 2 && !kernel.HasTower(l.Act) {
				Fail("Taylor", []*Node{x}, "the activation %v has derivatives up to the second, want %d", l.Act, d.Order)
			}
		}
	}
	return pick(g, newDeep[float32], newDeep[float64])(g, "taylor", s, x, layers, []int{s.Count(), Rows(x), co})
}

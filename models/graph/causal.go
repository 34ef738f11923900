package graph

import (
	"math"

	"eddy/internal/kernel"
)

// Causal returns the roots √w of weights for errors e [P, C] of points in the
// order of time, cut into parts of equal length: a part counts once those
// before it are small,
//
//	w_i = exp( −rate Σ_{k<i} mean e² of part k ).
//
// The weights have no gradient.
//
// Ref: Wang, Sankaran & Perdikaris (2022), arXiv:2203.07404, eq. (14).
func (g *Graph) Causal(e *Node, parts int, rate float64) *Node {
	if parts < 1 || Rows(e)%parts != 0 {
		Fail("Causal", []*Node{e}, "%d parts of equal length", parts)
	}
	return pick(g, causal[float32], causal[float64])(g, e, parts, rate)
}

func causal[T kernel.Float](g *Graph, e *Node, parts int, rate float64) *Node {
	size := e.Shape().TotalSize() / parts
	o := &op[T]{name: "causal", shape: e.Shape()}
	o.forward = func(in [][]T, y []T) {
		sum := 0.0
		for i := range parts {
			root := T(math.Exp(-rate * sum / 2))
			for j := range sample(y, i, size) {
				y[i*size+j] = root
			}
			sum += float64(kernel.SumSquares(sample(in[0], i, size))) / float64(size)
		}
	}
	return apply(g, o, e)
}

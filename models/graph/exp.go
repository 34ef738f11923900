package graph

import (
	"math"

	"eddy/internal/kernel"
)

// Exp is e^x, element by element.
func (g *Graph) Exp(x *Node) *Node { return pick(g, exp[float32], exp[float64])(g, x) }

func exp[T kernel.Float](g *Graph, x *Node) *Node {
	o := &op[T]{name: "exp", shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		g.split(len(y), 1, func(lo, hi int) {
			for i, v := range in[0][lo:hi] {
				y[lo+i] = T(math.Exp(float64(v)))
			}
		})
	}
	o.adjoint = func(_ []*Node, out, gy *Node, _ []bool) []*Node { return []*Node{g.Mul(gy, out)} }
	return apply(g, o, x)
}

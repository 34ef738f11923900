package graph

import (
	"math"

	"eddy/internal/kernel"
)

// Pow is x^p, element by element, for x > 0 unless p is an integer.
func (g *Graph) Pow(x *Node, p float64) *Node {
	return pick(g, pow[float32], pow[float64])(g, x, p)
}

func pow[T kernel.Float](g *Graph, x *Node, p float64) *Node {
	o := &op[T]{name: "pow", shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		g.split(len(y), 1, func(lo, hi int) {
			for i, v := range in[0][lo:hi] {
				y[lo+i] = T(math.Pow(float64(v), p))
			}
		})
	}
	o.adjoint = func(in []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{g.Combine([]float64{p}, g.Mul(gy, g.Pow(in[0], p-1)))}
	}
	return apply(g, o, x)
}

package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// Mul is the product a ∘ b of two arrays of one shape, element by element.
func (g *Graph) Mul(a, b *Node) *Node {
	if !slices.Equal(a.Shape(), b.Shape()) {
		Fail("Mul", []*Node{a, b}, "want one shape")
	}
	return pick(g, mul[float32], mul[float64])(g, a, b)
}

func mul[T kernel.Float](g *Graph, a, b *Node) *Node {
	o := &op[T]{name: "mul", shape: a.Shape()}
	o.forward = func(in [][]T, y []T) {
		g.split(len(y), 1, func(lo, hi int) { kernel.Mul(y[lo:hi], in[0][lo:hi], in[1][lo:hi]) })
	}
	o.adjoint = func(in []*Node, _, gy *Node, need []bool) []*Node {
		grads := make([]*Node, 2)
		for i := range grads {
			if need[i] {
				grads[i] = g.Mul(gy, in[1-i])
			}
		}
		return grads
	}
	return apply(g, o, a, b)
}

package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// Sum adds nodes of one shape, in order.
func (g *Graph) Sum(xs ...*Node) *Node {
	if len(xs) == 1 {
		return xs[0]
	}
	weights := make([]float64, len(xs))
	for i := range weights {
		weights[i] = 1
	}
	return g.Combine(weights, xs...)
}

// Combine is the weighted sum Σ wᵢ xᵢ of nodes of one shape, in order.
func (g *Graph) Combine(weights []float64, xs ...*Node) *Node {
	for _, x := range xs {
		if len(weights) != len(xs) || !slices.Equal(x.Shape(), xs[0].Shape()) {
			Fail("Combine", xs, "want one shape and %d weights", len(xs))
		}
	}
	return pick(g, combine[float32], combine[float64])(g, weights, xs)
}

func combine[T kernel.Float](g *Graph, weights []float64, xs []*Node) *Node {
	o := &op[T]{name: "combine", shape: xs[0].Shape()}
	o.forward = func(in [][]T, y []T) {
		g.split(len(y), 1, func(lo, hi int) {
			done := 1
			if len(in) > 1 && weights[0] == 1 && weights[1] == 1 {
				kernel.AddInto(y[lo:hi], in[0][lo:hi], in[1][lo:hi])
				done = 2
			} else {
				kernel.Scale(y[lo:hi], T(weights[0]), in[0][lo:hi])
			}
			for i, x := range in[done:] {
				kernel.Axpy(y[lo:hi], T(weights[done+i]), x[lo:hi])
			}
		})
	}
	o.adjoint = func(in []*Node, _, gy *Node, need []bool) []*Node {
		grads := make([]*Node, len(in))
		for i, w := range weights {
			switch {
			case !need[i]:
			case w == 1:
				grads[i] = gy
			default:
				grads[i] = g.Combine([]float64{w}, gy)
			}
		}
		return grads
	}
	return apply(g, o, xs...)
}

package graph

import "eddy/internal/kernel"

// Mean is the scalar mean of all elements.
func (g *Graph) Mean(x *Node) *Node { return pick(g, mean[float32], mean[float64])(g, x) }

func mean[T kernel.Float](g *Graph, x *Node) *Node {
	n := T(x.Shape().TotalSize())
	o := &op[T]{name: "mean"}
	o.forward = func(in [][]T, y []T) { y[0] = kernel.Sum(in[0]) / n }
	o.adjoint = func(in []*Node, _, gy *Node, _ []bool) []*Node {
		back := &op[T]{name: "mean.adjoint", shape: in[0].Shape()}
		back.forward = func(in [][]T, gx []T) {
			for i := range gx {
				gx[i] = in[0][0] / n
			}
		}
		return []*Node{apply(g, back, gy)}
	}
	return apply(g, o, x)
}

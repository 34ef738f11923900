package graph

import "eddy/internal/kernel"

// Activation is y = act(x), element by element.
func (g *Graph) Activation(act kernel.Activation, x *Node) *Node {
	return pick(g, activation[float32], activation[float64])(g, act, x)
}

func activation[T kernel.Float](g *Graph, act kernel.Activation, x *Node) *Node {
	n := x.Shape().TotalSize()
	var slope []T // act'(x), kept for the adjoint only
	o := &op[T]{name: act.String(), shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		g.split(n, 1, func(i, j int) {
			if slope == nil {
				kernel.Activate(act, y[i:j], in[0][i:j])
			} else {
				kernel.ActivateGrad(act, y[i:j], slope[i:j], in[0][i:j])
			}
		})
	}
	o.adjoint = func(in []*Node, out, gy *Node, _ []bool) []*Node {
		slope = alloc[T](g, n)
		gx := &op[T]{name: act.String() + ".adjoint", shape: in[0].Shape()}
		gx.forward = func(in [][]T, dx []T) {
			g.split(n, 1, func(i, j int) { kernel.Mul(dx[i:j], in[1][i:j], slope[i:j]) })
		}
		return []*Node{apply(g, gx, out, gy)}
	}
	return apply(g, o, x)
}

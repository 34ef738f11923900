package graph

import "eddy/internal/kernel"

// activationBlock is the number of elements that a worker takes at once.
const activationBlock = 1 << 14

// Activation is y = act(x), element by element.
func (g *Graph) Activation(act kernel.Activation, x *Node) *Node {
	return pick(g, activation[float32], activation[float64])(g, act, x)
}

func activation[T kernel.Float](g *Graph, act kernel.Activation, x *Node) *Node {
	n := x.Shape().TotalSize()
	var slope []T // act'(x), kept for the adjoint only
	o := &op[T]{name: act.String(), shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		g.eachBlock(n, func(i, j int) {
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
			g.eachBlock(n, func(i, j int) { kernel.Mul(dx[i:j], in[1][i:j], slope[i:j]) })
		}
		return []*Node{apply(g, gx, out, gy)}
	}
	return apply(g, o, x)
}

// eachBlock calls f on the parts of n elements, in parallel.
func (g *Graph) eachBlock(n int, f func(i, j int)) {
	g.pool.For((n+activationBlock-1)/activationBlock, func(b, _ int) {
		f(b*activationBlock, min(n, (b+1)*activationBlock))
	})
}

package graph

import (
	"eddy/internal/kernel"

	"gorgonia.org/tensor"
)

// Reshape is the numbers of x, in their order, as an array of another shape. Where
// x is the output of an operation, both are the same memory.
func (g *Graph) Reshape(x *Node, shape ...int) *Node {
	if tensor.Shape(shape).TotalSize() != x.Shape().TotalSize() {
		Fail("Reshape", []*Node{x}, "want a shape of as many numbers, got %v", shape)
	}
	return pick(g, reshape[float32], reshape[float64])(g, x, shape)
}

func reshape[T kernel.Float](g *Graph, x *Node, shape []int) *Node {
	o := &op[T]{name: "reshape", shape: shape}
	if from, made := x.Op().(*op[T]); made {
		o.out = from.out
	} else {
		o.forward = func(in [][]T, y []T) { copy(y, in[0]) }
	}
	o.adjoint = func(in []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{g.Reshape(gy, in[0].Shape()...)}
	}
	return apply(g, o, x)
}

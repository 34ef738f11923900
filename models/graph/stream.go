package graph

import "eddy/internal/kernel"

// Stream takes part i of the first axis: of y [S, N…, C] the array [N…, C].
func (g *Graph) Stream(y *Node, i int) *Node {
	if y.Dims() < 2 || i < 0 || i >= y.Shape()[0] {
		Fail("Stream", []*Node{y}, "part %d", i)
	}
	return pick(g, stream[float32], stream[float64])(g, y, i)
}

func stream[T kernel.Float](g *Graph, y *Node, i int) *Node {
	o := &op[T]{name: "stream", shape: y.Shape()[1:]}
	o.forward = func(in [][]T, out []T) { copy(out, sample(in[0], i, len(out))) }
	o.adjoint = func(in []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{placeStream[T](g, gy, in[0], i)}
	}
	return apply(g, o, y)
}

// placeStream is the adjoint of Stream: zeros like y, with x for part i.
func placeStream[T kernel.Float](g *Graph, x, y *Node, i int) *Node {
	o := &op[T]{name: "place", shape: y.Shape()}
	o.forward = func(in [][]T, out []T) {
		clear(out)
		copy(sample(out, i, len(in[0])), in[0])
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node { return []*Node{g.Stream(gy, i)} }
	return apply(g, o, x)
}

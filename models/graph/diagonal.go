package graph

import "eddy/internal/kernel"

// Diagonal is the matrix [C, C] with the numbers d [C] on its diagonal, so that
// a layer whose weights it is scales each channel.
func (g *Graph) Diagonal(d *Node) *Node {
	if d.Dims() != 1 {
		Fail("Diagonal", []*Node{d}, "want d [C]")
	}
	return pick(g, diagonal[float32], diagonal[float64])(g, d)
}

func diagonal[T kernel.Float](g *Graph, d *Node) *Node {
	c := Channels(d)
	o := &op[T]{name: "diagonal", shape: []int{c, c}}
	o.forward = func(in [][]T, y []T) {
		clear(y)
		for i, v := range in[0] {
			y[i*(c+1)] = v
		}
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		gd := &op[T]{name: "diagonal.adjoint", shape: []int{c}}
		gd.forward = func(in [][]T, y []T) {
			for i := range y {
				y[i] = in[0][i*(c+1)]
			}
		}
		return []*Node{apply(g, gd, gy)}
	}
	return apply(g, o, d)
}

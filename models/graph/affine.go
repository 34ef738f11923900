package graph

import "eddy/internal/kernel"

// Affine is y = x ∘ scale + shift with a fixed factor and a fixed summand for
// each channel: x [B, N…, C].
func (g *Graph) Affine(x *Node, scale, shift []float64) *Node {
	if c := Channels(x); len(scale) != c || len(shift) != c {
		Fail("Affine", []*Node{x}, "%d factors and %d summands", len(scale), len(shift))
	}
	return pick(g, affine[float32], affine[float64])(g, x, scale, shift)
}

func affine[T kernel.Float](g *Graph, x *Node, scale, shift []float64) *Node {
	o := &op[T]{name: "affine", shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		for i, c := 0, 0; i < len(y); i++ {
			y[i] = in[0][i]*T(scale[c]) + T(shift[c])
			if c++; c == len(scale) {
				c = 0
			}
		}
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{g.Affine(gy, scale, make([]float64, len(shift)))}
	}
	return apply(g, o, x)
}

package graph

import "eddy/internal/kernel"

// Difference is the second-order finite difference of x [B, N…, C] along a
// grid axis with the given spacing: central inside, around the ends of a
// periodic axis, one-sided (−3, 4, −1) at walls.
func (g *Graph) Difference(x *Node, axis int, spacing float64, periodic bool) *Node {
	if axis < 0 || axis+2 >= x.Dims() || x.Shape()[axis+1] < 3 {
		Fail("Difference", []*Node{x}, "want 3 or more points along axis %d", axis)
	}
	st := stencils(x.Shape()[axis+1], spacing, periodic)
	return pick(g, stencil[float32], stencil[float64])(g, "difference", x, axis, st)
}

// tap is one term of a stencil: weight × the value at point from, added to
// point to.
type tap struct {
	to, from int
	weight   float64
}

func stencils(n int, h float64, periodic bool) []tap {
	var ts []tap
	for i := range n {
		switch {
		case periodic || i > 0 && i < n-1:
			ts = append(ts, tap{i, (i + n - 1) % n, -0.5 / h}, tap{i, (i + 1) % n, 0.5 / h})
		case i == 0:
			ts = append(ts, tap{0, 0, -1.5 / h}, tap{0, 1, 2 / h}, tap{0, 2, -0.5 / h})
		default:
			ts = append(ts, tap{i, i, 1.5 / h}, tap{i, i - 1, -2 / h}, tap{i, i - 2, 0.5 / h})
		}
	}
	return ts
}

// stencil applies a sparse matrix, given by its taps, along a grid axis.
func stencil[T kernel.Float](g *Graph, name string, x *Node, axis int, taps []tap) *Node {
	shape := x.Shape()
	n, inner := shape[axis+1], 1
	for _, s := range shape[axis+2:] {
		inner *= s
	}
	outer := shape.TotalSize() / (n * inner)
	o := &op[T]{name: name, shape: shape}
	o.forward = func(in [][]T, y []T) {
		g.pool.For(outer, func(i, _ int) {
			src, dst := sample(in[0], i, n*inner), sample(y, i, n*inner)
			clear(dst)
			for _, t := range taps {
				kernel.Axpy(sample(dst, t.to, inner), T(t.weight), sample(src, t.from, inner))
			}
		})
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		back := make([]tap, len(taps))
		for i, t := range taps {
			back[i] = tap{t.from, t.to, t.weight}
		}
		return []*Node{stencil[T](g, name+".adjoint", gy, axis, back)}
	}
	return apply(g, o, x)
}

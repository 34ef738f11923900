package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// RowDot is y = Σ_p a_p b_p + c, row by row: a, b [M, P], c [1], y [M, 1]. So
// a DeepONet pairs the coefficients of a branch with the basis of a trunk.
//
// Ref: Lu et al., Nature Machine Intelligence 3 (2021), arXiv:1910.03193, eq. (2).
func (g *Graph) RowDot(a, b, c *Node) *Node {
	if !slices.Equal(a.Shape(), b.Shape()) || a.Dims() != 2 || c.Shape().TotalSize() != 1 {
		Fail("RowDot", []*Node{a, b, c}, "want a and b [M, P], c [1]")
	}
	return pick(g, rowDot[float32], rowDot[float64])(g, a, b, c)
}

func rowDot[T kernel.Float](g *Graph, a, b, c *Node) *Node {
	rows, width := Rows(a), Channels(a)
	parts := min(g.shards, rows)
	o := &op[T]{name: "rowdot", shape: []int{rows, 1}}
	o.forward = func(in [][]T, y []T) {
		g.pool.For(parts, func(i, _ int) {
			for r, hi := span(rows, i, parts); r < hi; r++ {
				y[r] = kernel.Dot(sample(in[0], r, width), sample(in[1], r, width)) + in[2][0]
			}
		})
	}
	o.adjoint = func(in []*Node, _, gy *Node, need []bool) []*Node {
		ga, gb, gc := gradOf[T](g, "a", in[0], need[0]), gradOf[T](g, "b", in[1], need[1]), gradOf[T](g, "c", in[2], need[2])
		run := func(in [][]T) {
			g.pool.For(parts, func(i, _ int) {
				lo, hi := span(rows, i, parts)
				scaleRows(ga.buf, in[1], in[2], lo, hi, width)
				scaleRows(gb.buf, in[0], in[2], lo, hi, width)
			})
			if gc.buf != nil {
				gc.buf[0] = kernel.Sum(in[2])
			}
		}
		return adjoints(g, "rowdot.adjoint", []*Node{in[0], in[1], gy}, []grad[T]{ga, gb, gc}, run)
	}
	return apply(g, o, a, b, c)
}

// scaleRows multiplies each row of x by its factor, from row lo to row hi−1,
// where there is a dst.
func scaleRows[T kernel.Float](dst, x, factors []T, lo, hi, width int) {
	for r := lo; r < hi && dst != nil; r++ {
		kernel.Scale(sample(dst, r, width), factors[r], sample(x, r, width))
	}
}

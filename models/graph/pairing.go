package graph

import "eddy/internal/kernel"

// Pairing is the inner products of the rows of a with those of t, head by head:
//
//	y[b, i, h] = Σ_k a[b, h·K + k] t[i, h·K + k],
//
// a [B, H·K], t [P, H·K], y [B, P, H]. So a DeepONet pairs the coefficients of
// each sample with the functions of its basis at all points.
//
// Ref: Lu et al., Nature Machine Intelligence 3 (2021), arXiv:1910.03193, eq. (2).
func (g *Graph) Pairing(heads int, a, t *Node) *Node {
	if a.Dims() != 2 || t.Dims() != 2 || Channels(a) != Channels(t) || heads < 1 || Channels(a)%heads != 0 {
		Fail("Pairing", []*Node{a, t}, "want a [B, H·K] and t [P, H·K] of %d heads", heads)
	}
	return pick(g, newPairing[float32], newPairing[float64])(g, heads, a, t)
}

// pairing has the sizes of a Pairing.
type pairing[T kernel.Float] struct {
	g                               *Graph
	batch, points, heads, k, stride int // stride is H·K
	flipped                         []T // tᵀ [H·K, P]
	byHead                          []T // [B, H, P], where there are several heads
}

// pairRows is the number of rows that a worker takes at once.
const pairRows = 12

func newPairing[T kernel.Float](g *Graph, heads int, a, t *Node) *Node {
	m := &pairing[T]{g: g, batch: Rows(a), points: Rows(t), heads: heads, k: Channels(a) / heads, stride: Channels(a)}
	m.flipped = alloc[T](g, m.points*m.stride)
	if heads > 1 {
		m.byHead = alloc[T](g, m.batch*heads*m.points)
	}
	o := &op[T]{name: "pairing", shape: []int{m.batch, m.points, heads}}
	o.forward = m.forward
	o.adjoint = m.adjoint
	return apply(g, o, a, t)
}

func (m *pairing[T]) forward(in [][]T, y []T) {
	a, sums := in[0], m.byHead
	if m.heads == 1 {
		sums = y
	}
	kernel.Transpose(m.flipped, in[1], m.points, m.stride)
	m.blocks(m.batch, func(h, r, n int) {
		kernel.Gemm(n, m.points, m.k, a[r*m.stride+h*m.k:], m.stride, 1, m.flipped[h*m.k*m.points:], m.points, sums[(r*m.heads+h)*m.points:], m.heads*m.points, kernel.Set)
	})
	if m.heads > 1 {
		for b := range m.batch {
			kernel.Transpose(sample(y, b, m.heads*m.points), sample(sums, b, m.heads*m.points), m.heads, m.points)
		}
	}
}

// blocks runs f on each head h and rows r … r+n−1.
func (m *pairing[T]) blocks(rows int, f func(h, r, n int)) {
	parts := ceil(rows, pairRows)
	m.g.pool.For(parts*m.heads, func(i, _ int) {
		r := i / m.heads * pairRows
		f(i%m.heads, r, min(pairRows, rows-r))
	})
}

// adjoint computes, head by head, ga = gy t and gt = gyᵀ a.
func (m *pairing[T]) adjoint(in []*Node, _, gy *Node, need []bool) []*Node {
	ga, gt := gradOf[T](m.g, "a", in[0], need[0]), gradOf[T](m.g, "t", in[1], need[1])
	run := func(in [][]T) {
		a, t, delta := in[0], in[1], in[2]
		if m.heads > 1 {
			for b := range m.batch {
				kernel.Transpose(sample(m.byHead, b, m.heads*m.points), sample(delta, b, m.heads*m.points), m.points, m.heads)
			}
			delta = m.byHead
		}
		if ga.buf != nil {
			m.blocks(m.batch, func(h, r, n int) {
				kernel.Gemm(n, m.k, m.points, delta[(r*m.heads+h)*m.points:], m.heads*m.points, 1, t[h*m.k:], m.stride, ga.buf[r*m.stride+h*m.k:], m.stride, kernel.Set)
			})
		}
		if gt.buf != nil {
			m.blocks(m.points, func(h, r, n int) {
				kernel.Gemm(n, m.k, m.batch, delta[h*m.points+r:], 1, m.heads*m.points, a[h*m.k:], m.stride, gt.buf[r*m.stride+h*m.k:], m.stride, kernel.Set)
			})
		}
	}
	return adjoints(m.g, "pairing.adjoint", []*Node{in[0], in[1], gy}, []grad[T]{ga, gt}, run)
}

package graph

import "eddy/internal/kernel"

// normEps keeps the variance of a constant field off zero.
const normEps = 1e-5

// GroupNorm normalises each sample over its points and over each of a number
// of groups of adjacent channels, then scales and shifts each channel:
//
//	y = (x − mean) / √(variance + 1e-5) ∘ scale + shift,
//
// x [B, N…, C], scale and shift [C].
//
// Ref: Wu & He, Group Normalization (2018), arXiv:1803.08494.
func (g *Graph) GroupNorm(groups int, x, scale, shift *Node) *Node {
	c := Channels(x)
	if groups < 1 || c%groups != 0 || x.Dims() < 2 || scale.Shape().TotalSize() != c || shift.Shape().TotalSize() != c {
		Fail("GroupNorm", []*Node{x, scale, shift}, "want x [B, …, C], scale [C], shift [C] and a divisor of C, got %d groups", groups)
	}
	return pick(g, groupNorm[float32], groupNorm[float64])(g, groups, x, scale, shift)
}

func groupNorm[T kernel.Float](g *Graph, groups int, x, scale, shift *Node) *Node {
	batch, c := x.Shape()[0], Channels(x)
	size := x.Shape().TotalSize() / batch
	state := alloc[T](g, batch*5*c)
	o := &op[T]{name: "groupnorm", shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		g.pool.For(batch, func(b, _ int) {
			kernel.GroupNorm(sample(y, b, size), sample(state, b, 5*c), sample(in[0], b, size), in[1], in[2], c, groups, normEps)
		})
	}
	o.adjoint = func(in []*Node, out, gy *Node, _ []bool) []*Node {
		gx, gs, gt := gradOf[T](g, "x", in[0], true), gradOf[T](g, "scale", in[1], true), gradOf[T](g, "shift", in[2], true)
		sums := partial[T]{parts: make([][]T, batch)} // of both, sample by sample
		for b := range sums.parts {
			sums.parts[b] = alloc[T](g, 2*c)
		}
		total := alloc[T](g, 2*c)
		run := func(in [][]T) {
			g.pool.For(batch, func(b, _ int) {
				s := sums.parts[b]
				clear(s)
				kernel.GroupNormGrad(sample(gx.buf, b, size), s[:c], s[c:], sample(state, b, 5*c), sample(in[3], b, size), sample(in[0], b, size), in[1], c, groups)
			})
			sums.reduce(total)
			copy(gs.buf, total[:c])
			copy(gt.buf, total[c:])
		}
		return adjoints(g, "groupnorm.adjoint", []*Node{in[0], in[1], out, gy}, []grad[T]{gx, gs, gt}, run)
	}
	return apply(g, o, x, scale, shift)
}

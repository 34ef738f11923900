package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// Modulate scales and shifts the channels of each sample by numbers of its own,
// which hold for all of its points:
//
//	y = x ∘ (1 + scale) + shift,
//
// x [B, N…, C], scale and shift [B, C]. With zeros, y = x.
//
// Ref: Perez et al., FiLM (2018), arXiv:1709.07871; Dhariwal & Nichol (2021),
// arXiv:2105.05233, §3 (after a group norm: AdaGN).
func (g *Graph) Modulate(x, scale, shift *Node) *Node {
	want := []int{x.Shape()[0], Channels(x)}
	if x.Dims() < 2 || !slices.Equal([]int(scale.Shape()), want) || !slices.Equal([]int(shift.Shape()), want) {
		Fail("Modulate", []*Node{x, scale, shift}, "want x [B, N…, C], scale [B, C] and shift [B, C]")
	}
	return pick(g, modulate[float32], modulate[float64])(g, x, scale, shift)
}

func modulate[T kernel.Float](g *Graph, x, scale, shift *Node) *Node {
	batch, c := x.Shape()[0], Channels(x)
	size := x.Shape().TotalSize() / batch
	factor := alloc[T](g, batch*c) // 1 + scale
	o := &op[T]{name: "modulate", shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		for i, s := range in[1] {
			factor[i] = 1 + s
		}
		g.pool.For(batch, func(b, _ int) {
			kernel.Modulate(sample(y, b, size), sample(in[0], b, size), sample(factor, b, c), sample(in[2], b, c))
		})
	}
	o.adjoint = func(in []*Node, out, gy *Node, _ []bool) []*Node {
		gx, gs, gt := gradOf[T](g, "x", in[0], true), gradOf[T](g, "scale", in[1], true), gradOf[T](g, "shift", in[2], true)
		zero := alloc[T](g, c)
		run := func(in [][]T) {
			clear(gs.buf)
			clear(gt.buf)
			g.pool.For(batch, func(b, _ int) {
				dy := sample(in[3], b, size)
				kernel.Modulate(sample(gx.buf, b, size), dy, sample(factor, b, c), zero)
				kernel.ModulateGrad(sample(gs.buf, b, c), sample(gt.buf, b, c), dy, sample(in[0], b, size))
			})
		}
		return adjoints(g, "modulate.adjoint", []*Node{in[0], in[1], out, gy}, []grad[T]{gx, gs, gt}, run)
	}
	return apply(g, o, x, scale, shift)
}

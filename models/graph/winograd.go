package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// winograd is a convolution with three taps along each axis, stride and
// dilation 1, by Winograd's minimal filtering F(2, 3): the two outputs
//
//	y₀ = x₀ g₀ + x₁ g₁ + x₂ g₂ = m₀ + m₁ + m₂
//	y₁ = x₁ g₀ + x₂ g₁ + x₃ g₂ = m₁ − m₂ − m₃
//
// of a tile of four points take four products instead of six,
//
//	m₀ = (x₀ − x₂) g₀,  m₁ = (x₁ + x₂) (g₀ + g₁ + g₂)/2,
//	m₃ = (x₁ − x₃) g₂,  m₂ = (x₁ − x₂) (g₁ − g₀ − g₂)/2,
//
// here of vectors of channels and matrices; on two axes, nested, 16 instead of
// 36. All coefficients are ±1 and ½: in single precision the error is at most
// twice that of the direct sum (F(4, 3), with half of the products, would make
// it 3.4 times). Nothing of the tiles is kept for the adjoint, which transforms x
// again.
//
// Ref: Lavin & Gray, Fast Algorithms for Convolutional Neural Networks (2016),
// §4.1.
type winograd[T kernel.Float] struct {
	g            *Graph
	k            *window
	batch, group int // group: samples that are in tiles at a time
	ci, co       int
	act          activated[T]
}

// tileRoom is the number of elements that tiles take at a time, and that
// transformed weights do: few enough for the last-level cache. One sample, or one
// panel of weights, may take more. They lie in the graph's scratch.
const tileRoom = 1 << 21

// winogradPays tells whether a convolution, with its adjoint, takes less time by
// tiles than by its taps: tiles save a third of the products (on two axes more
// than half) and cost a fixed time for each channel of a point and for each
// weight. The border is measured (BenchmarkConv), and depends on how fast a
// processor multiplies: on one axis it lies near 26 channels on both sides where
// AVX-512 runs at half width (Zen 4) and near 64 where it runs at full width
// (Emerald Rapids), so it is drawn at 48; on two axes it lies near 24 on both. At
// 256 channels the gain is 30 % and 15 %.
func winogradPays(k *window, batch, ci, co int) bool {
	border := 24
	if k.taps[0] == 3 {
		border = 13
	}
	return k.tiled() && ci*co >= border*(ci+co) && batch*points(k.coarse) >= 256
}

// tiled tells whether a window is one of minimal filtering.
func (k *window) tiled() bool {
	return k.stride == 1 && k.dilation == 1 && k.taps[1] == 3 && (k.taps[0] == 3 || k.padded[0] == 1)
}

func newWinograd[T kernel.Float](g *Graph, act kernel.Activation, k *window, x, w, b *Node) *Node {
	c := &winograd[T]{g: g, k: k, batch: x.Shape()[0], ci: Channels(x), co: Channels(w)}
	c.group = max(1, min(c.batch, tileRoom/newTiles[T](k, max(c.ci, c.co), 1).size()))
	shape := slices.Concat([]int{c.batch}, k.coarse[4-len(x.Shape()):], []int{c.co})
	c.act = newActivated[T](g, act, shape)
	p := c.product(k, c.ci, c.co)
	p.act = c.act
	o := &op[T]{name: "winograd", shape: shape}
	o.forward = func(in [][]T, y []T) { p.run(y, in[0], in[2], func(u []T, j int) { p.pack(u, in[1], j) }) }
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node {
		return c.adjoint(in, out, c.act.adjoint(g, out, gy), need)
	}
	return apply(g, o, x, w, b)
}

// adjoint computes, with V the tiles of x and Z those of gy, under the transpose
// of the map from the products to the outputs,
//
//	gW = (the transpose of the map from g to U)( V_kᵀ Z_k ),  gb = Σ gy,
//
// and gx as the convolution of gy with the W_tᵀ in reverse order: on an even
// window that of the same padding, else the full one, folded.
func (c *winograd[T]) adjoint(in []*Node, out, gy *Node, need []bool) []*Node {
	g, k := c.g, c.k
	gx, gw, gb := gradOf[T](g, "x", in[0], need[0]), gradOf[T](g, "w", in[1], need[1]), gradOf[T](g, "b", in[2], need[2])
	sums := newPartial[T](g, len(gb.buf), c.batch)
	var p *winogradProduct[T]
	var back []T // padded gx [B, P…, ci], where the window is not even
	switch {
	case need[0] && k.even:
		p = c.product(k, c.co, c.ci)
	case need[0]:
		p = c.product(k.full(), c.co, c.ci)
		back = alloc[T](g, c.batch*points(k.padded)*c.ci)
	}
	var wg *winogradWeights[T]
	if need[1] {
		wg = c.weights()
	}
	run := func(in [][]T) {
		x, w, gy := in[0], in[1], in[3]
		if need[2] {
			biasGrad(g.pool, sums, gb.buf, gy)
		}
		if need[1] {
			wg.run(gw.buf, x, gy)
		}
		if !need[0] {
			return
		}
		pack := func(u []T, j int) { p.packReversed(u, w, j) }
		if k.even {
			p.run(gx.buf, gy, nil, pack)
			return
		}
		p.run(back, gy, nil, pack)
		fine, padded := points(k.fine)*c.ci, points(k.padded)*c.ci
		g.pool.For(c.batch, func(s, _ int) {
			dst := sample(gx.buf, s, fine)
			clear(dst)
			fold(k, dst, sample(back, s, padded), c.ci, c.ci)
		})
	}
	return adjoints(g, "winograd.adjoint", []*Node{in[0], in[1], out, gy}, []grad[T]{gx, gw, gb}, run)
}

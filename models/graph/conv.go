package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// Conv is the layer y = act(z) on a grid of one or two axes, with the convolution
//
//	z[i] = b + Σ_t x[i·Stride + t·Dilation − pad] W_t,  pad = Dilation (taps−1)/2,
//
// x [B, N…, I], W [taps…, I, O], b [O], y [B, M…, O] with M = N/Stride, rounded
// up. Three taps of wide layers go by Winograd's minimal filtering.
func (g *Graph) Conv(act kernel.Activation, k Window, x, w, b *Node) *Node {
	xs, ws := x.Shape(), w.Shape()
	dims := len(xs) - 2
	if dims < 1 || dims > 2 || len(ws) != dims+2 || ws[dims] != Channels(x) || b.Shape().TotalSize() != Channels(w) {
		Fail("Conv", []*Node{x, w, b}, "want x [B, N…, I], W [taps…, I, O] and b [O] for one or two axes")
	}
	if n := len(k.Padding); n > 1 && n != dims {
		Fail("Conv", []*Node{x, w, b}, "%d paddings for %d axes", n, dims)
	}
	grid, conv := newWindow(k, xs[1:dims+1], ws[:dims]), pick(g, newConv[float32], newConv[float64])
	if winogradPays(grid, xs[0], Channels(x), Channels(w)) {
		conv = pick(g, newWinograd[float32], newWinograd[float64])
	}
	return conv(g, act, grid, x, w, b)
}

// conv is the state of one convolution.
type conv[T kernel.Float] struct {
	g      *Graph
	k      *window
	batch  int
	ci, co int
	lx     int // stride of points in px
	px     []T // padded input [B, P…, lx]
	w      *panels[T]
	act    activated[T]
}

func newConv[T kernel.Float](g *Graph, act kernel.Activation, k *window, x, w, b *Node) *Node {
	c := &conv[T]{g: g, k: k, batch: x.Shape()[0], ci: Channels(x), co: Channels(w), lx: lineOf[T](Channels(x))}
	c.px = alloc[T](g, c.batch*points(k.padded)*c.lx)
	c.w = newPanels[T](g, points(k.taps), c.ci, c.co, c.batch)
	shape := slices.Concat([]int{c.batch}, k.coarse[4-len(x.Shape()):], []int{c.co})
	c.act = newActivated[T](g, act, shape)
	o := &op[T]{name: "conv", shape: shape, forward: func(in [][]T, y []T) { c.forward(in[0], in[1], in[2], y) }}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node {
		return c.adjoint(in, out, c.act.adjoint(g, out, gy), need)
	}
	return apply(g, o, x, w, b)
}

// forward takes all samples past one panel of weights after the other.
func (c *conv[T]) forward(x, w, b, y []T) {
	pool, k := c.g.pool, c.k
	fine, padded, coarse := points(k.fine)*c.ci, points(k.padded)*c.lx, points(k.coarse)*c.co
	c.w.pack(w)
	pool.For(c.batch, func(s, _ int) { pad(k, sample(c.px, s, padded), sample(x, s, fine), c.ci, c.lx) })
	pool.For(c.w.count()*c.batch, func(i, _ int) {
		j, s := i/c.batch, i%c.batch
		c.w.gather(k, j, sample(y, s, coarse), sample(c.px, s, padded), c.lx, b)
		if c.w.count() == 1 {
			c.act.apply(y, s*coarse, (s+1)*coarse)
		}
	})
	if c.w.count() > 1 {
		c.act.applyAll(c.g, y)
	}
}

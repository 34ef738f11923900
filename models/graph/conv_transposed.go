package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// ConvTransposed is the adjoint of a convolution's map from the fine grid to
// the coarse one, with a bias: a learned refinement of the grid,
//
//	y[i·Stride + t·Dilation − pad] += x[i] W_t,  from y = b,
//
// x [B, N…, I], W [taps…, I, O], b [O], y [B, Stride·N…, O]. Good values: 4
// taps and stride 2.
func (g *Graph) ConvTransposed(k Window, x, w, b *Node) *Node {
	xs, ws := x.Shape(), w.Shape()
	dims := len(xs) - 2
	if dims < 1 || dims > 2 || len(ws) != dims+2 || ws[dims] != Channels(x) || b.Shape().TotalSize() != Channels(w) {
		Fail("ConvTransposed", []*Node{x, w, b}, "want x [B, N…, I], W [taps…, I, O] and b [O] for one or two axes")
	}
	fine := slices.Clone([]int(xs[1 : dims+1]))
	for a := range fine {
		fine[a] *= max(1, k.Stride)
	}
	if n := len(k.Padding); n > 1 && n != dims {
		Fail("ConvTransposed", []*Node{x, w, b}, "%d paddings for %d axes", n, dims)
	}
	return pick(g, newTransposed[float32], newTransposed[float64])(g, newWindow(k, fine, ws[:dims]), x, w, b)
}

// transposed is the state of one such map.
type transposed[T kernel.Float] struct {
	g      *Graph
	k      *window
	batch  int
	ci, co int
	ly     int // stride of points in py
	py     []T // padded output [B, P…, ly], and its gradient
	w      *panels[T]
}

func newTransposed[T kernel.Float](g *Graph, k *window, x, w, b *Node) *Node {
	c := &transposed[T]{g: g, k: k, batch: x.Shape()[0], ci: Channels(x), co: Channels(w), ly: lineOf[T](Channels(w))}
	c.py = alloc[T](g, c.batch*points(k.padded)*c.ly)
	c.w = newPanels[T](g, points(k.taps), c.ci, c.co, c.batch)
	shape := slices.Concat([]int{c.batch}, k.fine[4-len(x.Shape()):], []int{c.co})
	o := &op[T]{name: "transposed", shape: shape, forward: func(in [][]T, y []T) { c.forward(in[0], in[1], in[2], y) }}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node { return c.adjoint(in, out, gy, need) }
	return apply(g, o, x, w, b)
}

func (c *transposed[T]) forward(x, w, b, y []T) {
	pool, k := c.g.pool, c.k
	fine, padded, coarse := points(k.fine)*c.co, points(k.padded)*c.ly, points(k.coarse)*c.ci
	c.w.pack(w)
	pool.For(c.w.count()*c.batch, func(i, _ int) {
		j, s := i/c.batch, i%c.batch
		c.w.scatter(k, j, sample(c.py, s, padded), c.ly, sample(x, s, coarse), c.ci)
	})
	pool.For(c.batch, func(s, _ int) {
		dst := sample(y, s, fine)
		for r := 0; r < len(dst); r += c.co {
			copy(dst[r:], b)
		}
		fold(k, dst, sample(c.py, s, padded), c.co, c.ly)
	})
}

// adjoint computes, with py the continued gradient pad(gy),
//
//	gW_t = Σ x[i]ᵀ py[i·Stride + t·Dilation],  gb = Σ gy,
//	gx[i] = Σ_t py[i·Stride + t·Dilation] W_tᵀ.
func (c *transposed[T]) adjoint(in []*Node, out, gy *Node, need []bool) []*Node {
	g, k := c.g, c.k
	gx, gw, gb := gradOf[T](g, "x", in[0], need[0]), gradOf[T](g, "w", in[1], need[1]), gradOf[T](g, "b", in[2], need[2])
	wt, sums := newTransposedPanels[T](g, points(k.taps), c.co, c.ci), newPartial[T](g, len(gb.buf), c.batch)
	fine, padded, coarse := points(k.fine)*c.co, points(k.padded)*c.ly, points(k.coarse)*c.ci
	run := func(in [][]T) {
		x, w, gy := in[0], in[1], in[3]
		if gb.buf != nil {
			biasGrad(g.pool, sums, gb.buf, gy)
		}
		g.pool.For(c.batch, func(s, _ int) { pad(k, sample(c.py, s, padded), sample(gy, s, fine), c.co, c.ly) })
		if gw.buf != nil {
			weightGrad(g.pool, k, c.batch, gw.buf, coarseSide(k, x, c.ci, c.ci), fineSide(k, c.py, c.co, c.ly))
		}
		if gx.buf == nil {
			return
		}
		wt.packTransposed(w)
		g.pool.For(wt.count()*c.batch, func(i, _ int) {
			j, s := i/c.batch, i%c.batch
			wt.gather(k, j, sample(gx.buf, s, coarse), sample(c.py, s, padded), c.ly, nil)
		})
	}
	return adjoints(g, "transposed.adjoint", []*Node{in[0], in[1], out, gy}, []grad[T]{gx, gw, gb}, run)
}

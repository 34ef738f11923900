package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// Join puts the channels of arrays [B, N…, Ci] side by side, in order.
func (g *Graph) Join(xs ...*Node) *Node {
	total := 0
	for _, x := range xs {
		if s, t := x.Shape(), xs[0].Shape(); !slices.Equal(s[:len(s)-1], t[:len(t)-1]) {
			Fail("Join", xs, "the grids differ")
		}
		total += Channels(x)
	}
	return pick(g, join[float32], join[float64])(g, xs, total)
}

func join[T kernel.Float](g *Graph, xs []*Node, total int) *Node {
	o := &op[T]{name: "join", shape: withChannels(xs[0].Shape(), total)}
	o.forward = func(in [][]T, y []T) {
		g.split(len(y)/total, total, func(lo, hi int) {
			at := 0
			for i, x := range in {
				c := Channels(xs[i])
				copyRows(y[at:], x, lo, hi, c, total, c)
				at += c
			}
		})
	}
	o.adjoint = func(in []*Node, _, gy *Node, need []bool) []*Node {
		grads := make([]*Node, len(in))
		at := 0
		for i, x := range in {
			if need[i] {
				grads[i] = g.Select(gy, at, at+Channels(x))
			}
			at += Channels(x)
		}
		return grads
	}
	return apply(g, o, xs...)
}

// Select takes the channels lo … hi−1 of x [B, N…, C].
func (g *Graph) Select(x *Node, lo, hi int) *Node {
	if lo < 0 || hi <= lo || hi > Channels(x) {
		Fail("Select", []*Node{x}, "channels %d to %d", lo, hi)
	}
	return pick(g, selectChannels[float32], selectChannels[float64])(g, x, lo, hi)
}

func selectChannels[T kernel.Float](g *Graph, x *Node, lo, hi int) *Node {
	c, w := Channels(x), hi-lo
	o := &op[T]{name: "select", shape: withChannels(x.Shape(), w)}
	o.forward = func(in [][]T, y []T) {
		g.split(len(y)/w, w, func(from, to int) {
			copyRows(y, in[0][lo:], from, to, w, w, c)
		})
	}
	o.adjoint = func(in []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{placeChannels[T](g, gy, in[0], lo)}
	}
	return apply(g, o, x)
}

// placeChannels is the adjoint of Select: zeros like x, with y at channel lo.
func placeChannels[T kernel.Float](g *Graph, y, x *Node, lo int) *Node {
	c, w := Channels(x), Channels(y)
	o := &op[T]{name: "place", shape: x.Shape()}
	o.forward = func(in [][]T, out []T) {
		clear(out)
		copyRows(out[lo:], in[0], 0, len(in[0])/w, w, c, w)
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{g.Select(gy, lo, lo+w)}
	}
	return apply(g, o, y)
}

// copyRows copies the rows lo … hi−1 of w numbers, which are to numbers apart in
// dst and from numbers in src.
func copyRows[T kernel.Float](dst, src []T, lo, hi, w, to, from int) {
	if w == 1 {
		for r := lo; r < hi; r++ {
			dst[r*to] = src[r*from]
		}
		return
	}
	for r := lo; r < hi; r++ {
		copy(dst[r*to:][:w], src[r*from:])
	}
}

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
				for r := lo; r < hi; r++ {
					copy(y[r*total+at:][:c], x[r*c:])
				}
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
			for r := from; r < to; r++ {
				copy(y[r*w:][:w], in[0][r*c+lo:])
			}
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
		for r := range len(in[0]) / w {
			copy(out[r*c+lo:][:w], in[0][r*w:])
		}
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{g.Select(gy, lo, lo+w)}
	}
	return apply(g, o, y)
}

package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// Pad appends zeros at the end of each grid axis of x [B, N…, C]: extra[a]
// points along axis a.
func (g *Graph) Pad(x *Node, extra []int) *Node {
	return g.resize("pad", x, extra, 1)
}

// Crop drops the last extra[a] points of each grid axis a of x [B, N…, C].
func (g *Graph) Crop(x *Node, extra []int) *Node {
	return g.resize("crop", x, extra, -1)
}

func (g *Graph) resize(name string, x *Node, extra []int, sign int) *Node {
	if len(x.Shape()) != len(extra)+2 {
		Fail(name, []*Node{x}, "%d axes to change", len(extra))
	}
	shape := slices.Clone([]int(x.Shape()))
	for a, n := range extra {
		if shape[a+1] += sign * n; n < 0 || shape[a+1] < 1 {
			Fail(name, []*Node{x}, "%d points along axis %d", n, a)
		}
	}
	return pick(g, resize[float32], resize[float64])(g, name, x, shape, extra, sign)
}

func resize[T kernel.Float](g *Graph, name string, x *Node, shape, extra []int, sign int) *Node {
	from := []int(x.Shape())
	o := &op[T]{name: name, shape: shape}
	o.forward = func(in [][]T, y []T) {
		clear(y)
		copyBox(y, shape, in[0], from)
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		back := map[int]string{1: "crop", -1: "pad"}[sign]
		return []*Node{g.resize(back, gy, extra, -sign)}
	}
	return apply(g, o, x)
}

// copyBox copies what two arrays of equal rank have in common, from their
// common origin.
func copyBox[T kernel.Float](dst []T, dstShape []int, src []T, srcShape []int) {
	if len(dstShape) == 1 {
		copy(dst[:min(dstShape[0], srcShape[0])], src)
		return
	}
	d, s := len(dst)/dstShape[0], len(src)/srcShape[0]
	for i := range min(dstShape[0], srcShape[0]) {
		copyBox(dst[i*d:][:d], dstShape[1:], src[i*s:][:s], srcShape[1:])
	}
}

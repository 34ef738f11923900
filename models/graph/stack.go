package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// Stack puts T arrays [B, …] of one shape behind each other along a new axis,
// [B, T, …].
func (g *Graph) Stack(xs ...*Node) *Node {
	s := xs[0].Shape()
	for _, x := range xs {
		if !slices.Equal(x.Shape(), s) {
			Fail("Stack", xs, "want one shape")
		}
	}
	shape := slices.Insert(slices.Clone([]int(s)), 1, len(xs))
	if len(xs) == 1 {
		return g.Reshape(xs[0], shape...)
	}
	return pick(g, stack[float32], stack[float64])(g, xs, shape)
}

func stack[T kernel.Float](g *Graph, xs []*Node, shape []int) *Node {
	batch, frames := shape[0], len(xs)
	size := xs[0].Shape().TotalSize() / batch
	// each calls f on the numbers of frame t of each sample, in the stack and
	// alone.
	each := func(all []T, alone func(t int) []T, f func(stacked, frame []T)) {
		g.split(batch*frames, size, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				if frame := alone(i % frames); frame != nil {
					f(sample(all, i, size), sample(frame, i/frames, size))
				}
			}
		})
	}
	o := &op[T]{name: "stack", shape: shape}
	o.forward = func(in [][]T, y []T) {
		each(y, func(t int) []T { return in[t] }, func(stacked, frame []T) { copy(stacked, frame) })
	}
	o.adjoint = func(in []*Node, _, gy *Node, need []bool) []*Node {
		outs := make([]grad[T], frames)
		for t := range outs {
			outs[t] = gradOf[T](g, "x", in[t], need[t])
		}
		return adjoints(g, "stack.adjoint", []*Node{gy}, outs, func(in [][]T) {
			each(in[0], func(t int) []T { return outs[t].buf }, func(stacked, frame []T) { copy(frame, stacked) })
		})
	}
	return apply(g, o, xs...)
}

package graph

import (
	"eddy/internal/kernel"

	"gorgonia.org/tensor"
)

// adjoints makes the nodes of several gradients that one kernel computes. The
// kernel is the forward function of a leader node on the inputs xs; it writes
// the buffers of outs, each of which becomes the output of a follower node.
// An out without buffer is not needed and gives nil.
func adjoints[T kernel.Float](g *Graph, name string, xs []*Node, outs []grad[T], run func(in [][]T)) []*Node {
	lead := apply(g, &op[T]{name: name, forward: func(in [][]T, _ []T) { run(in) }}, xs...)
	nodes := make([]*Node, len(outs))
	for i, o := range outs {
		if o.buf != nil {
			nodes[i] = apply(g, &op[T]{name: name + "." + o.of, shape: o.shape, out: o.buf}, lead)
		}
	}
	return nodes
}

// grad is the buffer of one input's gradient.
type grad[T kernel.Float] struct {
	of    string
	shape tensor.Shape
	buf   []T
}

// gradOf returns the buffer of x's gradient, or an empty one if none is needed.
func gradOf[T kernel.Float](g *Graph, of string, x *Node, need bool) grad[T] {
	o := grad[T]{of: of, shape: x.Shape()}
	if need {
		o.buf = alloc[T](g, x.Shape().TotalSize())
	}
	return o
}

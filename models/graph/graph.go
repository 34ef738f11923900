// Package graph builds and differentiates the computations that eddy trains:
// nodes, operations with their adjoints, gradients, compiled programs. It is
// the only package that imports gorgonia, whose expression graph holds the
// nodes and whose Op and SDOp interfaces the operations implement.
//
// An operation is coarse (a layer, a block, a loss), so a network has some
// dozens of nodes and the graph costs nothing beside the arithmetic. Arrays
// are [B, N…, C]: batch, grid axes, channels, the last index running fastest.
// Building code reads as the formula: an operation given wrong shapes panics
// with an [OpError], which [Compile] returns as an error.
//
// To add an operation, copy affine.go.
package graph

import (
	"fmt"
	"slices"

	"eddy/internal/kernel"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Node is a value in a graph.
type Node = G.Node

// Nodes are a program's inputs by name.
type Nodes map[string]*Node

// Graph is a computation under construction.
type Graph struct {
	Precision Precision

	expr     *G.ExprGraph
	pool     *kernel.Pool
	training bool             // keep what the adjoints need
	ops      []*Node          // in the order of creation, which is an order of execution
	shards   int              // that work on rows is split into, at most
	params   map[*Param]*Node // the node of each parameter in use
	used     []*Param         // in the order of first use
	names    map[string]int   // how often a name was given
	bytes    int              // taken by buffers
	scratch  Array            // shared by operations, see reserve
	reports  []report
}

type report struct {
	name string
	node *Node
}

// OpError says which operation could not be built, and on what shapes.
type OpError struct {
	Op     string
	Shapes []tensor.Shape
	Err    error
}

func (e *OpError) Error() string { return fmt.Sprintf("%s%v: %v", e.Op, e.Shapes, e.Err) }
func (e *OpError) Unwrap() error { return e.Err }

// Fail ends the building of the graph: operation op cannot work on xs.
func Fail(op string, xs []*Node, format string, args ...any) {
	e := &OpError{Op: op, Err: fmt.Errorf(format, args...)}
	for _, x := range xs {
		e.Shapes = append(e.Shapes, x.Shape())
	}
	panic(e)
}

// Param returns p's node. Every graph has a node of its own on the same
// numbers, so what one program trains, every other sees.
func (g *Graph) Param(p *Param) *Node {
	n := g.params[p]
	if n == nil {
		n = g.leaf(p.Name, p.Shape, p.Value)
		g.params[p], g.used = n, append(g.used, p)
	}
	return n
}

// Const returns a node that holds fixed numbers, such as coordinates.
func (g *Graph) Const(name string, shape []int, values []float64) *Node {
	a := NewArray(g.Precision, len(values))
	a.Put(values)
	return g.leaf(name, shape, a)
}

// Report has the program keep the value of a scalar node under a name, for
// instance one term of a loss.
func (g *Graph) Report(name string, n *Node) { g.reports = append(g.reports, report{name, n}) }

// leaf makes a node without operation on the numbers of a. Gorgonia merges
// inputs of one name, so each leaf's name is made unique.
func (g *Graph) leaf(name string, shape []int, a Array) *Node {
	if len(shape) == 0 || a.Len() != tensor.Shape(shape).TotalSize() {
		Fail("leaf "+name, nil, "%d numbers for the shape %v", a.Len(), shape)
	}
	g.names[name]++
	return G.NewTensor(g.expr, a.dtype(), len(shape), G.WithShape(shape...),
		G.WithName(fmt.Sprintf("%s#%d", name, g.names[name])), G.WithValue(a.dense(shape)))
}

// Rows is the number of rows of x seen as a matrix [rows, C].
func Rows(x *Node) int { return x.Shape().TotalSize() / Channels(x) }

// Channels is the length of x's last axis.
func Channels(x *Node) int { return x.Shape()[len(x.Shape())-1] }

// withChannels is shape with another last axis.
func withChannels(shape tensor.Shape, c int) []int {
	s := slices.Clone([]int(shape))
	s[len(s)-1] = c
	return s
}

// pick chooses the instance of a generic function for the graph's precision.
func pick[F any](g *Graph, f32, f64 F) F {
	if g.Precision == F32 {
		return f32
	}
	return f64
}

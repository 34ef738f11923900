package graph

import (
	"fmt"
	"hash"
	"hash/fnv"
	"runtime/debug"

	"eddy/internal/kernel"

	"github.com/chewxy/hm"
	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// op is the only type of operation. Its kernel and its adjoint are plain
// functions. An op makes one node and owns that node's output, which every run
// writes anew.
type op[T kernel.Float] struct {
	name  string
	shape []int // of the output; empty for a scalar

	// forward writes the whole of out. It is nil where another op, the leader,
	// has already filled the output.
	forward func(in [][]T, out []T)

	// adjoint builds the gradients of the inputs that need one, nil for the
	// others. A nil adjoint ends differentiation.
	adjoint func(in []*Node, out, grad *Node, need []bool) []*Node

	id    int // makes the hash of each op unique: gorgonia merges equal ones
	out   []T
	in    [][]T
	types []hm.Type
	value G.Value
}

// apply makes o's node on the inputs xs.
func apply[T kernel.Float](g *Graph, o *op[T], xs ...*Node) *Node {
	dt := arrayOf([]T{}).dtype()
	typ := func(dims int) hm.Type {
		if dims == 0 {
			return dt
		}
		return G.TensorType{Dims: dims, Of: dt}
	}
	for _, x := range xs {
		if x.Graph() != g.expr {
			Fail(o.name, xs, "an input belongs to another graph")
		}
		o.types = append(o.types, typ(x.Dims()))
	}
	o.types = append(o.types, typ(len(o.shape)))
	o.id, o.in = len(g.ops), make([][]T, len(xs))
	if o.out == nil {
		o.out = alloc[T](g, max(1, tensor.Shape(o.shape).TotalSize()))
	}
	o.value = valueOf(o.out, o.shape)
	n, err := G.ApplyOp(o, xs...)
	if err != nil {
		Fail(o.name, xs, "%w", err)
	}
	g.ops = append(g.ops, n)
	return n
}

// valueOf wraps a buffer as a gorgonia value.
func valueOf[T kernel.Float](s []T, shape []int) G.Value {
	if len(shape) > 0 {
		return arrayOf(s).dense(shape)
	}
	switch p := any(&s[0]).(type) {
	case *float32:
		return (*G.F32)(p)
	case *float64:
		return (*G.F64)(p)
	}
	panic("graph: no such precision")
}

// run executes the op on its inputs. A panic becomes an error, since a tape
// machine runs ops on a goroutine of its own, where it would end the process.
func (o *op[T]) run() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("graph: %s: %v\n%s", o.name, r, debug.Stack())
		}
	}()
	if o.forward != nil {
		o.forward(o.in, o.out)
	}
	return nil
}

// bind fixes the inputs, for an executor that calls run.
func (o *op[T]) bind(vs []G.Value) {
	for i, v := range vs {
		o.in[i] = slice[T](v)
	}
}

func (o *op[T]) output() G.Value { return o.value }
func (o *op[T]) passive() bool   { return o.forward == nil }

func (o *op[T]) differentiate(in []*Node, out, grad *Node, need []bool) []*Node {
	if o.adjoint == nil {
		return make([]*Node, len(in))
	}
	return o.adjoint(in, out, grad, need)
}

// The methods below implement gorgonia's Op and SDOp.

// Do runs the op for a tape machine.
func (o *op[T]) Do(vs ...G.Value) (G.Value, error) {
	o.bind(vs)
	return o.value, o.run()
}

// SymDiff builds the gradients of all inputs.
func (o *op[T]) SymDiff(in G.Nodes, out, grad *G.Node) (G.Nodes, error) {
	need := make([]bool, len(in))
	for i := range need {
		need[i] = true
	}
	return o.differentiate(in, out, grad, need), nil
}

// DiffWRT has one entry per input always: gorgonia panics on fewer.
func (o *op[T]) DiffWRT(n int) []bool {
	d := make([]bool, n)
	for i := range d {
		d[i] = o.adjoint != nil
	}
	return d
}

func (o *op[T]) Arity() int                                     { return len(o.in) }
func (o *op[T]) Type() hm.Type                                  { return hm.NewFnType(o.types...) } // never cached: ApplyOp recycles it
func (o *op[T]) InferShape(...G.DimSizer) (tensor.Shape, error) { return o.shape, nil }
func (o *op[T]) ReturnsPtr() bool                               { return false }
func (o *op[T]) CallsExtern() bool                              { return false }
func (o *op[T]) OverwritesInput() int                           { return -1 }
func (o *op[T]) String() string                                 { return o.name }
func (o *op[T]) WriteHash(h hash.Hash)                          { fmt.Fprintf(h, "%s#%d", o.name, o.id) }

// Hashcode implements gorgonia's Op.
func (o *op[T]) Hashcode() uint32 {
	h := fnv.New32a()
	o.WriteHash(h)
	return h.Sum32()
}

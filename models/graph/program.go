package graph

import (
	"fmt"
	"maps"
	"slices"

	"eddy/internal/kernel"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Tensor is an array of numbers on its way into a program.
type Tensor struct {
	Shape []int
	Data  []float64
}

// Feeds are the numbers of one run of a program, by the name of the input.
type Feeds map[string]Tensor

// Machine is what programs run on.
type Machine struct {
	Precision Precision
	Pool      *kernel.Pool
}

// Program is a compiled graph. It serves one goroutine, and splits its work
// over the machine's pool.
type Program struct {
	Grads []Array // the gradients of the parameters, where the program trains

	g       *Graph
	in      map[string]input
	out     *Node
	steps   []step
	reports []report
}

type input struct {
	shape []int
	buf   Array
}

// step is an operation with its inputs bound.
type step interface {
	bind([]G.Value)
	run() error
	output() G.Value
	passive() bool
}

// Compile builds a program with one input for each of like, which gives their
// shapes. Where wrt has parameters, build must return a scalar, and each run
// also computes its gradient with respect to them.
func Compile(m Machine, like Feeds, wrt []*Param, build func(g *Graph, in Nodes) *Node) (p *Program, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *OpError:
			p, err = nil, e
		default:
			panic(e)
		}
	}()
	p = newProgram(m, len(wrt) > 0)
	nodes := Nodes{}
	for _, name := range slices.Sorted(maps.Keys(like)) {
		shape := like[name].Shape
		buf := NewArray(m.Precision, tensor.Shape(shape).TotalSize())
		p.in[name] = input{shape, buf}
		nodes[name] = p.g.leaf(name, shape, buf)
	}
	p.out = build(p.g, nodes)
	if err := p.finish(wrt); err != nil {
		return nil, err
	}
	return p, nil
}

// newProgram begins a program.
func newProgram(m Machine, training bool) *Program {
	return &Program{in: map[string]input{}, g: &Graph{
		Precision: m.Precision, expr: G.NewGraph(), pool: m.Pool, training: training, shards: shards,
		params: map[*Param]*Node{}, names: map[string]int{},
	}}
}

// finish makes a program of what has been built.
func (p *Program) finish(wrt []*Param) error {
	if len(wrt) > 0 {
		p.differentiate(wrt)
	}
	p.reports = p.g.reports
	if err := p.g.checkHashes(); err != nil {
		return err
	}
	p.link()
	return nil
}

// differentiate adds the gradients of the output.
func (p *Program) differentiate(wrt []*Param) {
	nodes := make([]*Node, len(wrt))
	for i, w := range wrt {
		nodes[i] = p.g.Param(w)
	}
	for _, n := range p.g.Grad(p.out, nodes...) {
		p.Grads = append(p.Grads, p.array(n))
	}
}

// link binds the operations to each other's outputs: since every operation
// owns its output, this is done once.
func (p *Program) link() {
	for _, n := range p.g.ops {
		s := n.Op().(step)
		var vs []G.Value
		for _, c := range p.g.inputs(n) {
			vs = append(vs, p.value(c))
		}
		s.bind(vs)
		if !s.passive() {
			p.steps = append(p.steps, s)
		}
	}
}

func (p *Program) value(n *Node) G.Value {
	if s, ok := n.Op().(step); ok {
		return s.output()
	}
	return n.Value()
}

func (p *Program) array(n *Node) Array {
	return pick(p.g,
		func() Array { return arrayOf(slice[float32](p.value(n))) },
		func() Array { return arrayOf(slice[float64](p.value(n))) })()
}

// Run computes the output for f, and the gradients of a training program.
func (p *Program) Run(f Feeds) error {
	for name, in := range p.in {
		t, ok := f[name]
		if !ok || !slices.Equal(t.Shape, in.shape) || len(t.Data) != in.buf.Len() {
			return fmt.Errorf("graph: input %q has the shape %v, want %v", name, t.Shape, in.shape)
		}
		in.buf.Put(t.Data)
	}
	return p.run()
}

// run takes the inputs as they are.
func (p *Program) run() error {
	for _, s := range p.steps {
		if err := s.run(); err != nil {
			return err
		}
	}
	return nil
}

// Output is the output of the last run, valid until the next.
func (p *Program) Output() Array { return p.array(p.out) }

// Scalar is the output of a program that ends in a scalar.
func (p *Program) Scalar() float64 { return p.Output().Values()[0] }

// Reports returns the reported scalars of the last run.
func (p *Program) Reports() (names []string, values []float64) {
	for _, r := range p.reports {
		names = append(names, r.name)
		values = append(values, p.array(r.node).Values()[0])
	}
	return names, values
}

// Nodes is the number of operations, Bytes the memory their outputs take.
func (p *Program) Nodes() int { return len(p.g.ops) }

// Bytes is the memory of the operations' outputs and private buffers.
func (p *Program) Bytes() int { return p.g.bytes }

package graph

import (
	"eddy/internal/kernel"

	"gorgonia.org/tensor"
)

// Activation is y = act(x), element by element.
func (g *Graph) Activation(act kernel.Activation, x *Node) *Node {
	return pick(g, activation[float32], activation[float64])(g, act, x)
}

func activation[T kernel.Float](g *Graph, act kernel.Activation, x *Node) *Node {
	a := newActivated[T](g, act, x.Shape())
	o := &op[T]{name: act.String(), shape: x.Shape()}
	o.forward = func(in [][]T, y []T) {
		g.split(len(y), 1, func(i, j int) { a.into(y, in[0], i, j) })
	}
	o.adjoint = func(in []*Node, out, gy *Node, _ []bool) []*Node { return []*Node{a.adjoint(g, out, gy)} }
	return apply(g, o, x)
}

// activated is the activation at the end of an operation, y = act(z).
type activated[T kernel.Float] struct {
	act   kernel.Activation
	slope []T // act'(z), kept for the adjoint only, where it does not follow from y
}

func newActivated[T kernel.Float](g *Graph, act kernel.Activation, shape tensor.Shape) activated[T] {
	a := activated[T]{act: act}
	if g.training && act != kernel.Identity && act != kernel.ReLU {
		a.slope = alloc[T](g, shape.TotalSize())
	}
	return a
}

// into makes y[i:j] from z[i:j].
func (a activated[T]) into(y, z []T, i, j int) {
	if a.slope == nil {
		kernel.Activate(a.act, y[i:j], z[i:j])
	} else {
		kernel.ActivateGrad(a.act, y[i:j], a.slope[i:j], z[i:j])
	}
}

// apply makes y[i:j] from z there, in place.
func (a activated[T]) apply(y []T, i, j int) {
	if a.act != kernel.Identity {
		a.into(y, y, i, j)
	}
}

// applyAll makes all of y from z, in place.
func (a activated[T]) applyAll(g *Graph, y []T) {
	if a.act != kernel.Identity {
		g.split(len(y), 1, func(i, j int) { a.into(y, y, i, j) })
	}
}

// adjoint is gy ∘ act'(z).
func (a activated[T]) adjoint(g *Graph, y, gy *Node) *Node {
	if a.act == kernel.Identity {
		return gy
	}
	o := &op[T]{name: a.act.String() + ".adjoint", shape: gy.Shape()}
	o.forward = func(in [][]T, dz []T) {
		g.split(len(dz), 1, func(i, j int) { a.pull(dz[i:j], in[1], in[0], i) })
	}
	return apply(g, o, y, gy)
}

// pull makes dz = gy ∘ act'(z) of the elements at and after i.
func (a activated[T]) pull(dz, gy, y []T, i int) {
	j := i + len(dz)
	if a.act == kernel.ReLU {
		kernel.Gate(dz, gy[i:j], y[i:j])
	} else {
		kernel.Mul(dz, gy[i:j], a.slope[i:j])
	}
}

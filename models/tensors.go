package models

import (
	"slices"
	"strings"

	"eddy/models/graph"
)

// Tensor is an array of a model's PyTorch module: a view of one of the model's
// parameters, whose element i, j, … is number Offset + i·Strides₀ + j·Strides₁ …
// of the parameter.
type Tensor struct {
	Name    string // in the module's state_dict
	Param   *graph.Param
	Shape   []int
	Strides []int
	Offset  int
}

// Exchanged is a model whose PyTorch module has other tensors than [Tensors]
// takes for granted.
type Exchanged interface {
	Model

	// Tensors lists the module's tensors. Each number of the parameters, which
	// Init made, is in one of them.
	Tensors(ps *graph.Params) []Tensor
}

// Tensors lists the tensors of the PyTorch module that a model is.
func Tensors(m Model, ps *graph.Params) []Tensor {
	if e, ok := m.(Exchanged); ok {
		return e.Tensors(ps)
	}
	var all []Tensor
	for _, p := range ps.List {
		all = append(all, tensorOf(p))
	}
	return all
}

// tensorOf is the tensor that a parameter is in PyTorch unless a model says
// otherwise: weights [taps…, I, O] have their channels first there, [O, I,
// taps…], and all else is the same.
func tensorOf(p *graph.Param) Tensor {
	t := Tensor{Name: p.Name, Param: p, Shape: slices.Clone(p.Shape), Strides: stridesOf(p.Shape)}
	if n := len(p.Shape); n > 1 && strings.HasSuffix(p.Name, ".weight") {
		for _, axes := range [][]int{t.Shape, t.Strides} {
			taps := slices.Clone(axes[:n-2])
			copy(axes, []int{axes[n-1], axes[n-2]})
			copy(axes[2:], taps)
		}
	}
	return t
}

// stridesOf are the strides of an array whose last axis runs fastest.
func stridesOf(shape []int) []int {
	strides := make([]int, len(shape))
	step := 1
	for a := len(shape) - 1; a >= 0; a-- {
		strides[a] = step
		step *= shape[a]
	}
	return strides
}

// Len is the number of elements.
func (t Tensor) Len() int {
	n := 1
	for _, s := range t.Shape {
		n *= s
	}
	return n
}

// Values returns the elements, the last axis running fastest.
func (t Tensor) Values() []float64 {
	from, v := t.Param.Value.Values(), make([]float64, t.Len())
	t.each(func(i, at int) { v[i] = from[at] })
	return v
}

// Put stores the elements, the last axis running fastest.
func (t Tensor) Put(v []float64) {
	to := t.Param.Value.Values()
	t.each(func(i, at int) { to[at] = v[i] })
	t.Param.Value.Put(to)
}

// each calls f with the number of each element in order, and its number in the
// parameter.
func (t Tensor) each(f func(i, at int)) {
	index, at := make([]int, len(t.Shape)), t.Offset
	for i := range t.Len() {
		f(i, at)
		for a := len(index) - 1; a >= 0; a-- {
			at += t.Strides[a]
			if index[a]++; index[a] < t.Shape[a] {
				break
			}
			at -= index[a] * t.Strides[a]
			index[a] = 0
		}
	}
}

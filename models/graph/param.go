package graph

import (
	"fmt"
	"math/rand/v2"

	"gorgonia.org/tensor"
)

// Param is a learned array. It lives outside graphs.
type Param struct {
	Name  string
	Shape []int
	Value Array

	Ascends bool // is moved up its gradient, as what a minimax problem maximises
}

// Params are the parameters of a model, in the order they were made.
type Params struct {
	Precision Precision
	List      []*Param
}

// New adds a parameter whose elements draw returns in order. It panics when
// the name is taken, since weights are stored by name.
func (ps *Params) New(name string, shape []int, draw func() float64) *Param {
	for _, p := range ps.List {
		if p.Name == name {
			panic(fmt.Sprintf("graph: two parameters are called %s", name))
		}
	}
	v := make([]float64, tensor.Shape(shape).TotalSize())
	for i := range v {
		v[i] = draw()
	}
	p := &Param{Name: name, Shape: shape, Value: NewArray(ps.Precision, len(v))}
	p.Value.Put(v)
	ps.List = append(ps.List, p)
	return p
}

// Count is the number of learned numbers.
func (ps *Params) Count() int {
	n := 0
	for _, p := range ps.List {
		n += p.Value.Len()
	}
	return n
}

// Uniform draws from U(−r, r).
func Uniform(rng *rand.Rand, r float64) func() float64 {
	return func() float64 { return r * (2*rng.Float64() - 1) }
}

// Zero draws zeros.
func Zero() float64 { return 0 }

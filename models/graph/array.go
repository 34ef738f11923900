package graph

import (
	"fmt"
	"slices"
	"unsafe"

	"eddy/internal/kernel"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// Precision is the format of a graph's numbers.
type Precision int

const (
	F32 Precision = iota
	F64
)

var precisionNames = []string{"f32", "f64"}

func (p Precision) String() string { return precisionNames[p] }

// Names lists the precisions as a configuration spells them.
func (Precision) Names() []string { return precisionNames }

// MarshalText implements encoding.TextMarshaler.
func (p Precision) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Precision) UnmarshalText(text []byte) error {
	i := slices.Index(precisionNames, string(text))
	if i < 0 {
		return fmt.Errorf("precision = %q, want f32 or f64", text)
	}
	*p = Precision(i)
	return nil
}

// Array is a flat array in one of the precisions: one of its slices is used.
type Array struct {
	F32 []float32
	F64 []float64
}

// NewArray returns n zeros.
func NewArray(p Precision, n int) Array {
	if p == F32 {
		return Array{F32: make([]float32, n)}
	}
	return Array{F64: make([]float64, n)}
}

// Len is the number of elements.
func (a Array) Len() int { return len(a.F32) + len(a.F64) }

// Put stores values, rounded to the array's precision.
func (a Array) Put(values []float64) {
	if a.F32 == nil {
		copy(a.F64, values)
		return
	}
	for i, v := range values[:len(a.F32)] {
		a.F32[i] = float32(v)
	}
}

// Get reads the array into dst.
func (a Array) Get(dst []float64) {
	if a.F32 == nil {
		copy(dst, a.F64)
		return
	}
	for i, v := range a.F32[:len(dst)] {
		dst[i] = float64(v)
	}
}

// Values returns the array's elements as a new slice.
func (a Array) Values() []float64 {
	v := make([]float64, a.Len())
	a.Get(v)
	return v
}

// Finite reports whether no element is NaN or infinite.
func (a Array) Finite() bool { return kernel.Finite(a.F32) && kernel.Finite(a.F64) }

func (a Array) dtype() tensor.Dtype {
	if a.F32 != nil {
		return tensor.Float32
	}
	return tensor.Float64
}

// dense returns a header of its own on the array's numbers.
func (a Array) dense(shape []int) *tensor.Dense {
	if a.F32 != nil {
		return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(a.F32))
	}
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(a.F64))
}

// arrayOf wraps a slice.
func arrayOf[T kernel.Float](s []T) Array {
	switch s := any(s).(type) {
	case []float32:
		return Array{F32: s}
	case []float64:
		return Array{F64: s}
	}
	panic("graph: no such precision")
}

// numbers is the slice that an array uses.
func numbers[T kernel.Float](a Array) []T {
	if s, ok := any(a.F32).([]T); ok {
		return s
	}
	return any(a.F64).([]T)
}

// slice returns the numbers of a gorgonia value, without a copy.
func slice[T kernel.Float](v G.Value) []T {
	switch v := v.(type) {
	case *G.F32:
		return any(unsafe.Slice((*float32)(v), 1)).([]T)
	case *G.F64:
		return any(unsafe.Slice((*float64)(v), 1)).([]T)
	case *tensor.Dense:
		if v.Dtype() == tensor.Float32 {
			return any(v.Float32s()).([]T)
		}
		return any(v.Float64s()).([]T)
	}
	panic(fmt.Sprintf("graph: a value of type %T", v))
}

package solver

import (
	"math"

	"eddy/physics"
)

// pointwise evaluates fields that depend at each point on the state there
// alone, on any number of points at once. It is read off an equation once, by
// calling it with fields that remember what is done to them; an evaluation
// then allocates nothing.
type pointwise struct {
	geometry   geometry // nil where a point knows no other
	operations []operation
	values     [][]float64 // [channels + operations][points]
	outputs    []int       // which of the values
}

// geometry makes the operations that depend on where points are.
type geometry interface {
	derivative(a, axis, order int) operation
	cosine(k [3]int, phase float64) operation
}

// operation makes a value from earlier ones.
type operation struct {
	do   func(dst, a, b []float64, by float64)
	name string
	a, b int
	by   float64

	stencil *stencil // of a derivative
}

// newPointwise reads off an expression.
func newPointwise(channels int, g geometry, expression func(u []physics.Field) []physics.Field) (p *pointwise, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case physics.Unsupported:
			p, err = nil, e
		default:
			panic(e)
		}
	}()
	p = &pointwise{geometry: g, values: make([][]float64, channels)}
	u := make([]physics.Field, channels)
	for c := range u {
		u[c] = point{p, c}
	}
	for _, f := range expression(u) {
		p.outputs = append(p.outputs, f.(point).value)
	}
	return p, nil
}

// allocate makes room for a number of points.
func (p *pointwise) allocate(points int) {
	for range p.operations {
		p.values = append(p.values, make([]float64, points))
	}
}

// evaluate computes the expression for a state u [C][points].
func (p *pointwise) evaluate(u [][]float64) {
	copy(p.values, u)
	for i, o := range p.operations {
		o.do(p.values[len(u)+i][:len(u[0])], p.values[o.a], p.values[o.b], o.by)
	}
}

// output is field c of the expression [points], valid until the next
// evaluation.
func (p *pointwise) output(c int) []float64 { return p.values[p.outputs[c]] }

// point is a [physics.Field]: one of the values.
type point struct {
	of    *pointwise
	value int
}

// apply returns the value of an operation, which is done once.
func (f point) apply(o operation) physics.Field {
	p := f.of
	channels := len(p.values)
	for i, known := range p.operations {
		if known.name == o.name && known.a == o.a && known.b == o.b && known.by == o.by {
			return point{p, channels + i}
		}
	}
	p.operations = append(p.operations, o)
	return point{p, channels + len(p.operations) - 1}
}

// Add returns f + g.
func (f point) Add(g physics.Field) physics.Field {
	return f.apply(operation{do: add, name: "add", a: f.value, b: g.(point).value})
}

// Mul returns f g.
func (f point) Mul(g physics.Field) physics.Field {
	return f.apply(operation{do: mul, name: "mul", a: f.value, b: g.(point).value})
}

// Scale returns a f.
func (f point) Scale(a float64) physics.Field {
	return f.apply(operation{do: scale, name: "scale", a: f.value, b: f.value, by: a})
}

// Pow returns f^p.
func (f point) Pow(p float64) physics.Field {
	switch p {
	case -1:
		return f.apply(operation{do: invert, name: "invert", a: f.value, b: f.value})
	case 1:
		return f
	case 2, 3, 4:
		return f.Pow(p - 1).Mul(f)
	}
	return f.apply(operation{do: pow, name: "pow", a: f.value, b: f.value, by: p})
}

// D returns ∂^order f/∂x_axis^order.
func (f point) D(axis, order int) physics.Field {
	if f.of.geometry == nil {
		panic(physics.Unsupported{Operation: "derivatives", Form: "values at a point"})
	}
	return f.apply(f.of.geometry.derivative(f.value, axis, order))
}

// InverseLaplacian is not defined.
func (point) InverseLaplacian() physics.Field {
	panic(physics.Unsupported{Operation: "inverse Laplacian", Form: "values at a point"})
}

// Cosine returns cos(2π Σ_a k_a x_a/L_a + phase).
func (f point) Cosine(k [3]int, phase float64) physics.Field {
	if f.of.geometry == nil {
		panic(physics.Unsupported{Operation: "place", Form: "values at a point"})
	}
	return f.apply(f.of.geometry.cosine(k, phase))
}

func add(dst, a, b []float64, _ float64) {
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

func mul(dst, a, b []float64, _ float64) {
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

func scale(dst, a, _ []float64, by float64) {
	for i := range dst {
		dst[i] = by * a[i]
	}
}

func invert(dst, a, _ []float64, _ float64) {
	for i := range dst {
		dst[i] = 1 / a[i]
	}
}

func pow(dst, a, _ []float64, by float64) {
	for i := range dst {
		dst[i] = math.Pow(a[i], by)
	}
}

package data

import (
	"fmt"
	"math"

	"eddy/physics"
)

// form is a [physics.Field] that remembers how it is made: a sum of bases,
// each with a factor for every Fourier coefficient.
type form struct {
	of    *nonlinear
	parts []formTerm
}

// formTerm is factors ⊙ base.
type formTerm struct {
	base    int
	factors []complex128 // [modes]
}

// Add returns f + g.
func (f *form) Add(g physics.Field) physics.Field {
	sum := &form{of: f.of, parts: append([]formTerm{}, f.parts...)}
	for _, p := range g.(*form).parts {
		sum.add(p)
	}
	return sum
}

func (f *form) add(p formTerm) {
	for i, q := range f.parts {
		if q.base == p.base {
			both := make([]complex128, len(p.factors))
			for m := range both {
				both[m] = q.factors[m] + p.factors[m]
			}
			f.parts[i].factors = both
			return
		}
	}
	f.parts = append(f.parts, p)
}

// Scale returns a f.
func (f *form) Scale(a float64) physics.Field {
	return f.times(func(int) complex128 { return complex(a, 0) })
}

// D returns ∂^order f/∂x_axis^order.
func (f *form) D(axis, order int) physics.Field {
	symbol := f.of.space.symbol(physics.Deriv(axis, order))
	return f.times(func(m int) complex128 { return symbol[m] })
}

// Mul returns f g, without the waves that the two-thirds rule removes.
func (f *form) Mul(g physics.Field) physics.Field {
	base := f.of.product(f, g.(*form))
	return f.of.basis(base)
}

// Pow returns f^p for natural p.
func (f *form) Pow(p float64) physics.Field {
	if p != math.Trunc(p) || p < 1 {
		panic(physics.Unsupported{Operation: fmt.Sprintf("power %g", p), Form: "Fourier series"})
	}
	if p == 1 {
		return f
	}
	return f.Pow(p - 1).Mul(f)
}

// InverseLaplacian returns the g of mean zero with Δg = f − mean(f).
func (f *form) InverseLaplacian() physics.Field {
	symbol := f.of.space.symbol(physics.Laplacian(f.of.space.grid.Dims()))
	return f.times(func(m int) complex128 {
		if symbol[m] == 0 {
			return 0
		}
		return 1 / symbol[m]
	})
}

// Cosine returns cos(2π Σ_a k_a x_a/L_a + phase), a base that never changes.
func (f *form) Cosine(k [3]int, phase float64) physics.Field {
	space := f.of.space
	if waves := k[:space.grid.Dims()]; !holds(space.grid, waves) {
		panic(physics.Unsupported{Operation: fmt.Sprintf("cosine of %v waves", waves), Form: fmt.Sprintf("Fourier series on %v points", space.grid.Points)})
	}
	base := f.of.newBase()
	space.add(f.of.bases[base], space.cosine(k, phase))
	return f.of.basis(base)
}

func (f *form) times(a func(m int) complex128) *form {
	r := &form{of: f.of}
	for _, p := range f.parts {
		q := formTerm{p.base, make([]complex128, len(p.factors))}
		for m, v := range p.factors {
			q.factors[m] = a(m) * v
		}
		r.parts = append(r.parts, q)
	}
	return r
}

// on returns the factors of f on a base, nil if f does not have it.
func (f *form) on(base int) []complex128 {
	for _, p := range f.parts {
		if p.base == base {
			return p.factors
		}
	}
	return nil
}

// ofState returns the factors of a form that is linear in the first channel
// and has nothing else, nil for others.
func (f *form) ofState() []complex128 {
	if len(f.parts) != 1 {
		return nil
	}
	return f.on(0)
}

// sum writes the coefficients of f to c.
func (f *form) sum(c []complex128) {
	clear(c)
	for _, p := range f.parts {
		base := f.of.bases[p.base]
		for m, a := range p.factors[:len(c)] {
			c[m] += a * base[m]
		}
	}
}

package solver

import (
	"fmt"
	"math"
	"slices"

	"eddy/data/fourier"
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
	base    *base
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
	symbol := f.of.space.Symbol(physics.Deriv(axis, order))
	return f.times(func(m int) complex128 { return symbol[m] })
}

// Mul returns f g, without the waves that the two-thirds rule removes. It
// removes them from f, g and the product, so a product of three factors is one
// of two, truncated, times the third: no step of it has aliases.
func (f *form) Mul(g physics.Field) physics.Field { return f.of.product(f, g.(*form)) }

// Pow returns f^p: for natural p as products, otherwise point by point on the
// grid, without the waves that the two-thirds rule removes from f and from the
// result. The latter has aliases, as small as f is smooth.
func (f *form) Pow(p float64) physics.Field {
	switch {
	case p == 0:
		return f.Cosine([3]int{}, 0)
	case p == 1:
		return f
	case p != math.Trunc(p) || p < 0:
		return f.of.power(f, p)
	}
	return f.Pow(p - 1).Mul(f)
}

// InverseLaplacian returns the g of mean zero with Δg = f − mean(f).
func (f *form) InverseLaplacian() physics.Field {
	symbol := f.of.space.Symbol(physics.Laplacian(f.of.space.Grid.Dims()))
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
	if waves := k[:space.Grid.Dims()]; !fourier.Holds(space.Grid, waves) {
		panic(physics.Unsupported{Operation: fmt.Sprintf("cosine of %v waves", waves), Form: fmt.Sprintf("Fourier series on %v points", space.Grid.Points)})
	}
	c := make([]complex128, space.Modes)
	space.Add(c, space.Cosine(k, phase))
	b := f.of.newBase()
	for m, z := range c {
		for l := range fourier.Lanes {
			b.series[m*fourier.Pair+l], b.series[m*fourier.Pair+fourier.Lanes+l] = real(z), imag(z)
		}
	}
	return f.of.basis(b)
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
func (f *form) on(b *base) []complex128 {
	for _, p := range f.parts {
		if p.base == b {
			return p.factors
		}
	}
	return nil
}

// equals tells whether f and g are made of the same in the same way.
func (f *form) equals(g *form) bool {
	return f == g || slices.EqualFunc(f.parts, g.parts, func(p, q formTerm) bool {
		return p.base == q.base && slices.Equal(p.factors, q.factors)
	})
}

// without drops a base from f.
func (f *form) without(b *base) {
	for i, p := range f.parts {
		if p.base == b {
			f.parts = append(f.parts[:i:i], f.parts[i+1:]...)
			return
		}
	}
}

// level is the number of products that must be formed one after the other
// before f is known.
func (f *form) level() int {
	level := 0
	for _, p := range f.parts {
		level = max(level, p.base.level)
	}
	return level
}

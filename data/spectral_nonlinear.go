package data

import (
	"fmt"

	"eddy/physics"
)

// nonlinear evaluates N(u) on Fourier coefficients. It is read off an equation
// once, by calling its Nonlinear with fields that remember what is done to
// them; an evaluation then allocates nothing.
//
// All fields are linear in a few series, the bases: first the channels of the
// state, then the products formed on the way. Products are formed on the grid
// from factors without the waves that the two-thirds rule removes, and have
// none of them either.
type nonlinear struct {
	space    *spectral
	keep     []bool         // [modes] what the two-thirds rule keeps
	bases    [][]complex128 // [channels + products][modes]
	factors  []*factor
	products []product
	outputs  []*form      // one a channel, none for linear equations
	scratch  []complex128 // [modes]
	grid     []float64    // [N…]
}

// factor is a form that is needed on the grid.
type factor struct {
	of   *form     // what was multiplied
	kept *form     // without the waves that the two-thirds rule removes
	grid []float64 // [N…]
}

// product is the base that is a·b.
type product struct {
	base  int
	a, b  *factor
	fresh []*factor // those of a and b that no earlier product has
}

// newNonlinear reads off the nonlinear terms of an equation.
func newNonlinear(s *spectral, channels int, terms func(int, []physics.Field) []physics.Field) (n *nonlinear, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case physics.Unsupported:
			n, err = nil, e
		default:
			panic(e)
		}
	}()
	n = &nonlinear{space: s, keep: s.resolved(), scratch: make([]complex128, s.modes), grid: make([]float64, s.grid.Size())}
	u := make([]physics.Field, channels)
	for c := range u {
		u[c] = n.basis(n.newBase())
	}
	for _, f := range terms(s.grid.Dims(), u) {
		n.outputs = append(n.outputs, f.(*form))
	}
	if k := len(n.outputs); k != 0 && k != channels {
		return nil, fmt.Errorf("%d nonlinear terms, want one for each of %d channels", k, channels)
	}
	return n, nil
}

func (n *nonlinear) newBase() int {
	n.bases = append(n.bases, make([]complex128, n.space.modes))
	return len(n.bases) - 1
}

// basis returns a base as a form.
func (n *nonlinear) basis(base int) *form {
	one := formTerm{base, make([]complex128, n.space.modes)}
	for m := range one.factors {
		one.factors[m] = 1
	}
	return &form{n, []formTerm{one}}
}

// product returns the base that is f·g.
func (n *nonlinear) product(f, g *form) int {
	var fresh []*factor
	a, b := n.factor(f, &fresh), n.factor(g, &fresh)
	for _, p := range n.products {
		if p.a == a && p.b == b || p.a == b && p.b == a {
			return p.base
		}
	}
	p := product{n.newBase(), a, b, fresh}
	n.products = append(n.products, p)
	return p.base
}

// factor returns f as a factor, and appends it to fresh if it was none yet.
func (n *nonlinear) factor(f *form, fresh *[]*factor) *factor {
	for _, known := range n.factors {
		if known.of == f {
			return known
		}
	}
	kept := f.times(func(m int) complex128 {
		if n.keep[m] {
			return 1
		}
		return 0
	})
	a := &factor{f, kept, make([]float64, n.space.grid.Size())}
	n.factors = append(n.factors, a)
	*fresh = append(*fresh, a)
	return a
}

// evaluate writes N(u) to dst. Both are [C][modes].
func (n *nonlinear) evaluate(dst, u [][]complex128) {
	for c := range u {
		copy(n.bases[c], u[c])
	}
	for _, p := range n.products {
		for _, f := range p.fresh {
			f.kept.sum(n.scratch)
			n.space.values(f.grid, n.scratch)
		}
		n.multiply(p)
	}
	for c, f := range n.outputs {
		f.sum(dst[c])
	}
}

// multiply computes the base of a product.
func (n *nonlinear) multiply(p product) {
	grid := n.grid
	for i, v := range p.a.grid {
		grid[i] = v * p.b.grid[i]
	}
	base := n.bases[p.base]
	n.space.coefficients(base, grid)
	for m, keep := range n.keep {
		if !keep {
			base[m] = 0
		}
	}
}

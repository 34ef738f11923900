package solver

import (
	"fmt"

	"eddy/data/fourier"
	"eddy/physics"
)

// nonlinear evaluates N(u) on Fourier coefficients. It is read off an equation
// once, by calling its Nonlinear with fields that remember what is done to
// them; an evaluation then allocates nothing.
//
// All fields are linear in a few series, the bases: first the channels of the
// state, then what never changes and the products formed on the way. Products
// are formed on the grid from factors without the waves that the two-thirds
// rule removes, and have none of them either.
type nonlinear struct {
	space    *fourier.Truncated
	bases    []*base // the channels first
	factors  []*factor
	products []*product
	outputs  []*form // one a channel, none for linear equations
	active   int     // coefficients of the outputs that can differ from 0

	rounds []round
	sums   [][]combination // [C] what makes the outputs
	row    [2][]float64    // [N][lanes] scratch
}

// base is a series that others are made of.
type base struct {
	level  int       // products that are formed one after the other on the way to it
	series []float64 // [modes][2][lanes], spread if it is a product
	spread bool
}

// factor is a form that is needed on the grid.
type factor struct {
	of     *form         // what was multiplied
	kept   *form         // without the waves that the two-thirds rule removes
	stored bool          // a later round needs it, too
	grid   []float64     // [N][lanes] its row, or [N…][lanes] all rows if it is stored
	series []float64     // spread
	sums   []combination // what makes the series
	peak   []float64     // [lanes] largest |value|
}

// product is the base Σ ratio·a·b, or a^power if that is not 0. Its first
// ratio is 1.
type product struct {
	*base
	terms []productTerm
	power float64
}

type productTerm struct {
	ratio float64
	a, b  *factor
}

// newNonlinear reads off the nonlinear terms of an equation.
func newNonlinear(s *fourier.Series, channels int, terms func(int, []physics.Field) []physics.Field) (n *nonlinear, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case physics.Unsupported:
			n, err = nil, e
		default:
			panic(e)
		}
	}()
	n = &nonlinear{space: fourier.NewTruncated(s)}
	u := make([]physics.Field, channels)
	for c := range u {
		u[c] = n.basis(n.newBase())
	}
	for _, f := range terms(s.Grid.Dims(), u) {
		n.outputs = append(n.outputs, f.(*form))
	}
	if k := len(n.outputs); k != 0 && k != channels {
		return nil, fmt.Errorf("%d nonlinear terms, want one for each of %d channels", k, channels)
	}
	n.merge()
	n.plan()
	return n, nil
}

// newBase adds a base that is not a product.
func (n *nonlinear) newBase() *base {
	b := &base{series: make([]float64, n.space.Modes*fourier.Pair)}
	n.bases = append(n.bases, b)
	return b
}

// basis returns a base as a form.
func (n *nonlinear) basis(b *base) *form {
	one := formTerm{b, make([]complex128, n.space.Modes)}
	for m := range one.factors {
		one.factors[m] = 1
	}
	return &form{n, []formTerm{one}}
}

// product returns f·g.
func (n *nonlinear) product(f, g *form) *form {
	a, b := n.factor(f), n.factor(g)
	for _, p := range n.products {
		if t := p.terms[0]; p.power == 0 && (t.a == a && t.b == b || t.a == b && t.b == a) {
			return n.kept(n.basis(p.base))
		}
	}
	return n.newProduct(&product{terms: []productTerm{{1, a, b}}})
}

// power returns f^p, point by point.
func (n *nonlinear) power(f *form, p float64) *form {
	a := n.factor(f)
	return n.newProduct(&product{terms: []productTerm{{1, a, a}}, power: p})
}

func (n *nonlinear) newProduct(p *product) *form {
	t := p.terms[0]
	p.base = &base{level: 1 + max(t.a.kept.level(), t.b.kept.level()), spread: true}
	n.bases = append(n.bases, p.base)
	n.products = append(n.products, p)
	return n.kept(n.basis(p.base))
}

// factor returns f as a factor.
func (n *nonlinear) factor(f *form) *factor {
	for _, known := range n.factors {
		if known.of.equals(f) {
			return known
		}
	}
	a := &factor{of: f, kept: n.kept(f)}
	n.factors = append(n.factors, a)
	return a
}

// kept returns f without the waves that the two-thirds rule removes.
func (n *nonlinear) kept(f *form) *form {
	return f.times(func(m int) complex128 {
		if m < n.space.Kept {
			return 1
		}
		return 0
	})
}

// evaluate writes N(u) to dst [C][active][2][lanes], where u is in the bases of
// the channels. If it watches, it also takes the peaks of the factors.
func (n *nonlinear) evaluate(dst [][]float64, watch bool) {
	for _, r := range n.rounds {
		r.run(n, watch)
	}
	for c, sums := range n.sums {
		for _, s := range sums {
			s.run(dst[c])
		}
	}
}

package data

import (
	"math"

	"eddy/internal/kernel"
)

// round forms products that can be formed at the same time: it makes the series
// of its fresh factors, takes row after row to the grid, multiplies and comes
// back. So of several dimensions there is never more than a row of a factor on
// the grid, unless a later round needs the factor, too.
type round struct {
	fresh    []*factor
	products []*product
}

// combination is a linear combination of bases in a run of coefficients.
type combination struct {
	from, to int // in the numbers of the destination
	terms    []kernel.Term[float64]
	complex  bool
}

func (s combination) run(dst []float64) { kernel.Combine(dst[s.from:s.to], s.terms, s.complex) }

func (r round) run(n *nonlinear, watch bool) {
	for _, f := range r.fresh {
		for _, s := range f.sums {
			s.run(f.series)
		}
		n.space.inverse(f.series)
		if watch {
			clear(f.peak)
		}
	}
	for i := range n.space.rows {
		for _, f := range r.fresh {
			x := f.row(i, len(n.row[0]))
			n.space.rowValues(x, f.series, i)
			if watch {
				kernel.Peak(f.peak, x)
			}
		}
		for _, p := range r.products {
			n.multiply(p, i)
		}
	}
	for _, p := range r.products {
		n.space.forward(p.series)
	}
}

// merge joins products that are needed only in one combination, as those of
// u·∇v are: their sum is formed on the grid, and transformed once.
func (n *nonlinear) merge() {
	forms := append([]*form{}, n.outputs...)
	for _, f := range n.factors {
		forms = append(forms, f.kept)
	}
	for i := 0; i < len(n.products); i++ {
		p := n.products[i]
		for j := i + 1; j < len(n.products); {
			q := n.products[j]
			ratio := ratio(forms, p.base, q.base)
			if ratio == 0 || p.power != 0 || q.power != 0 || p.level != q.level {
				j++
				continue
			}
			p.terms = append(p.terms, productTerm{ratio, q.terms[0].a, q.terms[0].b})
			for _, f := range forms {
				f.without(q.base)
			}
			n.products = append(n.products[:j], n.products[j+1:]...)
		}
	}
}

// ratio returns the number r for which q occurs in all forms as r times p, 0 if
// there is none.
func ratio(forms []*form, p, q *base) float64 {
	r := 0.0
	for _, f := range forms {
		a, b := f.on(p), f.on(q)
		if (a == nil) != (b == nil) {
			return 0
		}
		for m := range a {
			if r == 0 && a[m] != 0 {
				r = real(b[m] / a[m])
			}
			if scaled(r, a[m]) != b[m] {
				return 0
			}
		}
	}
	return r
}

func scaled(a float64, x complex128) complex128 { return complex(a*real(x), a*imag(x)) }

// plan orders the products into rounds, and makes all memory.
func (n *nonlinear) plan() {
	length := n.space.last.n * lanes
	n.row = [2][]float64{make([]float64, length), make([]float64, length)}
	for _, p := range n.products {
		for len(n.rounds) < p.level {
			n.rounds = append(n.rounds, round{})
		}
		r := &n.rounds[p.level-1]
		r.products = append(r.products, p)
		for _, t := range p.terms {
			for _, f := range []*factor{t.a, t.b} {
				f.stored = f.stored || f.kept.level() < p.level-1
			}
		}
	}
	for _, f := range n.factors {
		if r := f.kept.level(); r < len(n.rounds) {
			n.rounds[r].fresh = append(n.rounds[r].fresh, f)
		}
	}
	for _, r := range n.rounds {
		n.allocate(r)
	}
	for _, r := range n.rounds {
		for _, f := range r.fresh {
			f.sums = n.spreadSums(f.kept)
		}
	}
	for _, f := range n.outputs {
		n.active = max(n.active, n.reach(f))
	}
	for _, f := range n.outputs {
		n.sums = append(n.sums, n.outputSums(f))
	}
}

// allocate makes the memory of a round. The rows of a product take the place of
// those of a factor, which are on the grid by then.
func (n *nonlinear) allocate(r round) {
	rows := len(n.space.rows)
	for _, f := range r.fresh {
		f.series, f.peak = make([]float64, rows*n.space.width), make([]float64, lanes)
		size := len(n.row[0])
		if f.stored {
			size *= rows
		}
		f.grid = make([]float64, size)
	}
	for i, p := range r.products {
		if i < len(r.fresh) {
			p.series = r.fresh[i].series
		} else {
			p.series = make([]float64, rows*n.space.width)
		}
	}
}

// reach is the number of coefficients of f that can differ from 0, those that
// the two-thirds rule keeps or all.
func (n *nonlinear) reach(f *form) int {
	for _, p := range f.parts {
		for _, a := range p.factors[n.space.kept:] {
			if a != 0 {
				return n.space.modes
			}
		}
	}
	return n.space.kept
}

// spreadSums returns the sums that make a factor.
func (n *nonlinear) spreadSums(f *form) []combination {
	var sums []combination
	for r, row := range n.space.rows {
		if row.isKept {
			sums = append(sums, n.sum(f, r*n.space.width, r, row.kept, n.space.columns))
		}
	}
	return sums
}

// outputSums returns the sums that make an output.
func (n *nonlinear) outputSums(f *form) []combination {
	var sums []combination
	for r, row := range n.space.rows {
		if row.isKept {
			sums = append(sums, n.sum(f, row.kept*pair, r, row.kept, n.space.columns))
		}
	}
	if n.active > n.space.kept {
		sums = append(sums, n.sum(f, n.space.kept*pair, 0, n.space.kept, n.active-n.space.kept))
	}
	return sums
}

// sum returns the sum that makes count coefficients of f, from number m in row
// r on. Products have only those that are kept.
func (n *nonlinear) sum(f *form, to, r, m, count int) combination {
	s := combination{from: to, to: to + count*pair}
	var weights [][]complex128
	for _, p := range f.parts {
		x := p.base.series
		switch {
		case !p.base.spread:
			x = x[m*pair : (m+count)*pair]
		case m < n.space.kept:
			x = x[r*n.space.width : (r+1)*n.space.width]
		default:
			continue
		}
		s.terms = append(s.terms, kernel.Term[float64]{X: x})
		weights = append(weights, p.factors[m:m+count])
	}
	s.complex = weigh(s.terms, weights)
	return s
}

// weigh gives each term its weights, and tells whether they are complex.
func weigh(terms []kernel.Term[float64], weights [][]complex128) bool {
	isComplex := false
	for _, w := range weights {
		for _, a := range w {
			isComplex = isComplex || imag(a) != 0
		}
	}
	for i, w := range weights {
		for _, a := range w {
			terms[i].W = append(terms[i].W, real(a))
			if isComplex {
				terms[i].W = append(terms[i].W, imag(a))
			}
		}
	}
	return isComplex
}

// raise computes x = a^p.
func raise(x, a []float64, p float64) {
	for i, v := range a {
		x[i] = math.Pow(v, p)
	}
}

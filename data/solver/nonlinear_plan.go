package solver

import (
	"eddy/data/fourier"
	"eddy/internal/kernel"
)

// plan orders the products into rounds, and makes all memory.
func (n *nonlinear) plan() {
	points := n.space.Grid.Points
	length := points[len(points)-1] * fourier.Lanes
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
	rows := len(n.space.Rows)
	for _, f := range r.fresh {
		f.series, f.peak = make([]float64, rows*n.space.Width), make([]float64, fourier.Lanes)
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
			p.series = make([]float64, rows*n.space.Width)
		}
	}
}

// reach is the number of coefficients of f that can differ from 0, those that
// the two-thirds rule keeps or all.
func (n *nonlinear) reach(f *form) int {
	for _, p := range f.parts {
		for _, a := range p.factors[n.space.Kept:] {
			if a != 0 {
				return n.space.Modes
			}
		}
	}
	return n.space.Kept
}

// spreadSums returns the sums that make a factor.
func (n *nonlinear) spreadSums(f *form) []combination {
	var sums []combination
	for r, row := range n.space.Rows {
		if row.IsKept {
			sums = append(sums, n.sum(f, r*n.space.Width, r, row.Kept, n.space.Columns))
		}
	}
	return sums
}

// outputSums returns the sums that make an output.
func (n *nonlinear) outputSums(f *form) []combination {
	var sums []combination
	for r, row := range n.space.Rows {
		if row.IsKept {
			sums = append(sums, n.sum(f, row.Kept*fourier.Pair, r, row.Kept, n.space.Columns))
		}
	}
	if n.active > n.space.Kept {
		sums = append(sums, n.sum(f, n.space.Kept*fourier.Pair, 0, n.space.Kept, n.active-n.space.Kept))
	}
	return sums
}

// sum returns the sum that makes count coefficients of f, from number m in row
// r on. Products have only those that are kept.
func (n *nonlinear) sum(f *form, to, r, m, count int) combination {
	s := combination{from: to, to: to + count*fourier.Pair}
	var weights [][]complex128
	for _, p := range f.parts {
		x := p.base.series
		switch {
		case !p.base.spread:
			x = x[m*fourier.Pair : (m+count)*fourier.Pair]
		case m < n.space.Kept:
			x = x[r*n.space.Width : (r+1)*n.space.Width]
		default:
			continue
		}
		s.terms = append(s.terms, kernel.Term[float64]{X: x})
		weights = append(weights, p.factors[m:m+count])
	}
	s.complex = weigh(s.terms, weights)
	return s
}

package solver

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

func (r round) run(n *nonlinear, watch bool) {
	for _, f := range r.fresh {
		for _, s := range f.sums {
			s.run(f.series)
		}
		n.space.Inverse(f.series)
		if watch {
			clear(f.peak)
		}
	}
	for i := range n.space.Rows {
		for _, f := range r.fresh {
			x := f.row(i, len(n.row[0]))
			n.space.RowValues(x, f.series, i)
			if watch {
				kernel.Peak(f.peak, x)
			}
		}
		for _, p := range r.products {
			n.multiply(p, i)
		}
	}
	for _, p := range r.products {
		n.space.Forward(p.series)
	}
}

// multiply writes row r of a product.
func (n *nonlinear) multiply(p *product, r int) {
	x, y := n.row[0], n.row[1]
	for i, t := range p.terms {
		a, b := t.a.row(r, len(x)), t.b.row(r, len(x))
		switch {
		case p.power != 0:
			raise(x, a, p.power)
		case i == 0:
			kernel.Mul(x, a, b)
		default:
			kernel.Mul(y, a, b)
			kernel.Axpy(x, t.ratio, y)
		}
	}
	n.space.SetRow(p.series, x, r)
}

// row is a factor's row r of n numbers.
func (f *factor) row(r, n int) []float64 {
	if f.stored {
		return f.grid[r*n : (r+1)*n]
	}
	return f.grid
}

// raise computes x = a^p.
func raise(x, a []float64, p float64) {
	for i, v := range a {
		x[i] = math.Pow(v, p)
	}
}

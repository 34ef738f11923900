package solver

import (
	"fmt"
	"math"

	"eddy/physics"
)

// differences evaluates the rate of change of a state on grid values: all
// derivatives are central differences.
type differences struct {
	accuracy int // order in the spacing
	cells    *cells
	rate     *pointwise
	linear   bool // in the state, up to a constant
}

// newDifferences reads off the rate of change of a problem's state.
func newDifferences(p physics.Problem, e physics.Evolution, accuracy int) (*differences, error) {
	d := &differences{accuracy: accuracy, cells: &cells{grid: p.Grid}, linear: true}
	var err error
	d.rate, err = newPointwise(p.Channels(), d, func(u []physics.Field) []physics.Field {
		return physics.Tendency(e, p.Grid.Dims(), u)
	})
	if err != nil {
		return nil, err
	}
	beyond := d.rate.reach()
	for axis, n := range p.Grid.Points {
		if n <= beyond {
			return nil, fmt.Errorf("%d points along axis %d, want more than %d", n, axis, beyond)
		}
	}
	d.cells = newCells(p, beyond)
	d.rate.allocate(len(d.cells.values[0]))
	for _, o := range d.rate.operations {
		switch o.name {
		case "mul", "invert", "pow":
			d.linear = false
		}
	}
	return d, nil
}

// derivative implements geometry.
func (d *differences) derivative(a, axis, order int) operation {
	s := newStencil(axis, order, d.accuracy, d.cells.grid.Spacing(axis))
	return operation{
		do:   func(dst, u, _ []float64, _ float64) { s.apply(dst, u, d.cells.stride[axis]) },
		name: fmt.Sprintf("∂^%d along %d", order, axis), a: a, b: a, stencil: s,
	}
}

// cosine implements geometry.
func (d *differences) cosine(k [3]int, phase float64) operation {
	var table []float64
	return operation{
		do: func(dst, _, _ []float64, _ float64) {
			if table == nil {
				table = d.cells.cosine(k, phase)
			}
			copy(dst, table)
		},
		name: fmt.Sprintf("cos %v %g", k, phase),
	}
}

// evaluate writes the rate of change of u to dst, both [N…, C].
func (d *differences) evaluate(dst, u []float64) {
	d.cells.set(u)
	d.rate.evaluate(d.cells.values)
	channels := len(d.cells.values)
	for c := range channels {
		rate := d.rate.output(c)
		for i, at := range d.cells.inner {
			dst[i*channels+c] = rate[at]
		}
	}
}

// cosine returns cos(2π Σ_a k_a x_a/L_a + phase) at all points, also those
// beyond the ends.
func (c *cells) cosine(k [3]int, phase float64) []float64 {
	table := make([]float64, len(c.values[0]))
	for i := range table {
		angle, rest := phase, i
		for axis, stride := range c.stride {
			x := c.grid.X(axis, rest/stride-c.beyond)
			angle += 2 * math.Pi * float64(k[axis]) * x / c.grid.Extent[axis]
			rest %= stride
		}
		table[i] = math.Cos(angle)
	}
	return table
}

// reach is the number of points on each side that the outputs depend on. Only
// derivatives have one.
func (p *pointwise) reach() int {
	channels, longest := len(p.values), 0
	reach := make([]int, channels+len(p.operations))
	for i, o := range p.operations {
		r := max(reach[o.a], reach[o.b])
		if o.stencil != nil {
			r += o.stencil.half()
		}
		reach[channels+i] = r
		longest = max(longest, r)
	}
	return longest
}

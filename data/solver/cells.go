package solver

import "eddy/physics"

// cells holds the values in the cells of a grid, or at its points, channel by
// channel, with some more beyond each end of every axis: what is there follows
// from the problem's ends, or from its being periodic.
type cells struct {
	values  [][]float64 // [C][N + 2 beyond…]
	grid    physics.Grid
	beyond  int
	stride  []int          // of the axes in values
	inner   []int          // where the grid's cells are in values, in the order of a state
	borders [][]int        // per axis: where the lines to be continued begin
	ends    []physics.Ends // none on periodic grids
	normal  []int          // per axis: the channel of the vector component along it, −1 if there is none

	image, inside, last []float64 // [C]
}

func newCells(p physics.Problem, beyond int) *cells {
	channels := p.Channels()
	c := &cells{
		values: make([][]float64, channels), grid: p.Grid, beyond: beyond, ends: p.Ends, normal: normals(p),
		image: make([]float64, channels), inside: make([]float64, channels), last: make([]float64, channels),
	}
	padded := make([]int, p.Grid.Dims())
	for a, n := range p.Grid.Points {
		padded[a] = n + 2*beyond
	}
	c.stride = strides(padded, 1)
	for i := range c.values {
		c.values[i] = make([]float64, padded[0]*c.stride[0])
	}
	c.inner = lines(p.Grid.Points, c.stride, -1, beyond, 0)
	for a := range padded {
		c.borders = append(c.borders, lines(p.Grid.Points, c.stride, a, beyond, beyond))
	}
	return c
}

// normals finds the channel of the vector component along each axis.
func normals(p physics.Problem) []int {
	all := make([]int, p.Grid.Dims())
	for a := range all {
		all[a] = -1
	}
	if e, ok := p.Equation.Value.(physics.Oriented); ok {
		for channel, component := range e.Components(len(all)) {
			if component >= 0 {
				all[component] = channel
			}
		}
	}
	return all
}

// strides returns the distances of neighbours along each axis of an array
// [sizes…, inner].
func strides(sizes []int, inner int) []int {
	all := make([]int, len(sizes))
	for a := len(sizes) - 1; a >= 0; a-- {
		all[a] = inner
		inner *= sizes[a]
	}
	return all
}

// lines lists where the lines along an axis begin in an array that has some
// cells beyond each end of every axis: those lines that are at most halo cells
// beyond the ends of the other axes. Axis −1 lists the cells.
func lines(points, stride []int, axis, beyond, halo int) []int {
	all := []int{0}
	for a, n := range points {
		if a == axis {
			continue
		}
		var next []int
		for _, at := range all {
			for i := beyond - halo; i < beyond+n+halo; i++ {
				next = append(next, at+i*stride[a])
			}
		}
		all = next
	}
	return all
}

// set takes a state u [N…, C] and continues it beyond the ends of one axis
// after the other, which fills the corners, too.
func (c *cells) set(u []float64) {
	for channel, values := range c.values {
		for i, at := range c.inner {
			values[at] = u[i*len(c.values)+channel]
		}
	}
	for axis, starts := range c.borders {
		for _, start := range starts {
			first := start + c.beyond*c.stride[axis]
			if len(c.ends) == 0 {
				c.wrap(axis, first)
			} else {
				last := first + (c.grid.Points[axis]-1)*c.stride[axis]
				c.reflect(axis, first, c.stride[axis], c.ends[axis].Low.Value)
				c.reflect(axis, last, -c.stride[axis], c.ends[axis].High.Value)
			}
		}
	}
}

// wrap continues a line, whose first cell within the grid is given,
// periodically.
func (c *cells) wrap(axis, first int) {
	n, stride := c.grid.Points[axis], c.stride[axis]
	for _, values := range c.values {
		for i := range c.beyond {
			values[first-(i+1)*stride] = values[first+(n-1-i%n)*stride]
			values[first+(n+i)*stride] = values[first+(i%n)*stride]
		}
	}
}

// reflect continues a line beyond the end at a point, or next to a cell, from
// which the line goes on inwards in steps of inward.
func (c *cells) reflect(axis, end, inward int, condition physics.Condition) {
	onEnd := 0
	if c.grid.Boundary == physics.Walls {
		onEnd = 1
	}
	c.gather(c.last, end)
	for i := range c.beyond {
		c.gather(c.inside, end+(i+onEnd)*inward)
		gap := float64(2*i+1+onEnd) * c.grid.Spacing(axis)
		condition.Image(c.image, c.inside, c.last, gap, c.normal[axis])
		for channel, v := range c.image {
			c.values[channel][end-(i+1)*inward] = v
		}
	}
}

// gather copies the state of a cell.
func (c *cells) gather(u []float64, at int) {
	for channel := range u {
		u[channel] = c.values[channel][at]
	}
}

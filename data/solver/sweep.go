package solver

import "eddy/physics"

// sweep computes the part of ∇·F that comes from the fluxes along one axis. It
// works on rows of faces along that axis, in three layers: the means over
// faces that the reconstruction gives, the values and fluxes in the middle of
// faces, and the means of those, for the grid's own rows. Where there are other
// axes, an inner layer needs some rows of the outer one beyond its ends.
type sweep struct {
	cells          *cells
	axis, faces    int // faces of a row
	reconstruction Reconstruction
	value, mean    []float64 // the weights of Midpoint
	riemann        *hll

	outer, middle []int // where the rows of the first two layers begin in cells
	inner         []int // where those of the third begin in a state
	innerStride   int

	row       []float64 // [N + 2 Reach] one channel
	low, high []float64 // [C][outer][faces] on the two sides
	flux      []float64 // [C][middle][faces]
	state     []float64 // [C]
}

func newSweep(c *cells, law physics.ConservationLaw, r Reconstruction, axis int) (*sweep, error) {
	points, channels := c.grid.Points, len(c.values)
	s := &sweep{cells: c, axis: axis, faces: points[axis] + 1, reconstruction: r}
	var err error
	if s.riemann, err = newHLL(law, len(points), axis, s.faces); err != nil {
		return nil, err
	}
	s.value, s.mean = r.Midpoint()
	s.outer = lines(points, c.stride, axis, c.beyond, len(s.mean)/2+len(s.value)/2)
	s.middle = lines(points, c.stride, axis, c.beyond, len(s.mean)/2)
	state := strides(points, channels)
	s.inner, s.innerStride = lines(points, state, axis, 0, 0), state[axis]
	s.row = make([]float64, points[axis]+2*r.Reach())
	s.low = make([]float64, channels*len(s.outer)*s.faces)
	s.high = make([]float64, len(s.low))
	s.flux = make([]float64, channels*len(s.middle)*s.faces)
	s.state = make([]float64, channels)
	return s, nil
}

// beyond is the number of cells beyond the ends of a grid that sweeps need.
func beyond(r Reconstruction, dims int) int {
	if dims == 1 {
		return r.Reach()
	}
	value, mean := r.Midpoint()
	return max(r.Reach(), len(value)/2+len(mean)/2)
}

// subtract takes ∂F/∂x along the axis from a rate of change [N…, C].
func (s *sweep) subtract(rate []float64) error {
	s.reconstruct()
	margin := len(s.mean) / 2
	low := s.weigh(s.low, margin+len(s.value)/2, s.value)
	high := s.weigh(s.high, margin+len(s.value)/2, s.value)
	for r := range s.middle {
		if err := s.solve(low, high, r); err != nil {
			return err
		}
	}
	flux := s.weigh(s.flux, margin, s.mean)
	perCell := 1 / s.cells.grid.Spacing(s.axis)
	for c := range s.state {
		for r, at := range s.inner {
			f := flux[(c*len(s.inner)+r)*s.faces:][:s.faces]
			for i := range s.faces - 1 {
				rate[at+c+i*s.innerStride] -= perCell * (f[i+1] - f[i])
			}
		}
	}
	return nil
}

// reconstruct finds the means over the faces from those over the cells.
func (s *sweep) reconstruct() {
	stride := s.cells.stride[s.axis]
	skip := (s.cells.beyond - s.reconstruction.Reach()) * stride
	for c, values := range s.cells.values {
		for r, start := range s.outer {
			for i := range s.row {
				s.row[i] = values[start+skip+i*stride]
			}
			at := (c*len(s.outer) + r) * s.faces
			s.reconstruction.Faces(s.low[at:at+s.faces], s.high[at:at+s.faces], s.row)
		}
	}
}

// weigh replaces rows by weighted sums of neighbouring rows, along each of the
// other axes, in place. The array [C][rows][faces] has rows up to margin
// beyond the ends of the grid, and the result so many less as it has
// neighbours.
func (s *sweep) weigh(a []float64, margin int, weights []float64) []float64 {
	outer, inner := len(s.state), len(a)/len(s.state)
	for axis, n := range s.cells.grid.Points {
		if axis == s.axis {
			continue
		}
		rows := n + 2*margin
		kept := rows - len(weights) + 1
		inner /= rows
		for o := range outer {
			for r := range kept {
				to, from := a[(o*kept+r)*inner:][:inner], a[(o*rows+r)*inner:]
				for i := range to { // no later sum needs what is written here
					sum := 0.0
					for k, w := range weights {
						sum += w * from[k*inner+i]
					}
					to[i] = sum
				}
			}
		}
		outer *= kept
		a = a[:outer*inner]
	}
	return a
}

// solve computes the fluxes of row r in the middle layer.
func (s *sweep) solve(low, high []float64, r int) error {
	stride := s.cells.stride[s.axis]
	below := s.middle[r] + (s.cells.beyond-1)*stride
	for i := range s.faces {
		if err := s.set(i, low, r*s.faces+i, below); err != nil {
			return err
		}
		if err := s.set(s.faces+i, high, r*s.faces+i, below+stride); err != nil {
			return err
		}
		below += stride
	}
	s.riemann.solve()
	for c := range s.state {
		s.riemann.fluxes(s.flux[(c*len(s.middle)+r)*s.faces:][:s.faces], c)
	}
	return nil
}

// set gives the Riemann solver a reconstructed state or, where that is none, as
// next to a vacuum, the mean over the cell.
func (s *sweep) set(to int, values []float64, at, cell int) error {
	layer := len(s.middle) * s.faces
	for c := range s.state {
		s.state[c] = values[c*layer+at]
	}
	if s.riemann.set(to, s.state) == nil {
		return nil
	}
	s.cells.gather(s.state, cell)
	return s.riemann.set(to, s.state)
}

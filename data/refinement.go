package data

import (
	"fmt"
	"math"

	"eddy/physics"
)

// Refinement is how far the frames of a solver are from those of a finer one.
type Refinement struct {
	Of    string    // what is halved: dt, dx, or both
	Error []float64 // [T] relative L2 distance to the finer solution, the mean over trajectories
	Fault error     // why there is no finer solution; then there are no errors

	coarse, fine []float64 // [T] errors before and after a halving, which show the order; nil where there are none
}

// rounding is the relative error below which nothing is left but rounding.
const rounding = 1e-11

// Order is the order of convergence that is observed at frame t, from 0 on. It
// tells whether there is one: there is none where nothing was left to converge.
func (r Refinement) Order(t int) (float64, bool) {
	if r.coarse == nil || r.coarse[t] < rounding || r.fine[t] < rounding {
		return 0, false
	}
	return math.Log2(r.coarse[t] / r.fine[t]), true
}

// Within is the number of frames, from the first on, whose error is at most
// bound.
func (r Refinement) Within(bound float64) int {
	for t, e := range r.Error {
		if e > bound {
			return t
		}
	}
	return len(r.Error)
}

// level is a number of halvings of time steps and of the grid's spacing. In
// space it may be −1, for a doubling.
type level struct{ time, space int }

// apply returns the problem that has been refined so far, without a warmup.
func (l level) apply(p physics.Problem) (physics.Problem, error) {
	p.Warmup = 0
	switch {
	case l.space > 0:
		p.Grid = p.Grid.Finer()
	case l.space < 0:
		var ok bool
		if p.Grid, ok = p.Grid.Coarser(); !ok {
			return p, fmt.Errorf("no grid has half the points %v", p.Grid.Points)
		}
	}
	for range l.time {
		solver, ok := p.Solver.Value.(physics.Refinable)
		if !ok {
			return p, fmt.Errorf("the solver %s has no shorter steps", p.Solver.Kind)
		}
		p.Solver.Value = solver.Fine()
	}
	return p, nil
}

// restrict returns the state u [N…, C] of the finer of two grids on the coarser
// one: the values at its points, or the means over its cells.
func restrict(u []float64, fine, coarse physics.Grid, channels int) []float64 {
	v := make([]float64, channels*coarse.Size())
	if coarse.Boundary != physics.Cells {
		for i := range coarse.Size() {
			at := 0
			for a, j := range coarse.Index(i) {
				at = at*fine.Points[a] + 2*j
			}
			copy(v[i*channels:(i+1)*channels], u[at*channels:])
		}
		return v
	}
	share := 1 / float64(int(1)<<coarse.Dims())
	for i := range fine.Size() {
		at := 0
		for a, j := range fine.Index(i) {
			at = at*coarse.Points[a] + j/2
		}
		for c := range channels {
			v[at*channels+c] += share * u[i*channels+c]
		}
	}
	return v
}

// distances returns |u − v|/|v| of each frame [T][N…·C].
func distances(u, v [][]float64) ([]float64, error) {
	all := make([]float64, len(v))
	for t := range v {
		var difference, size float64
		for i, x := range v[t] {
			difference += (u[t][i] - x) * (u[t][i] - x)
			size += x * x
		}
		if difference == 0 {
			continue
		}
		if all[t] = math.Sqrt(difference / size); !(all[t] <= math.MaxFloat64) {
			return nil, fmt.Errorf("frame %d: the relative error is %v", t+1, all[t])
		}
	}
	return all, nil
}

// averaged returns the mean of refinement k over trajectories, or the first fault.
func averaged(of [][]Refinement, k int) Refinement {
	m := Refinement{Of: of[0][k].Of}
	ordered := true
	for _, all := range of {
		if all[k].Fault != nil {
			return all[k]
		}
		ordered = ordered && all[k].coarse != nil
	}
	m.Error = meanOver(of, func(r []Refinement) []float64 { return r[k].Error })
	if ordered {
		m.coarse = meanOver(of, func(r []Refinement) []float64 { return r[k].coarse })
		m.fine = meanOver(of, func(r []Refinement) []float64 { return r[k].fine })
	}
	return m
}

// meanOver returns the mean of a list that each trajectory has.
func meanOver(of [][]Refinement, list func(r []Refinement) []float64) []float64 {
	sum := make([]float64, len(list(of[0])))
	for _, r := range of {
		for t, e := range list(r) {
			sum[t] += e / float64(len(of))
		}
	}
	return sum
}

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
	Next  []float64 // [T] that of the finer solution to one that is finer again; nil where that was not computed
	Fault error     // why there is no finer solution; then there are no errors
}

// rounding is the relative error below which nothing is left but rounding.
const rounding = 1e-11

// Order is the order of convergence that is observed at frame t, from 0 on. It
// tells whether there is one: there is none where nothing was left to converge.
func (r Refinement) Order(t int) (float64, bool) {
	if r.Next == nil || r.Next[t] < rounding {
		return 0, false
	}
	return math.Log2(r.Error[t] / r.Next[t]), true
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

// level is a number of halvings of time steps and of the grid's spacing.
type level struct{ time, space int }

// apply returns the problem that has been refined so far, without a warmup.
func (l level) apply(p physics.Problem) (physics.Problem, error) {
	p.Warmup = 0
	for range l.space {
		p.Grid = p.Grid.Finer()
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

// restrict writes the state u [N…, C] of a grid that was made finer some times
// to dst, on the grid as it was: the values at its points, or means over its
// cells.
func restrict(dst, u []float64, coarse physics.Grid, halvings, channels int) {
	fine := coarse
	for range halvings {
		fine = fine.Finer()
	}
	per := 1 << halvings // points of the fine grid per point, or cells per cell, along an axis
	if coarse.Boundary != physics.Cells {
		for i := range coarse.Size() {
			at := 0
			for a, j := range coarse.Index(i) {
				at = at*fine.Points[a] + j*per
			}
			copy(dst[i*channels:(i+1)*channels], u[at*channels:])
		}
		return
	}
	clear(dst)
	share := 1 / float64(int(1)<<(halvings*coarse.Dims()))
	for i := range fine.Size() {
		at := 0
		for a, j := range fine.Index(i) {
			at = at*coarse.Points[a] + j/per
		}
		for c := range channels {
			dst[at*channels+c] += share * u[i*channels+c]
		}
	}
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
	m := of[0][k]
	for _, all := range of {
		if all[k].Fault != nil {
			return all[k]
		}
		if all[k].Next == nil {
			m.Next = nil
		}
	}
	m.Error = meanOf(m.Error, of, func(r []Refinement) []float64 { return r[k].Error })
	m.Next = meanOf(m.Next, of, func(r []Refinement) []float64 { return r[k].Next })
	return m
}

// meanOf returns the mean of what chosen chooses, of the length of like.
func meanOf(like []float64, of [][]Refinement, chosen func(r []Refinement) []float64) []float64 {
	if like == nil {
		return nil
	}
	sum := make([]float64, len(like))
	for _, r := range of {
		for t, e := range chosen(r) {
			sum[t] += e / float64(len(of))
		}
	}
	return sum
}

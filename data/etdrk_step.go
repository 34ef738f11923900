package data

import (
	"fmt"
	"math"
	"math/cmplx"

	"eddy/physics"
)

// etdrk is a [physics.Stepper] that has all its memory.
type etdrk struct {
	ETDRK
	space     *spectral
	nonlinear *nonlinear
	stages    []stageTable
	stability stability
	u, v      [][]complex128   // [C][modes] the state, and that of a stage
	n         [][][]complex128 // [stages][C][modes] N at the stages
	grid      []float64        // [N…] one channel
}

// stageTable is a [stage] for one Δt: Δt times the weights, for each
// coefficient of each channel.
type stageTable struct {
	decay   [][]complex128   // [C][modes] exp(time z)
	weights [][][]complex128 // [stages before][C][modes], nil for zero
}

func newETDRK(settings ETDRK, dt float64, space *spectral, n *nonlinear, operators []physics.Operator) *etdrk {
	s := &etdrk{ETDRK: settings, space: space, nonlinear: n, grid: make([]float64, space.grid.Size())}
	channels := len(operators)
	z := make([][]complex128, channels)
	for c, o := range operators {
		z[c] = space.symbol(o.Scale(dt))
	}
	for _, stage := range tableaus[settings.Order] {
		t := stageTable{decay: tabulate(z, 1, func(z complex128) complex128 {
			return cmplx.Exp(complex(stage.time, 0) * z)
		})}
		for _, w := range stage.weights {
			if w == nil || len(n.outputs) == 0 {
				t.weights = append(t.weights, nil)
			} else {
				t.weights = append(t.weights, tabulate(z, dt, w))
			}
		}
		s.stages = append(s.stages, t)
		s.n = append(s.n, newSeries(channels, space.modes))
	}
	s.u, s.v = newSeries(channels, space.modes), newSeries(channels, space.modes)
	s.stability = newStability(n, s.stages, dt)
	return s
}

// tabulate returns a f(z).
func tabulate(z [][]complex128, a float64, f func(complex128) complex128) [][]complex128 {
	table := newSeries(len(z), len(z[0]))
	for c := range z {
		for m, z := range z[c] {
			table[c][m] = scaled(a, f(z))
		}
	}
	return table
}

func newSeries(channels, modes int) [][]complex128 {
	s := make([][]complex128, channels)
	for c := range s {
		s[c] = make([]complex128, modes)
	}
	return s
}

// Step advances u by Substeps steps.
func (s *etdrk) Step(dst, u []float64) error {
	channels := len(s.u)
	if want := channels * len(s.grid); len(u) != want || len(dst) != want {
		return fmt.Errorf("etdrk: states of %d and %d numbers, want %d", len(dst), len(u), want)
	}
	for c := range s.u {
		for i := range s.grid {
			s.grid[i] = u[i*channels+c]
		}
		s.space.coefficients(s.u[c], s.grid)
	}
	if len(s.nonlinear.outputs) > 0 {
		s.nonlinear.evaluate(s.n[0], s.u)
		if err := s.stability.check(); err != nil {
			return fmt.Errorf("etdrk: %w", err)
		}
	}
	for i := range s.Substeps {
		s.substep(i > 0)
	}
	largest := 0.0
	for c := range s.u {
		s.space.values(s.grid, s.u[c])
		for i, v := range s.grid {
			dst[i*channels+c] = v
			largest = max(largest, math.Abs(v)) // NaN if any is
		}
	}
	if !(largest <= s.Bound) {
		return fmt.Errorf("etdrk: blow-up: max|u| = %.3g after a frame, beyond the bound %.3g; a smaller time step may help", largest, s.Bound)
	}
	return nil
}

// substep advances s.u by one step of the method. N(u) is known already where
// it is not fresh.
func (s *etdrk) substep(fresh bool) {
	at := s.u
	for i, stage := range s.stages {
		if len(s.nonlinear.outputs) > 0 && (i > 0 || fresh) {
			s.nonlinear.evaluate(s.n[i], at)
		}
		stage.combine(s.v, s.u, s.n)
		at = s.v
	}
	s.u, s.v = s.v, s.u
}

// combine writes decay ⊙ u + Σ_j weights_j ⊙ n_j to dst.
func (t stageTable) combine(dst, u [][]complex128, n [][][]complex128) {
	for c := range dst {
		to := dst[c]
		u, decay := u[c][:len(to)], t.decay[c][:len(to)]
		for m := range to {
			to[m] = decay[m] * u[m]
		}
		for j, w := range t.weights {
			if w == nil {
				continue
			}
			w, n := w[c][:len(to)], n[j][c][:len(to)]
			for m := range to {
				to[m] += w[m] * n[m]
			}
		}
	}
}

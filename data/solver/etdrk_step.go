package solver

import (
	"fmt"
	"math"

	"eddy/data/fourier"
	"eddy/internal/kernel"
	"eddy/physics"
)

// etdrk is a [physics.BatchStepper] that has all its memory.
type etdrk struct {
	ETDRK
	space     *fourier.Series
	nonlinear *nonlinear
	stability stability
	stages    [][][]combination // [stages][C] what makes v
	u, v      [][]float64       // [C][modes][2][lanes] the state, and that of a stage
	n         [][][]float64     // [stages][C][active][2][lanes] N at the stages
	packing   *packing
	peaks     []float64    // [lanes] largest |u|
	one       [2][]float64 // of Step
}

var _ physics.BatchStepper = (*etdrk)(nil)

func newETDRK(settings ETDRK, dt float64, space *fourier.Series, n *nonlinear, linear physics.Matrix) (*etdrk, error) {
	channels := len(linear)
	s := &etdrk{ETDRK: settings, space: space, nonlinear: n}
	stages := tableaus[settings.Order]
	if len(n.outputs) == 0 {
		stages = tableaus[0]
	}
	tables, err := newStageTables(stages, linear, dt, space, n.active)
	if err != nil {
		return nil, err
	}
	s.stability = newStability(n, tables, dt)
	for c := range channels {
		s.u = append(s.u, make([]float64, space.Modes*fourier.Pair))
		s.v = append(s.v, n.bases[c].series)
	}
	for i, t := range tables {
		s.n = append(s.n, make([][]float64, channels))
		for c := range channels {
			s.n[i][c] = make([]float64, n.active*fourier.Pair)
		}
		s.stages = append(s.stages, t.sums(s.u, s.n, n.active, i == len(tables)-1))
	}
	s.packing, s.peaks = newPacking(space.Grid.Size(), channels), make([]float64, fourier.Lanes)
	return s, nil
}

// Width is the number of lanes.
func (s *etdrk) Width() int { return fourier.Lanes }

// Step advances u by Substeps steps.
func (s *etdrk) Step(dst, u []float64) error {
	if dst == nil {
		return s.fit(dst, u)
	}
	var errs [1]error
	s.one = [2][]float64{dst, u}
	s.StepAll(s.one[:1], s.one[1:], errs[:])
	s.one = [2][]float64{}
	return errs[0]
}

// StepAll advances each state of u by Substeps steps.
func (s *etdrk) StepAll(dst, u [][]float64, errs []error) {
	if len(dst) > fourier.Lanes || len(u) != len(dst) || len(errs) < len(dst) {
		panic(fmt.Sprintf("solver: etdrk: %d states to %d, with %d errors, want %d at most", len(u), len(dst), len(errs), fourier.Lanes))
	}
	s.enter(dst, u, errs)
	for i := range s.Substeps {
		s.substep(i == 0, errs[:len(dst)])
	}
	s.leave(dst, errs)
}

// enter takes the states into the lanes; those that are none are 0 there.
func (s *etdrk) enter(dst, u [][]float64, errs []error) {
	for l := range fourier.Lanes {
		state := s.packing.state(l)
		if l >= len(dst) || dst[l] == nil {
			clear(state)
			continue
		}
		if errs[l] = s.fit(dst[l], u[l]); errs[l] != nil {
			clear(state)
			continue
		}
		copy(state, u[l])
	}
	s.packing.enter()
	for c := range s.u {
		s.packing.load(c)
		s.space.Analyze(s.v[c], s.packing.grid)
	}
}

// fit refuses states of another length.
func (s *etdrk) fit(dst, u []float64) error {
	if want := len(s.packing.state(0)); len(dst) != want || len(u) != want {
		return fmt.Errorf("etdrk: states of %d and %d numbers, want %d", len(dst), len(u), want)
	}
	return nil
}

// substep advances s.v by one step of the method. The first one of a frame
// looks whether the step can be stable.
func (s *etdrk) substep(first bool, errs []error) {
	for c := range s.u {
		copy(s.u[c], s.v[c])
	}
	for i, sums := range s.stages {
		if len(s.nonlinear.outputs) > 0 {
			s.nonlinear.evaluate(s.n[i], first && i == 0)
			if first && i == 0 {
				s.stability.check(errs)
			}
		}
		for c := range sums {
			for _, sum := range sums[c] {
				sum.run(s.v[c])
			}
		}
	}
}

// leave takes the states out of the lanes.
func (s *etdrk) leave(dst [][]float64, errs []error) {
	for c := range s.v {
		s.space.Synthesize(s.packing.grid, s.v[c])
		s.packing.store(c)
	}
	clear(s.peaks)
	kernel.Peak(s.peaks, s.packing.lanes)
	s.packing.leave()
	for l := range dst {
		if dst[l] == nil || errs[l] != nil {
			continue
		}
		state := s.packing.state(l)
		copy(dst[l], state)
		if s.peaks[l] > s.Bound || !kernel.Finite(state) {
			errs[l] = fmt.Errorf("etdrk: blow-up: max|u| = %.3g after a frame, beyond the bound %.3g; a smaller time step may help", largest(state), s.Bound)
		}
	}
}

// largest is max|u|, NaN if a value is.
func largest(u []float64) float64 {
	largest := 0.0
	for _, v := range u {
		largest = max(largest, math.Abs(v))
	}
	return largest
}

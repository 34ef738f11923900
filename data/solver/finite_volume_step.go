package solver

import (
	"fmt"
	"math"

	"eddy/physics"
)

// finiteVolume is a [physics.Stepper] that has all its memory.
type finiteVolume struct {
	FiniteVolume
	law         physics.ConservationLaw
	grid        physics.Grid
	dt          float64
	cells       *cells
	sweeps      []*sweep
	diffusivity []float64
	u, v, rate  []float64 // [N…, C] the state, that of a stage, and L of that
}

func newFiniteVolume(settings FiniteVolume, p physics.Problem, law physics.ConservationLaw, margin int) (*finiteVolume, error) {
	s := &finiteVolume{
		FiniteVolume: settings, law: law, grid: p.Grid, dt: p.Dt,
		cells: newCells(p, margin), diffusivity: law.Diffusivity(p.Grid.Dims()),
		u: make([]float64, p.Size()), v: make([]float64, p.Size()), rate: make([]float64, p.Size()),
	}
	for axis := range p.Grid.Dims() {
		sweep, err := newSweep(s.cells, law, settings.Reconstruction.Value, axis)
		if err != nil {
			return nil, err
		}
		s.sweeps = append(s.sweeps, sweep)
	}
	if n := s.dt * s.diffusion() / s.CFL; n > mostSteps {
		return nil, fmt.Errorf("diffusion over cells so small needs %.2g steps per frame; the solver method_of_lines takes larger ones", n)
	}
	return s, nil
}

// Step advances u by p.Dt.
func (s *finiteVolume) Step(dst, u []float64) error {
	if len(u) != len(s.u) || len(dst) != len(s.u) {
		return fmt.Errorf("finite_volume: states of %d and %d numbers, want %d", len(dst), len(u), len(s.u))
	}
	copy(s.u, u)
	if err := s.frame(); err != nil {
		return fmt.Errorf("finite_volume: %w", err)
	}
	copy(dst, s.u)
	return nil
}

// frame advances s.u, and refuses what is no state then.
func (s *finiteVolume) frame() error {
	left, taken := s.dt, 0
	for left > 0 {
		n, err := s.steps(left, taken)
		if err != nil {
			return err
		}
		dt := left / float64(n)
		if err := s.substep(dt); err != nil {
			return fmt.Errorf("blow-up: %w", err)
		}
		left, taken = left-dt, taken+1
	}
	if _, err := s.speed(); err != nil {
		return fmt.Errorf("blow-up: %w", err)
	}
	largest := 0.0
	for _, v := range s.u {
		largest = max(largest, math.Abs(v)) // NaN if any is
	}
	if !(largest <= s.Bound) {
		return fmt.Errorf("blow-up: max|u| = %.3g after a frame, beyond the bound %.3g", largest, s.Bound)
	}
	return nil
}

// steps is the number of equal steps that the rest of a frame takes, as far as
// the state tells now.
func (s *finiteVolume) steps(left float64, taken int) (int, error) {
	speed, err := s.speed()
	if err != nil {
		return 0, err
	}
	if s.Substeps > 0 {
		n := s.Substeps - taken
		courant := left / float64(n) * speed
		if !(courant <= s.CFL*(1+1e-9)) { // up to rounding
			return 0, fmt.Errorf("unstable: the Courant number of a step is %.3g, want at most %.3g; take more substeps", courant, s.CFL)
		}
		return n, nil
	}
	n := math.Ceil(left * speed / s.CFL)
	if !(float64(taken)+n <= mostSteps) {
		return 0, fmt.Errorf("blow-up: the state moves by %.3g cells per time unit, which needs more than %d steps per frame", speed, mostSteps)
	}
	return max(1, int(n)), nil
}

// speed is the Courant number per time unit, or an error where a cell's state is
// none.
func (s *finiteVolume) speed() (float64, error) {
	channels, dims, fastest := len(s.cells.values), s.grid.Dims(), 0.0
	for i := range s.cells.inner {
		sum := 0.0
		for axis := range dims {
			low, high, err := s.law.Speeds(dims, s.u[i*channels:][:channels], axis)
			if err != nil {
				return 0, fmt.Errorf("cell %d: %w", s.grid.Index(i), err)
			}
			sum += max(-low, high) / s.grid.Spacing(axis)
		}
		fastest = max(fastest, sum)
	}
	return fastest + s.diffusion(), nil
}

// diffusion is the part of the Courant number per time unit that diffusion
// has. The method in time bears 2.51 and the central differences have 16/3, so
// that 5/2 is safe beside waves, too.
func (s *finiteVolume) diffusion() float64 {
	sum := 0.0
	for _, d := range s.diffusivity {
		each := 0.0
		for axis := range s.grid.Points {
			each += 2.5 * d / squared(s.grid.Spacing(axis))
		}
		sum = max(sum, each)
	}
	return sum
}

// substep advances s.u by one step of the method.
func (s *finiteVolume) substep(dt float64) error {
	copy(s.v, s.u)
	for _, start := range ssprk3 {
		if err := s.evaluate(); err != nil {
			return err
		}
		for i, v := range s.v {
			s.v[i] = start*s.u[i] + (1-start)*(v+dt*s.rate[i])
		}
	}
	s.u, s.v = s.v, s.u
	return nil
}

// evaluate computes the rate of change of s.v.
func (s *finiteVolume) evaluate() error {
	s.cells.set(s.v)
	clear(s.rate)
	for _, sweep := range s.sweeps {
		if err := sweep.subtract(s.rate); err != nil {
			return err
		}
	}
	s.diffuse()
	return nil
}

// diffuse adds D Δu to the rate.
func (s *finiteVolume) diffuse() {
	channels := len(s.cells.values)
	for c, d := range s.diffusivity {
		if d == 0 {
			continue
		}
		u := s.cells.values[c]
		for axis, stride := range s.cells.stride {
			scale := d / (12 * squared(s.grid.Spacing(axis)))
			for i, at := range s.cells.inner {
				near, far := u[at-stride]+u[at+stride], u[at-2*stride]+u[at+2*stride]
				s.rate[i*channels+c] += scale * (16*near - far - 30*u[at])
			}
		}
	}
}

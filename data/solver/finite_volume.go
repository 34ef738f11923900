package solver

import (
	"fmt"
	"math"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("finite_volume", func() physics.Solver {
		return &FiniteVolume{
			Reconstruction: configs.Of[Reconstruction]{Kind: "weno5", Value: &WENO5{}},
			CFL:            0.4, Bound: 1e4,
		}
	})
}

// FiniteVolume solves a conservation law u_t + ∇·F(u) = D Δu with its shocks,
// on a periodic grid or a grid of cells. A state holds the means over the
// cells; what leaves one cell enters its neighbour, so the integral of each
// channel is exact to rounding. Fluxes are those of HLL's Riemann solver
// between reconstructed states, diffusion is by central differences of order
// 4, and time by a Runge–Kutta method of order 3, all axes at once.
//
// The Courant number of a step is Δt Σ_a (max|signal_a|/h_a + 5/2 D/h_a²), at
// the cell where it is largest. It is measured before each step: the step is
// chosen so that it is at most CFL, or refused where Substeps fixes it. A state
// that the equation does not know, as a negative density, that is not finite or
// is beyond Bound, is an error.
//
// Where the solution is smooth the error is of the reconstruction's order, 2 or
// 5, and of order 4 where there is diffusion; at a shock all are of order 1.
// Channels are reconstructed one by one, which leaves oscillations of some
// percent behind the strongest shocks, and a reconstructed state that is none
// gives way to the mean of its cell.
//
// Good values: WENO5, CFL 0.4; MUSCL with the limiter van_leer where shocks are
// strong, which is steadier and, on as many cells, two to four times as fast. A
// value at a point differs from the mean over its cell by h²/24 Δu: initial
// states are drawn as values at points, and taken as means.
//
// Ref: LeVeque, Finite Volume Methods for Hyperbolic Problems (2002).
type FiniteVolume struct {
	Reconstruction configs.Of[Reconstruction] `doc:"how the state at the faces of a cell is found from the means over cells"`
	CFL            float64                    `range:"(0,1]" doc:"largest Courant number of a step"`
	Substeps       int                        `range:"[0,100000]" doc:"steps per frame; 0 takes as many as the Courant number needs"`
	Bound          float64                    `range:"(0,inf)" doc:"largest |u| that a frame may have; beyond it the solution has blown up"`
}

// mostSteps is how many steps a frame may have.
const mostSteps = 100_000

var _ physics.Coarsenable = (*FiniteVolume)(nil)

// Stepper returns a solver of p that advances a state by p.Dt.
func (f *FiniteVolume) Stepper(p physics.Problem) (physics.Stepper, error) {
	s, err := f.stepper(p)
	if err != nil {
		return nil, fmt.Errorf("finite_volume: %w", err)
	}
	return s, nil
}

func (f *FiniteVolume) stepper(p physics.Problem) (*finiteVolume, error) {
	law, ok := p.Equation.Value.(physics.ConservationLaw)
	switch {
	case p.Equation.Value == nil:
		return nil, fmt.Errorf("the problem has no equation")
	case !ok:
		return nil, fmt.Errorf("%s is no conservation law", p.Equation.Kind)
	case f.Reconstruction.Value == nil:
		return nil, fmt.Errorf("reconstruction is not given, want muscl or weno5")
	case !(f.CFL > 0):
		return nil, fmt.Errorf("cfl = %v, want a positive number", f.CFL)
	case f.Substeps < 0:
		return nil, fmt.Errorf("substeps = %d, want 0 or more", f.Substeps)
	case !(f.Bound > 0):
		return nil, fmt.Errorf("bound = %v, want a positive number", f.Bound)
	case !(p.Dt > 0) || math.IsInf(p.Dt, 0):
		return nil, fmt.Errorf("dt = %v, want a positive number", p.Dt)
	}
	if err := p.Grid.Check(); err != nil {
		return nil, err
	}
	if p.Channels() == 0 {
		return nil, fmt.Errorf("%s is not defined in %d dimensions", p.Equation.Kind, p.Grid.Dims())
	}
	if b := p.Grid.Boundary; b != physics.Periodic && b != physics.Cells {
		return nil, fmt.Errorf("boundary = %v, want periodic or cells", b)
	}
	if err := p.CheckEnds(); err != nil {
		return nil, err
	}
	margin := beyond(f.Reconstruction.Value, p.Grid.Dims())
	for axis, n := range p.Grid.Points {
		if n < margin {
			return nil, fmt.Errorf("%d points along axis %d, want at least %d", n, axis, margin)
		}
	}
	return newFiniteVolume(*f, p, law, margin)
}

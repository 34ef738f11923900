package solver

import (
	"fmt"
	"math"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("darcy", func() physics.Solver { return &Darcy{Tolerance: 1e-12, Iterations: 10000} })
}

// Darcy solves −∇·(a∇u) = f with u = 0 on all walls by finite volumes: the flux
// through the face between two points a distance h apart is
//
//	a_f (u_i − u_j)/h,  a_f = 2 a_i a_j/(a_i + a_j),
//
// the harmonic mean, which is exact where a jumps at the face. What leaves one
// volume enters the next, so fluxes balance f on any set of volumes. The order
// is two, where a is smooth or jumps at faces. The half-open grid's second wall
// has no a of its own, and takes that of the point before.
//
// The equations are solved by conjugate gradients, preconditioned by a modified
// incomplete Cholesky factorisation: 50 iterations on 65 × 65 points and 130 on
// 257 × 257, where a is 3 or 12. A residual above Tolerance is an error.
//
// Ref: Patankar, Numerical Heat Transfer and Fluid Flow, 1980, §4.2-3: the
// harmonic mean.
type Darcy struct {
	Tolerance  float64 `range:"(0,1)" doc:"norm of the residual, relative to that of f"`
	Iterations int     `range:"[1,1000000]" doc:"most iterations of a solution"`
}

var _ physics.Solver = (*Darcy)(nil)

// String names the solver, for the tables that quote it.
func (d *Darcy) String() string { return fmt.Sprintf("finite volumes to %.0e", d.Tolerance) }

// Stepper returns the map from a [N…, 1] to u [N…, 1].
func (d *Darcy) Stepper(p physics.Problem) (physics.Stepper, error) {
	e, ok := p.Equation.Value.(*physics.Darcy)
	if !ok {
		return nil, fmt.Errorf("darcy: the equation is %q, want darcy", p.Equation.Kind)
	}
	if err := isZero(p.Ends); err != nil {
		return nil, fmt.Errorf("darcy: %w", err)
	}
	volumes, err := newVolumes(p.Grid)
	if err != nil {
		return nil, fmt.Errorf("darcy: %w", err)
	}
	source := make([]float64, volumes.size())
	for i := range source {
		source[i] = e.Source
	}
	u := make([]float64, len(source))
	cg := newConjugateGradients(len(u), d.Tolerance, d.Iterations)
	return physics.StepFunc(func(dst, a []float64) error {
		if want := p.Grid.Size(); len(a) != want || len(dst) != want {
			return fmt.Errorf("darcy: fields of %d and %d numbers, want %d", len(dst), len(a), want)
		}
		for i, v := range a {
			if !(v > 0) || math.IsInf(v, 0) {
				return fmt.Errorf("darcy: a = %g at the point %v, want a positive number", v, p.Grid.Index(i))
			}
		}
		volumes.assemble(a)
		if err := cg.solve(u, &volumes.matrix, source); err != nil {
			return fmt.Errorf("darcy: %w", err)
		}
		volumes.scatter(dst, u)
		return nil
	}), nil
}

// isZero refuses ends that are given and do not hold u at zero.
func isZero(ends []physics.Ends) error {
	for axis, e := range ends {
		for _, end := range []configs.Of[physics.Condition]{e.Low, e.High} {
			d, ok := end.Value.(*physics.Dirichlet)
			if !ok || len(d.Value) != 1 || d.Value[0] != 0 {
				return fmt.Errorf("ends of axis %d: want dirichlet with the value 0", axis)
			}
		}
	}
	return nil
}

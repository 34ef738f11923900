// Package solver holds the solvers, which make a stepper of a problem. There are
// four methods: read etdrk.go first, then finite_volume.go, method_of_lines.go
// and darcy.go, which hold their settings. How they read an equation is in
// nonlinear.go, where states are Fourier series, and pointwise.go, where they
// are values.
//
// To add a solver, see etdrk.go.
package solver

import (
	"fmt"
	"math"

	"eddy/configs"
	"eddy/data/fourier"
	"eddy/physics"
)

func init() {
	configs.Register("etdrk", func() physics.Solver { return &ETDRK{Order: 2, Substeps: 1, Bound: 1e4} })
}

// ETDRK solves u_t = L u + N(u) on a periodic box by a Fourier spectral method
// in space and exponential time differencing in time: L is integrated exactly,
// N by a Runge–Kutta method of some order. L may couple the channels, as in
// wave equations; it is then the exponential of a matrix for each wave. Products
// are dealiased by the two-thirds rule, which keeps the waves with
// |k| ≤ ⅔⌊n/2⌋ − 1 along an axis of n points, in waves per box (52 of 160
// points): of both factors and of the product, so that a cubic term is two
// products, each of them truncated.
//
// It advances eight trajectories at once, in the lanes of vectors, at the cost of
// one.
//
// Good values: Order 2 to make training data, Order 4 where the solution is
// the truth that others are judged by. Order 0 is L alone, exact for the
// equations that have no N, and refused for the others. As N is explicit it
// limits Δt; a step that cannot be stable, or whose result is not finite or
// beyond Bound, is an error.
//
// Ref: Cox & Matthews, J. Comput. Phys. 176 (2002) 430; Kassam & Trefethen,
// SIAM J. Sci. Comput. 26 (2005) 1214.
type ETDRK struct {
	Order    int     `range:"[0,4]" doc:"order of the method in time"`
	Substeps int     `range:"[1,100000]" doc:"steps of the method per frame"`
	Bound    float64 `range:"(0,inf)" doc:"largest |u| that a frame may have; beyond it the solution has blown up"`
}

var _ physics.Solver = (*ETDRK)(nil)

// Stepper returns a solver of p that advances a state by p.Dt.
func (e *ETDRK) Stepper(p physics.Problem) (physics.Stepper, error) {
	s, err := e.stepper(p)
	if err != nil {
		return nil, fmt.Errorf("etdrk: %w", err)
	}
	return s, nil
}

func (e *ETDRK) stepper(p physics.Problem) (*etdrk, error) {
	equation, ok := p.Equation.Value.(physics.Evolution)
	switch {
	case p.Equation.Value == nil:
		return nil, fmt.Errorf("the problem has no equation")
	case !ok:
		return nil, fmt.Errorf("%s has no time", p.Equation.Kind)
	case e.Order < 0 || e.Order >= len(tableaus):
		return nil, fmt.Errorf("order = %d, want 0 to %d", e.Order, len(tableaus)-1)
	case e.Substeps < 1:
		return nil, fmt.Errorf("substeps = %d, want 1 or more", e.Substeps)
	case !(e.Bound > 0):
		return nil, fmt.Errorf("bound = %v, want a positive number", e.Bound)
	case !(p.Dt > 0) || math.IsInf(p.Dt, 0):
		return nil, fmt.Errorf("dt = %v, want a positive number", p.Dt)
	}
	space, err := fourier.NewSeries(p.Grid)
	if err != nil {
		return nil, err
	}
	channels := p.Channels()
	if channels == 0 {
		return nil, fmt.Errorf("%s is not defined in %d dimensions", p.Equation.Kind, p.Grid.Dims())
	}
	n, err := newNonlinear(space, channels, equation.Nonlinear)
	if err != nil {
		return nil, err
	}
	if e.Order == 0 && len(n.outputs) > 0 {
		return nil, fmt.Errorf("order = 0, want 1 to 4: %s has nonlinear terms", p.Equation.Kind)
	}
	return newETDRK(*e, p.Dt/float64(e.Substeps), space, n, equation.Linear(p.Grid.Dims()))
}

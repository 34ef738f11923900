package solver

import (
	"fmt"
	"math"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("method_of_lines", func() physics.Solver {
		return &MethodOfLines{
			Order:      2,
			Integrator: configs.Of[Integrator]{Kind: "rkc2", Value: &RKC2{Stages: 200}},
			Substeps:   1, Bound: 1e4,
		}
	})
}

// MethodOfLines solves u_t = L u + N(u) on grid values: central differences in
// space, then a Runge–Kutta method in time. It is for diffusion and reactions
// between walls, on grids with points on the walls, on grids of cells, and on
// periodic ones. Beyond an end the state goes on as the condition there says;
// a point on a wall has the value that is imposed, from the first frame after
// the initial state on.
//
// Order is that of the differences where the solution goes on smoothly beyond
// the ends: always with 2, with 4 where an even or odd image does, as for
// diffusion with fixed values or no slope. Elsewhere 4 is 2 near the ends.
//
// Good values: Order 2, RKC2, Substeps so many that halving them changes
// nothing. A step that cannot be stable, or whose result is not finite or
// beyond Bound, is an error. Shocks and steep fronts need spacings below their
// width, about ν/|u|, or finite_volume.
//
// Ref: Hundsdorfer & Verwer, Numerical Solution of Time-Dependent
// Advection-Diffusion-Reaction Equations, 2003, chapters I and V.
type MethodOfLines struct {
	Order      int                    `range:"[2,4]" doc:"order of the differences, 2 or 4"`
	Integrator configs.Of[Integrator] `doc:"the method in time"`
	Substeps   int                    `range:"[1,1000000]" doc:"steps per frame"`
	Bound      float64                `range:"(0,inf)" doc:"largest |u| that a frame may have; beyond it the solution has blown up"`
}

var (
	_ physics.Coarsenable = (*MethodOfLines)(nil)
	_ physics.Refinable   = (*MethodOfLines)(nil)
)

// Check reports an order that there is not.
func (m *MethodOfLines) Check() error {
	switch {
	case m.Order != 2 && m.Order != 4:
		return configs.At("order", "order = %d, want 2 or 4", m.Order)
	case m.Integrator.Value == nil:
		return configs.At("integrator", "integrator is not given, want one of %v", configs.Kinds[Integrator]())
	case m.Substeps < 1:
		return configs.At("substeps", "substeps = %d, want 1 or more", m.Substeps)
	case !(m.Bound > 0):
		return configs.At("bound", "bound = %v, want a positive number", m.Bound)
	}
	return nil
}

// String names the method and its step, for the tables that quote it.
func (m *MethodOfLines) String() string {
	return fmt.Sprintf("differences of order %d + %s × %d", m.Order, m.Integrator.Kind, m.Substeps)
}

// Coarse returns the solvers with the same method and larger steps, the
// cheapest last.
func (m *MethodOfLines) Coarse() []physics.Solver {
	var all []physics.Solver
	for n := m.Substeps; n >= 1; n /= 2 {
		c := *m
		c.Substeps = n
		all = append(all, &c)
	}
	return all
}

// Fine returns the solver with steps of half the length.
func (m *MethodOfLines) Fine() physics.Solver {
	f := *m
	f.Substeps *= 2
	return &f
}

// Stepper returns a solver of p that advances a state by p.Dt.
func (m *MethodOfLines) Stepper(p physics.Problem) (physics.Stepper, error) {
	s, err := m.stepper(p)
	if err != nil {
		return nil, fmt.Errorf("method_of_lines: %w", err)
	}
	return s, nil
}

func (m *MethodOfLines) stepper(p physics.Problem) (*methodOfLines, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	equation, ok := p.Equation.Value.(physics.Evolution)
	switch {
	case p.Equation.Value == nil:
		return nil, fmt.Errorf("the problem has no equation")
	case !ok:
		return nil, fmt.Errorf("%s has no time", p.Equation.Kind)
	case !(p.Dt > 0) || math.IsInf(p.Dt, 0):
		return nil, fmt.Errorf("dt = %v, want a positive number", p.Dt)
	}
	if err := p.Grid.Check(); err != nil {
		return nil, err
	}
	if p.Channels() == 0 {
		return nil, fmt.Errorf("%s is not defined in %d dimensions", p.Equation.Kind, p.Grid.Dims())
	}
	if p.Grid.Boundary == physics.HalfOpen {
		return nil, fmt.Errorf("boundary = %v, want walls, cells or periodic", p.Grid.Boundary)
	}
	if err := p.CheckEnds(); err != nil {
		return nil, err
	}
	d, err := newDifferences(p, equation, m.Order)
	if err != nil {
		return nil, err
	}
	return newMethodOfLines(*m, p, d), nil
}

package solver

import (
	"fmt"

	"eddy/physics"
)

// String names the method and its step, for the tables that quote it.
func (f *FiniteVolume) String() string {
	steps := fmt.Sprintf("CFL %g", f.CFL)
	if f.Substeps > 0 {
		steps = fmt.Sprintf("× %d", f.Substeps)
	}
	return fmt.Sprintf("%v + SSP-RK3, %s", f.Reconstruction.Value, steps)
}

// Coarse returns the solvers with the same method and larger steps, the
// cheapest last.
func (f *FiniteVolume) Coarse() []physics.Solver {
	var all []physics.Solver
	for c := *f; c.CFL <= 1; {
		coarse := c
		all = append(all, &coarse)
		switch {
		case c.Substeps == 0:
			c.CFL *= 2
		case c.Substeps > 1:
			c.Substeps /= 2
		default:
			return all
		}
	}
	return all
}

// Fine returns the solver with steps of half the length.
func (f *FiniteVolume) Fine() physics.Solver {
	fine := *f
	if fine.Substeps *= 2; f.Substeps == 0 {
		fine.CFL /= 2
	}
	return &fine
}

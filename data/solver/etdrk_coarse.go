package solver

import (
	"fmt"

	"eddy/physics"
)

// String names the method and its step, for the tables that quote it.
func (e *ETDRK) String() string { return fmt.Sprintf("ETDRK%d × %d", e.Order, e.Substeps) }

// Coarse returns the solvers with the same method and larger steps, the
// cheapest last.
func (e *ETDRK) Coarse() []physics.Solver {
	var all []physics.Solver
	for n := e.Substeps; n >= 1; n /= 2 {
		c := *e
		c.Substeps = n
		all = append(all, &c)
	}
	return all
}

// Fine returns the solver with steps of half the length.
func (e *ETDRK) Fine() physics.Solver {
	f := *e
	f.Substeps *= 2
	return &f
}

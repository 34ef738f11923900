package train

import (
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// Optimizer moves parameters against their gradients.
type Optimizer interface {
	// Init takes the parameters that Step moves.
	Init(params []*graph.Param)

	// Step moves the parameters once.
	Step(u Update) error

	// State returns all that Step depends on beside its arguments, by name. The
	// arrays are live: writing them restores the optimizer.
	State() map[string]graph.Array
}

// Update is what an optimizer is told for a step.
type Update struct {
	Step  int // counted from 1
	Rate  float64
	Loss  float64
	Grads []graph.Array // of the parameters, in their order

	// Evaluate computes loss and gradients anew, for the same numbers and where
	// the parameters have been moved to.
	Evaluate func() (loss float64, err error)

	Pool *kernel.Pool
}

// Searching is an optimizer with steps that seek how far to go. In these it is
// given gradients as they are, not clipped, and must leave loss and gradients
// evaluated where it ends.
type Searching interface {
	Optimizer

	// Searches tells whether a step does.
	Searches(step int) bool

	// Keeps tells whether a step learns from the same numbers as the one before.
	Keeps(step int) bool
}

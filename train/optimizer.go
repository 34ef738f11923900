package train

import (
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// Optimizer moves parameters against their gradients.
type Optimizer interface {
	// Init takes the parameters that Step moves.
	Init(params []*graph.Param)

	// Step moves the parameters once; steps count from 1.
	Step(step int, rate float64, grads []graph.Array, pool *kernel.Pool)

	// State returns all that Step depends on beside its arguments, by name. The
	// arrays are live: writing them restores the optimizer.
	State() map[string]graph.Array
}

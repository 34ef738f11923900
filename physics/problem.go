package physics

import (
	"math/rand/v2"

	"eddy/configs"
)

// Solver is a numerical method. Kinds of it are registered by package solver.
type Solver interface {
	// Stepper returns a solver of p that advances a state by p.Dt, or that maps
	// what an elliptic equation takes as given, [N…, Inputs], to its solution. It
	// refuses a problem that the method cannot solve, or not stably.
	Stepper(p Problem) (Stepper, error)
}

// Initial is a distribution of initial states. Kinds of it are registered by
// package initial.
type Initial interface {
	// Draw fills u [N…, C] with a state on g; equal generators give equal
	// states on grids of any resolution, up to sampling.
	Draw(u []float64, g Grid, rng *rand.Rand) error
}

// Problem is a system to be forecast: what is known of its physics, the grid
// it is seen on, and how its reference solution is computed. Where the
// equation is absent, only data say what happens, and all that needs the
// physics (solvers, residuals, the coarse-solver baseline) is refused.
type Problem struct {
	Equation configs.Of[Equation] `doc:"the partial differential equation"`
	Grid     Grid                 `doc:"where the state is sampled"`
	Ends     []Ends               `doc:"what holds at the ends of each axis of a grid that is not periodic"`
	Dt       float64              `range:"(0,inf)" doc:"time between two frames, in the equation's time units"`
	Solver   configs.Of[Solver]   `doc:"how the reference solution is computed"`
	Initial  configs.Of[Initial]  `doc:"the distribution of initial states"`
	Warmup   int                  `range:"[0,1000000]" doc:"frames computed and dropped before a trajectory begins"`

	Parameters []Parameter        `doc:"numbers of the equation that are drawn anew for every trajectory"`
	Design     configs.Of[Design] `doc:"how the values of parameters are spread over the trajectories; independent if not given"`

	Symmetries []configs.Of[Symmetry] `doc:"transformations that map solutions to solutions; training draws from them"`
}

// Check reports parameters that are none of the equation.
func (p Problem) Check() error { return p.checkParameters() }

// Channels is the number of fields in the equation's state, 0 without one.
func (p Problem) Channels() int {
	if p.Equation.Value == nil {
		return 0
	}
	return p.Equation.Value.Channels(p.Grid.Dims())
}

// Inputs is the number of fields that a solution is computed from: the state
// before, or what an elliptic equation takes as given.
func (p Problem) Inputs() int {
	if e, ok := p.Equation.Value.(Elliptic); ok {
		return e.Inputs(p.Grid.Dims())
	}
	return p.Channels()
}

// Size is the length of a state.
func (p Problem) Size() int { return p.Channels() * p.Grid.Size() }

// Coarsenable is a solver that has cheaper versions of itself.
type Coarsenable interface {
	Solver

	// Coarse lists the solver and its versions with larger steps in time.
	Coarse() []Solver
}

// Refinable is a solver whose steps in time can be made shorter.
type Refinable interface {
	Solver

	// Fine returns the solver with steps of half the length.
	Fine() Solver
}

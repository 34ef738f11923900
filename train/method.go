// Package train fits a model to a problem. A training method, the [Trainer]
// that runs any of them, the optimizers, the checkpoints and the run folder
// are here. It is the one package that knows data, models and rollout, which
// do not know each other.
//
// To add a method, copy supervised.go.
package train

import (
	"math/rand/v2"

	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
	"eddy/rollout"
)

// Method is how a model is trained and how the trained model forecasts. It has
// a numeric half, Draw, and a symbolic half, Loss.
type Method interface {
	// Window is the number of consecutive frames that a training sample needs.
	Window() int

	// Init checks that the method fits the task, and says what it asks of a
	// model.
	Init(t Task) (models.Spec, error)

	// Draw turns a batch into the numbers of one training step.
	Draw(b data.Batch, rng *rand.Rand) (graph.Feeds, error)

	// Loss returns the scalar loss of m over in, which hold Draw's numbers.
	Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node

	// Predictor returns the forecast of a model that was trained so.
	Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error)
}

// Bound is a method that runs the model while it draws, for instance on the
// model's own forecasts. It is given the model once it has its parameters.
type Bound interface {
	Method
	Bind(m models.Model, on graph.Machine) error
}

// Keeping is a method that learns from the same numbers for several steps.
type Keeping interface {
	Method

	// Keeps tells whether a step learns from the same numbers as the one before.
	Keeps(step int) bool
}

// Remembering is a method whose forecasts need states before the one that they
// start from: so many as Past says.
type Remembering interface {
	Method
	Past() int
}

// Named is a method whose loss has terms of its own, in place of those of the
// configuration. It readies the balance for them.
type Named interface {
	Method

	// Terms lists what Loss reports, in order.
	Terms() []string
}

// Finding is a method that finds numbers beside a model.
type Finding interface {
	Method
	Found() []Number
}

// Number is one that has a name.
type Number struct {
	Name  string
	Value float64
}

// Task is what a method works on.
type Task struct {
	Problem physics.Problem
	Layout  data.Layout
	Losses  Losses
	Balance Balance       // of the terms; a method that is [Named] readies it
	Frames  int           // of the forecasts by which the model will be judged
	Seed    uint64        // of what forecasts draw
	Params  *graph.Params // takes what a method learns beside the model
}

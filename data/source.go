// Package data brings training data to the trainer: from solvers that run
// beside the training ([Online]) or from files ([File]). Read [Source] first,
// then file.go, which is the one to copy to add a source.
//
// What it is made of has packages of its own: solver and initial hold the
// solvers and the distributions of initial states, fourier the series that both
// use, npy the files.
package data

import (
	"context"

	_ "eddy/data/initial" // an experiment names distributions and solvers by their kinds
	_ "eddy/data/solver"
	"eddy/physics"
)

// Source is where training data come from. What it yields is a pure function
// of its settings and of the request, never of timing.
type Source interface {
	// Describe says what the samples look like. It checks the source against
	// the problem, and is called before anything else.
	Describe(r Request) (Layout, error)

	// Open starts an endless stream of batches. It ends when ctx does, or with
	// Close.
	Open(ctx context.Context, r Request) (Stream, error)

	// Trials returns n trajectories of frames+1 frames each that training never
	// sees; those of one split never occur in the other. A source that has fewer
	// returns those, also for n = 0, and none where none are held back.
	Trials(ctx context.Context, r Request, s Split, n, frames int) ([]Trajectory, error)
}

// Request is what a trainer asks of a source.
type Request struct {
	Problem physics.Problem
	Window  int    // consecutive frames that a sample has, ≥ 1
	Batch   int    // samples in a batch
	Seed    uint64 // of everything random in the source
	Workers int    // goroutines that may compute at the same time
}

// Layout says what a sample looks like: frames [N…, C] on a grid. Frame 0
// has In channels, the later ones have Out. They are the same physical fields
// where the samples are trajectories.
type Layout struct {
	Grid    physics.Grid
	In, Out []Channel
	Stepped bool // later frames continue the first one in time

	Changes    []Channel // [Out] of the changes from a frame to the next, where there are any
	Parameters []Channel // numbers that each trajectory has its own of
	Fields     []Channel // fields that each trajectory has its own of and that stay, such as a mask or a force
	Instance   *Instance // the solution that is sought, where there are no samples
}

// Channel is one field of a frame, or a parameter, with the statistics by which
// networks normalise it: over the training data, or those of the law by which a
// parameter is drawn.
type Channel struct {
	Name      string
	Mean, Std float64
}

// Split is a part of the data that is held back from training.
type Split int

const (
	Validation Split = iota // chooses checkpoints
	Test                    // is reported
)

// Trajectory is a sequence of states at equal distances in time.
type Trajectory struct {
	Index      uint64
	Frames     [][]float64 // [T][N…·C]
	Parameters []float64   // values of the layout's parameters
	Fields     []float64   // [N…·F] the layout's fields
}

// Number is the index within the trajectory's stream, from 0 on.
func (t Trajectory) Number() uint64 { return t.Index % firstValidation }

// Batch is what one training step learns from. It is valid until the next.
type Batch struct {
	Size       int
	Frames     [][]float64 // [Window][B·N…·C]
	Parameters []float64   // [B·P] values of the layout's parameters
	Fields     []float64   // [B·N…·F] the layout's fields
}

// Stream yields batches.
type Stream interface {
	// Next returns the batch of a training step. Steps count from 1 and are asked
	// for in order. Cancelling the context of Open interrupts a Next that waits;
	// the snapshot is then still that of the step before.
	Next(step int) (Batch, error)

	// Snapshot returns all that Next depends on beside the step, Restore puts
	// a stream of the same settings there.
	Snapshot() (Snapshot, error)
	Restore(Snapshot) error

	// Close stops the stream and reports what it did.
	Close() (Report, error)
}

// Snapshot is the state of a stream, as named arrays that a checkpoint keeps.
type Snapshot struct {
	Ints   map[string][]int64
	Floats map[string][]float64
}

// Report counts what happened in a stream. Samples are windows.
type Report struct {
	Produced  int     // samples that entered the stream
	Used      int     // different samples that were drawn at least once
	Draws     int     // samples drawn, repetitions included
	Deferred  int     // waits of a sample, one per step, for room in the buffer
	Rejected  int     // samples refused: not finite, or beyond the bound
	Failed    int     // simulations that ended with an error
	Occupancy float64 // mean share of the buffer in use
	Starved   float64 // seconds the trainer waited for samples
	Blocked   float64 // seconds the solvers waited for room, summed over workers
}

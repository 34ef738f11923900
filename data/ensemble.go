package data

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"eddy/configs"
	"eddy/data/npy"
	"eddy/physics"
)

func init() {
	configs.Register[Source]("ensemble", func() Source { return &Ensemble{Trajectories: 1000, Length: 2, Bound: 1e6} })
}

// Ensemble trains on a number of trajectories that are computed before the
// training and kept in memory, as [File] does on those of a file: their samples
// are drawn in a random order, a new one for each epoch, every sample once per
// epoch. It is for experiments that state how much a model has seen; where
// solvers can keep up with the training, [Online] teaches more.
//
// The trajectories are the first ones of the [Online] of the same seed; those
// for validation and test are the same as its, and no part of Trajectories. One
// that the solver cannot compute, or that blows up, is left out, and the next
// takes its place.
//
// Where the equation is elliptic, a trajectory is what is given and its
// solution: two frames, whatever Length says, and one sample.
type Ensemble struct {
	Trajectories int     `range:"[1,10000000]" doc:"trajectories to learn from"`
	Length       int     `range:"[1,1000000]" doc:"frames of a trajectory"`
	Bound        float64 `range:"(0,inf)" doc:"largest |u| that is believed, in units of the state; a trajectory beyond has blown up"`

	computing sync.Mutex
	seed      uint64
	computed  []Trajectory // of the seed; nil before
}

var _ Source = (*Ensemble)(nil)

// solvers computes the trajectories.
func (e *Ensemble) solvers(r Request) *Online {
	policy := configs.Of[Policy]{Kind: "reservoir", Value: &Reservoir{}}
	return &Online{Length: e.Length, Buffer: max(1, r.Batch), Policy: policy, Reuse: 1, Bound: e.Bound}
}

// training returns the trajectories to learn from.
func (e *Ensemble) training(ctx context.Context, r Request) ([]Trajectory, error) {
	solvers := e.solvers(r)
	if err := solvers.accept(r); err != nil {
		return nil, fmt.Errorf("ensemble: %w", err)
	}
	e.computing.Lock()
	defer e.computing.Unlock()
	if e.computed == nil || e.seed != r.Seed {
		all, err := solvers.compute(ctx, r, firstTraining, e.Trajectories, solvers.length(r))
		if err != nil {
			return nil, fmt.Errorf("ensemble: %w", err)
		}
		e.computed, e.seed = all, r.Seed
	}
	return e.computed, nil
}

// Describe computes the trajectories, for the statistics of the channels.
func (e *Ensemble) Describe(r Request) (Layout, error) {
	all, err := e.training(context.Background(), r)
	if err != nil {
		return Layout{}, err
	}
	return describe(r.Problem, all), nil
}

// Open starts a stream of batches.
func (e *Ensemble) Open(ctx context.Context, r Request) (Stream, error) {
	all, err := e.training(ctx, r)
	if err != nil {
		return nil, err
	}
	learn := make([]int, len(all))
	for i := range learn {
		learn[i] = i
	}
	return newFileStream(ctx, r, inMemoryDataset(r.Problem, all), learn), nil
}

// Trials computes trajectories that are no part of the ensemble.
func (e *Ensemble) Trials(ctx context.Context, r Request, s Split, n, frames int) ([]Trajectory, error) {
	return e.solvers(r).Trials(ctx, r, s, n, frames)
}

// inMemoryDataset is trajectories of a problem as a dataset.
func inMemoryDataset(p physics.Problem, all []Trajectory) *dataset {
	d := &dataset{count: len(all), frames: len(all[0].Frames)}
	add := func(from, to, channels int) {
		var b []byte
		for _, t := range all {
			b = append(b, bits(slices.Concat(t.Frames[from:to]...))...)
		}
		a := npy.Float64s("ensemble", b, len(all), to-from, p.Grid.Size(), channels)
		d.parts = append(d.parts, part{Array: a, frames: to - from, channels: channels, size: p.Grid.Size() * channels})
	}
	if isSteady(p) {
		add(0, 1, p.Inputs())
		add(1, 2, p.Channels())
	} else {
		add(0, d.frames, p.Channels())
	}
	if n := len(p.Parameters); n > 0 {
		var b []byte
		for _, t := range all {
			b = append(b, bits(t.Parameters)...)
		}
		d.parameters = npy.Float64s("ensemble", b, len(all), n)
	}
	return d
}

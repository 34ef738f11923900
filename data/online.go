package data

import (
	"context"
	"errors"
	"fmt"
	"math"

	"eddy/configs"
)

func init() {
	configs.Register[Source]("online", func() Source {
		return &Online{
			Length:    64,
			Buffer:    4096,
			Policy:    configs.Of[Policy]{Kind: "reservoir", Value: &Reservoir{}},
			Reuse:     1,
			Threshold: 0.25,
			Queue:     32,
			Bound:     1e6,
		}
	})
}

// Online trains on trajectories while they are computed. An ensemble of solvers
// runs ahead of the trainer, each trajectory is cut into all its windows, and
// they enter a buffer from which batches are drawn. No trajectory is stored
// longer than its samples stay in the buffer, so training sees new data all the
// time, in bounded memory and without a file.
//
// Which sample enters at which step, and which are drawn, is a pure function of
// the settings, the seed and the step: trajectories enter in the order of their
// indices, their windows in the order of time (stride 1), at the rate of one
// sample per Reuse draws. Solvers that are too slow make the trainer wait, and
// a trainer that is too slow the solvers, but neither changes a number.
//
// A trajectory that the solver cannot compute, or that blows up, never enters;
// it is counted, and the next index takes its place. A hundred in a row end the
// stream with an error.
//
// Where the equation is elliptic, a trajectory is what is given and its
// solution: two frames, whatever Length says, and one sample. Training without
// true values asks for less: with Length 1 nothing is solved but the held-back
// trajectories, and of an elliptic equation those that tell the channels'
// statistics.
//
// Good values: Buffer of 50 trajectories or more; Reuse 1 where a solver step
// is cheaper than a training step, up to 10 where it is dear.
//
// Ref: Meyer et al., "Training deep surrogate models with large scale online
// learning", ICML 2023, arXiv:2306.16133.
type Online struct {
	Length    int                `range:"[1,1000000]" doc:"frames of a training trajectory"`
	Buffer    int                `range:"[1,100000000]" doc:"samples that the buffer holds; a sample is a window of a trajectory"`
	Policy    configs.Of[Policy] `doc:"which samples stay in the buffer and which are drawn"`
	Reuse     float64            `range:"[1,1000000]" doc:"mean number of times that a sample is drawn"`
	Threshold float64            `range:"[0,1]" doc:"share of the buffer that is filled before the first batch; one batch at least"`
	Queue     int                `range:"[1,10000]" doc:"trajectories computed ahead; solvers compute up to eight together, so 16 per worker keep them busy"`
	Bound     float64            `range:"(0,inf)" doc:"largest |u| that is believed, in units of the state; a trajectory beyond has blown up"`
}

// Check reports settings that contradict each other.
func (o *Online) Check() error {
	if o.Policy.Value == nil {
		return configs.At("policy", "policy is not given, want fifo, firo or reservoir")
	}
	if o.Policy.Value.Once() && o.Reuse != 1 {
		return configs.At("reuse", "reuse = %g, but the policy %s draws each sample once, want 1", o.Reuse, o.Policy.Kind)
	}
	return nil
}

// described is the number of trajectories that channel statistics are taken of.
const described = 8

// Describe computes the first training trajectories for the statistics of the
// channels.
func (o *Online) Describe(r Request) (Layout, error) {
	if err := o.accept(r); err != nil {
		return Layout{}, err
	}
	frames := o.length(r)
	if isSteady(r.Problem) {
		frames = 2
	}
	first, err := o.compute(context.Background(), r, firstTraining, described, frames)
	if err != nil {
		return Layout{}, fmt.Errorf("online: %w", err)
	}
	return describe(r.Problem, first), nil
}

// length is the number of frames of a training trajectory.
func (o *Online) length(r Request) int {
	if isSteady(r.Problem) {
		return r.Window
	}
	return o.Length
}

// accept checks a request against the settings.
func (o *Online) accept(r Request) error {
	p := r.Problem
	switch {
	case p.Equation.Value == nil || p.Solver.Value == nil || p.Initial.Value == nil:
		return errors.New("online: the problem needs an equation, a solver and a distribution of initial states")
	case r.Window < 1 || r.Batch < 1:
		return fmt.Errorf("online: window = %d, batch = %d, want 1 or more", r.Window, r.Batch)
	case isSteady(p) && r.Window > 2:
		return fmt.Errorf("online: %s has samples of what is given and its solution, but the method needs windows of %d frames", p.Equation.Kind, r.Window)
	case isSteady(p) && p.Warmup > 0:
		return fmt.Errorf("online: warmup = %d, want 0: %s has no time", p.Warmup, p.Equation.Kind)
	case o.length(r) < r.Window:
		return fmt.Errorf("online: length = %d frames, but the method needs windows of %d", o.Length, r.Window)
	case o.Buffer < r.Batch:
		return fmt.Errorf("online: buffer = %d samples, but a batch has %d", o.Buffer, r.Batch)
	}
	return o.Check()
}

// Trials computes trajectories of their own index range, the first n that do
// not fail. A gap in the indices is a trajectory that did.
func (o *Online) Trials(ctx context.Context, r Request, s Split, n, frames int) ([]Trajectory, error) {
	if err := o.accept(r); err != nil {
		return nil, err
	}
	if n < 1 || frames < 0 {
		return nil, fmt.Errorf("online: %d trials of %d frames, want 1 or more", n, frames)
	}
	if isSteady(r.Problem) && frames > 1 {
		return nil, fmt.Errorf("online: %d frames, want 1: %s has no time", frames, r.Problem.Equation.Kind)
	}
	first := firstValidation
	if s == Test {
		first = firstTest
	}
	trials, err := o.compute(ctx, r, first, n, frames+1)
	if err != nil {
		return nil, fmt.Errorf("online: trials: %w", err)
	}
	return trials, nil
}

// compute returns the first n good trajectories from an index on.
func (o *Online) compute(ctx context.Context, r Request, first uint64, n, frames int) ([]Trajectory, error) {
	return simulation{r.Problem, r.Seed, o.Bound, frames}.compute(ctx, first, n, r.Workers)
}

// Open starts the solvers.
func (o *Online) Open(ctx context.Context, r Request) (Stream, error) {
	if err := o.accept(r); err != nil {
		return nil, err
	}
	s := &onlineStream{
		request: r,
		policy:  o.Policy.Value,
		reuse:   o.Reuse,
		fill:    max(r.Batch, int(math.Ceil(o.Threshold*float64(o.Buffer)))),
		windows: o.length(r) - r.Window + 1,
		buffer:  Buffer{Capacity: o.Buffer},
		batch: Batch{
			Size: r.Batch, Frames: make([][]float64, r.Window),
			Parameters: make([]float64, r.Batch*len(r.Problem.Parameters)),
		},
	}
	for t := range s.batch.Frames {
		s.batch.Frames[t] = make([]float64, r.Batch*s.size(t))
	}
	s.start = func(first uint64) (err error) {
		sim := simulation{r.Problem, r.Seed, o.Bound, o.length(r)}
		s.queue, err = newQueue(ctx, sim, first, r.Workers, o.Queue)
		return err
	}
	if err := s.start(firstTraining); err != nil {
		return nil, fmt.Errorf("online: %w", err)
	}
	return s, nil
}

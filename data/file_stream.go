package data

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// fileStream draws the windows of a dataset's trajectories in a random order.
// Sample i of step k ≥ 1 is number (k−1)·Batch + i of the endless sequence of
// epochs, so a batch is a pure function of the seed and the step.
type fileStream struct {
	ctx     context.Context
	request Request
	data    *dataset
	learn   []int // the trajectories to learn from
	windows int   // samples of a trajectory
	order   []int // the samples in the order of the epoch
	epoch   int
	steps   int // that the stream has done
	starved time.Duration
	batch   Batch
}

// Next implements Stream.
func (s *fileStream) Next(step int) (Batch, error) {
	if err := s.ctx.Err(); err != nil {
		return Batch{}, err
	}
	if step < 1 {
		return Batch{}, fmt.Errorf("file: step = %d, want 1 or more", step)
	}
	start := time.Now()
	size := s.request.Batch
	for b := range size {
		if err := s.read(b, s.sample((step-1)*size+b)); err != nil {
			return Batch{}, fmt.Errorf("file: step %d: %w", step, err)
		}
	}
	s.steps = step
	s.starved += time.Since(start)
	return s.batch, nil
}

// sample returns the sample at a position in the sequence of epochs.
func (s *fileStream) sample(position int) int {
	n := len(s.learn) * s.windows
	if epoch := position / n; s.order == nil || epoch != s.epoch {
		s.epoch = epoch
		s.order = rand.New(rand.NewPCG(s.request.Seed, firstDraw+uint64(epoch))).Perm(n)
	}
	return s.order[position%n]
}

// read puts a sample into place b of the batch.
func (s *fileStream) read(b, sample int) error {
	trajectory, first := s.learn[sample/s.windows], sample%s.windows
	for t, frames := range s.batch.Frames {
		size := len(frames) / s.request.Batch
		if err := s.data.read(frames[b*size:(b+1)*size], trajectory, first+t); err != nil {
			return err
		}
	}
	p, n := s.data.width(), s.data.fields.size
	return errors.Join(
		s.data.readParameters(s.batch.Parameters[b*p:(b+1)*p], trajectory),
		s.data.readFields(s.batch.Fields[b*n:(b+1)*n], trajectory),
	)
}

// Snapshot implements Stream. A batch depends on the step alone; the number of
// samples is kept to notice another file, that of steps for the report.
func (s *fileStream) Snapshot() (Snapshot, error) {
	return Snapshot{Ints: map[string][]int64{"samples": ints(len(s.learn) * s.windows), "steps": ints(s.steps)}}, nil
}

// Restore implements Stream.
func (s *fileStream) Restore(snapshot Snapshot) error {
	n, steps := snapshot.Ints["samples"], snapshot.Ints["steps"]
	if len(steps) != 1 {
		return errors.New("file: this is not a snapshot of a file's stream")
	}
	if len(n) != 1 || int(n[0]) != len(s.learn)*s.windows {
		return fmt.Errorf("file: the snapshot is of a stream of %v samples, this one has %d", n, len(s.learn)*s.windows)
	}
	s.steps = int(steps[0])
	return nil
}

// Close implements Stream. The time starved is what reading took.
func (s *fileStream) Close() (Report, error) {
	n, draws := len(s.learn)*s.windows, s.steps*s.request.Batch
	return Report{
		Produced:  n,
		Used:      min(n, draws),
		Draws:     draws,
		Occupancy: 1,
		Starved:   s.starved.Seconds(),
	}, nil
}

package data

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// onlineStream draws batches from a buffer that a queue of trajectories feeds.
//
// Next fetches all the trajectories that a step needs before it changes
// anything, so that a step which is interrupted leaves no trace: a snapshot
// taken afterwards is that of the step before.
type onlineStream struct {
	request Request
	policy  Policy
	reuse   float64
	fill    int // samples that enter before the first batch
	windows int // samples of a trajectory

	start    func(first uint64) error // opens the queue at a trajectory
	queue    *queue
	arrivals []arrival // fetched, not yet entered; windows of the first may have
	lost     arrival   // simulations given up when the stream failed
	err      error     // why the stream failed
	batch    Batch

	buffer   Buffer
	next     uint64 // the trajectory that enters next, or is entering
	position int    // windows of it that have entered
	counts   onlineCounts
}

// onlineCounts is the part of a report that is independent of timing.
type onlineCounts struct {
	produced, draws, deferred int
	rejected, failed          int // simulations
	steps, occupied           int // occupied sums the buffer's samples over the steps
}

// Next implements Stream.
func (s *onlineStream) Next(step int) (Batch, error) {
	due := s.fill + int(float64(s.counts.draws)/s.reuse) - s.counts.produced
	enter := min(due, s.buffer.Room())
	if err := s.fetch(enter); err != nil {
		return Batch{}, fmt.Errorf("online: step %d: %w", step, err)
	}
	s.counts.deferred += due - enter
	rng := rand.New(rand.NewPCG(s.request.Seed, firstDraw+uint64(step)))
	for range enter {
		s.policy.Admit(&s.buffer, s.window(), rng)
	}
	s.counts.steps++
	s.counts.occupied += len(s.buffer.Samples)

	for b := range s.request.Batch {
		sample := s.policy.Draw(&s.buffer, rng)
		for t, u := range sample.Frames {
			copy(s.batch.Frames[t][b*s.size(t):], u)
		}
		copy(s.batch.Parameters[b*len(sample.Parameters):], sample.Parameters)
	}
	s.counts.draws += s.request.Batch
	return s.batch, nil
}

// size is the length of frame t of a sample.
func (s *onlineStream) size(t int) int {
	if p := s.request.Problem; t == 0 {
		return p.Inputs() * p.Grid.Size()
	}
	return s.request.Problem.Size()
}

// fetch waits for the trajectories of the next n windows.
func (s *onlineStream) fetch(n int) error {
	for len(s.arrivals)*s.windows-s.position < n {
		if s.err != nil {
			return s.err
		}
		a, err := s.queue.good()
		if err == nil && s.position > 0 && len(s.arrivals) == 0 && a.Index != s.next {
			err = fmt.Errorf("trajectory %d was computed before the snapshot, and now fails", s.next)
		}
		if err != nil {
			s.lost, s.err = a, err
			continue
		}
		s.arrivals = append(s.arrivals, a)
	}
	return nil
}

// window takes the next sample from the fetched trajectories. It shares the
// frames with its neighbours, not the list of them, so that a frame is freed
// with the last sample that has it.
func (s *onlineStream) window() Sample {
	a := s.arrivals[0]
	if s.position == 0 {
		s.next = a.Index
		s.counts.failed += a.failed
		s.counts.rejected += a.rejected
	}
	sample := Sample{slices.Clone(a.Frames[s.position : s.position+s.request.Window]), a.Parameters}
	s.counts.produced++
	s.position++
	if s.position == s.windows {
		s.arrivals = slices.Delete(s.arrivals, 0, 1)
		s.next, s.position = a.Index+1, 0
	}
	return sample
}

// Close implements Stream. The times are those since the stream was opened or
// restored; all other figures are those of the whole run.
func (s *onlineStream) Close() (Report, error) {
	s.queue.close()
	c := s.counts
	r := Report{
		Produced: c.produced,
		Used:     s.buffer.Used,
		Draws:    c.draws,
		Deferred: c.deferred,
		Rejected: (c.rejected + s.lost.rejected) * s.windows,
		Failed:   c.failed + s.lost.failed,
		Starved:  s.queue.starved.Seconds(),
		Blocked:  float64(s.queue.blocked.Load()) / 1e9,
	}
	if c.steps > 0 {
		r.Occupancy = float64(c.occupied) / float64(c.steps) / float64(s.buffer.Capacity)
	}
	return r, nil
}

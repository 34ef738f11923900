package data

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"eddy/data/fourier"
	"eddy/physics"
)

// patience is the number of simulations that may fail one after the other
// before a source gives up.
const patience = 100

// queue computes trajectories ahead of their use, by several workers, and
// delivers them in the order of their indices. What comes out is independent of
// the number of workers and of their speed. The workers wait when length
// trajectories are ahead, which bounds the memory.
//
// A worker takes a token from room for each trajectory of a group, as many as
// its solver advances together, then the next indices; the results go into the
// slots of these indices, which are free because the tokens came from them.
type queue struct {
	sim     simulation
	ctx     context.Context
	stop    context.CancelFunc
	room    chan struct{}  // one token per trajectory that may be started
	slots   []chan outcome // [length], by index modulo length
	group   int            // trajectories that a worker computes together
	claim   atomic.Uint64  // the index to compute next
	head    uint64         // the index to deliver next
	workers sync.WaitGroup
	blocked atomic.Int64  // time the workers waited for room
	starved time.Duration // time the user waited for a trajectory
}

// arrival is a good trajectory, with the numbers of those given up just before.
type arrival struct {
	Trajectory
	failed, rejected int
}

// newQueue starts workers at trajectory first.
func newQueue(ctx context.Context, sim simulation, first uint64, workers, length int) (*queue, error) {
	workers = max(1, min(workers, length))
	solvers := make([]physics.BatchStepper, workers)
	for i := range solvers {
		solver, err := sim.problem.Solver.Value.Stepper(sim.problem)
		if err != nil {
			return nil, err
		}
		solvers[i] = physics.Batch(solver)
	}
	q := &queue{sim: sim, head: first, room: make(chan struct{}, length), slots: make([]chan outcome, length)}
	q.ctx, q.stop = context.WithCancel(ctx)
	q.claim.Store(first)
	// So small that workers which all wait for one more token leave one over.
	q.group = min(solvers[0].Width(), (length+workers-1)/workers)
	for i := range q.slots {
		q.slots[i] = make(chan outcome, 1)
		q.room <- struct{}{}
	}
	for _, solver := range solvers {
		q.workers.Go(func() { q.work(solver) })
	}
	return q, nil
}

func (q *queue) work(solver physics.BatchStepper) {
	for {
		start := time.Now()
		for range q.group {
			select {
			case <-q.room:
			case <-q.ctx.Done():
				return
			}
		}
		q.blocked.Add(int64(time.Since(start)))
		first := q.claim.Add(uint64(q.group)) - uint64(q.group)
		for i, o := range q.sim.run(q.ctx, solver, first, q.group) {
			q.slots[(first+uint64(i))%uint64(len(q.slots))] <- o
		}
	}
}

// take returns the outcome of the next index.
func (q *queue) take() (outcome, error) {
	if err := q.ctx.Err(); err != nil {
		return outcome{}, err
	}
	start := time.Now()
	defer func() { q.starved += time.Since(start) }()
	select {
	case o := <-q.slots[q.head%uint64(len(q.slots))]:
		q.head++
		q.room <- struct{}{}
		return o, nil
	case <-q.ctx.Done():
		return outcome{}, q.ctx.Err()
	}
}

// good returns the next trajectory that is a solution. With an error, too, the
// arrival has the numbers of those given up.
func (q *queue) good() (arrival, error) {
	var a arrival
	for {
		o, err := q.take()
		switch {
		case err != nil:
			return a, err
		case o.err == nil:
			a.Trajectory = o.Trajectory
			return a, nil
		case q.ctx.Err() != nil:
			return a, q.ctx.Err()
		case errors.Is(o.err, errRejected):
			a.rejected++
		default:
			a.failed++
		}
		if a.failed+a.rejected == patience {
			return a, fmt.Errorf("%d simulations in a row failed, the last one (trajectory %d) at %w", patience, (q.head-1)%firstValidation, o.err)
		}
	}
}

// close stops the workers and waits until they have ended.
func (q *queue) close() {
	q.stop()
	q.workers.Wait()
}

// compute returns the first n good trajectories from an index on.
func (s simulation) compute(ctx context.Context, first uint64, n, workers int) ([]Trajectory, error) {
	q, err := newQueue(ctx, s, first, workers, min(n, 4*fourier.Lanes*max(1, workers)))
	if err != nil {
		return nil, err
	}
	defer q.close()
	trajectories := make([]Trajectory, n)
	for i := range trajectories {
		a, err := q.good()
		if err != nil {
			return nil, err
		}
		trajectories[i] = a.Trajectory
	}
	return trajectories, nil
}

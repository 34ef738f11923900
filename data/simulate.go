package data

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/physics"
)

// The random streams of a seed. Trajectory i of a stream is drawn with
// PCG(seed, stream + i), so trajectories of different streams never coincide,
// and the draws of batches do not repeat the numbers of an initial state.
const (
	firstTraining   uint64 = iota << 62 // trajectories that are learned from
	firstValidation                     // trajectories that choose checkpoints
	firstTest                           // trajectories that are reported
	firstDraw                           // what enters a buffer and a batch at step i
)

// errRejected marks a trajectory that the solver computed but that is no
// solution: it has values that are not finite, or beyond the bound.
var errRejected = errors.New("rejected")

// simulation computes the trajectories of a problem. Each is a pure function of
// the problem, the seed and its index.
type simulation struct {
	problem physics.Problem
	seed    uint64
	bound   float64 // largest |u| of a state that is believed
	frames  int     // states of a trajectory
}

// outcome is a trajectory, or why there is none.
type outcome struct {
	Trajectory
	err error
}

// run computes n trajectories from index first on, together where they have one
// solver: that of the problem, or one each where trajectories have parameters
// of their own.
func (s simulation) run(ctx context.Context, solver physics.BatchStepper, first uint64, n int) []outcome {
	outcomes := make([]outcome, n)
	for i := range outcomes {
		outcomes[i].Index = first + uint64(i)
	}
	if len(s.problem.Parameters) == 0 {
		s.advance(ctx, s.problem, solver, outcomes)
		return outcomes
	}
	for i := range outcomes {
		o := &outcomes[i]
		stream, number := o.Index/firstValidation, o.Index%firstValidation
		p, parameters, err := s.problem.Draw(s.seed, stream, number)
		var own physics.Stepper
		if err == nil {
			own, err = p.Solver.Value.Stepper(p)
		}
		if err != nil {
			o.err = fmt.Errorf("parameters %v: %w", parameters, err)
			continue
		}
		o.Parameters = parameters
		s.advance(ctx, p, physics.Batch(own), outcomes[i:i+1])
	}
	return outcomes
}

// advance computes trajectories of one problem: initial states, Warmup steps
// that are dropped, then the frames. Every state on the way is checked, so a
// blow-up ends its trajectory within one frame, and no other.
func (s simulation) advance(ctx context.Context, p physics.Problem, solver physics.BatchStepper, outcomes []outcome) {
	e := s.draw(p, outcomes)
	for k := range p.Warmup + s.frames {
		if err := ctx.Err(); err != nil {
			e.each(func(i int) error { return err })
		}
		if e.left == 0 {
			return
		}
		if k > 0 {
			e.step(solver)
		}
		e.each(func(i int) error {
			err := e.errs[i]
			if err == nil {
				err = s.check(e.u[i])
			}
			if err != nil {
				return fmt.Errorf("frame %d: %w", k-p.Warmup, err)
			}
			if k >= p.Warmup {
				outcomes[i].Frames = append(outcomes[i].Frames, slices.Clone(e.u[i]))
			}
			return nil
		})
	}
}

// ensemble is the states of trajectories that are computed together.
type ensemble struct {
	outcomes []outcome
	u, next  [][]float64 // [trajectories][N…·C]; next is nil where one has failed
	errs     []error     // of the last step
	left     int         // trajectories that have not failed
}

// draw returns an ensemble of initial states.
func (s simulation) draw(p physics.Problem, outcomes []outcome) *ensemble {
	n := len(outcomes)
	e := &ensemble{outcomes: outcomes, u: make([][]float64, n), next: make([][]float64, n), errs: make([]error, n), left: n}
	for i := range outcomes {
		e.u[i] = make([]float64, p.Inputs()*p.Grid.Size())
		if e.next[i] = e.u[i]; len(e.u[i]) != p.Size() {
			e.next[i] = make([]float64, p.Size())
		}
	}
	e.each(func(i int) error {
		rng := rand.New(rand.NewPCG(s.seed, outcomes[i].Index))
		if err := p.Initial.Value.Draw(e.u[i], p.Grid, rng); err != nil {
			return fmt.Errorf("initial state: %w", err)
		}
		outcomes[i].Frames = make([][]float64, 0, s.frames)
		return nil
	})
	return e
}

// each does something for every trajectory that has not failed; one with an
// error then has.
func (e *ensemble) each(do func(i int) error) {
	for i := range e.outcomes {
		if e.next[i] == nil {
			continue
		}
		if err := do(i); err != nil {
			e.outcomes[i] = outcome{err: err}
			e.next[i] = nil
			e.left--
		}
	}
}

// step advances all trajectories that have not failed.
func (e *ensemble) step(solver physics.BatchStepper) {
	solver.StepAll(e.next, e.u, e.errs)
	for i, u := range e.next {
		if u != nil {
			e.u[i] = u
		}
	}
}

// check refuses a state with a value that is not finite or beyond the bound.
func (s simulation) check(u []float64) error {
	for i, v := range u {
		if !(math.Abs(v) <= s.bound) { // true for NaN, too
			return fmt.Errorf("%w: value %d is %g, beyond the bound %g", errRejected, i, v, s.bound)
		}
	}
	return nil
}

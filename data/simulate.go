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

// run computes trajectory index: an initial state, Warmup steps that are
// dropped, then the frames. Every state on the way is checked, so a blow-up
// ends the trajectory within one frame. The solver is that of the problem, and
// is replaced where the trajectory has parameters of its own.
func (s simulation) run(ctx context.Context, solver physics.Stepper, index uint64) (Trajectory, error) {
	stream, number := index/firstValidation, index%firstValidation
	p, parameters, err := s.problem.Draw(s.seed, stream, number)
	if err == nil && parameters != nil {
		solver, err = p.Solver.Value.Stepper(p)
	}
	if err != nil {
		return Trajectory{}, fmt.Errorf("parameters %v: %w", parameters, err)
	}
	u := make([]float64, p.Inputs()*p.Grid.Size())
	next := u
	if len(u) != p.Size() {
		next = make([]float64, p.Size())
	}
	rng := rand.New(rand.NewPCG(s.seed, index))
	if err := p.Initial.Value.Draw(u, p.Grid, rng); err != nil {
		return Trajectory{}, fmt.Errorf("initial state: %w", err)
	}
	t := Trajectory{Index: index, Parameters: parameters, Frames: make([][]float64, 0, s.frames)}
	for k := range p.Warmup + s.frames {
		if err := ctx.Err(); err != nil {
			return Trajectory{}, err
		}
		if k > 0 {
			if err := solver.Step(next, u); err != nil {
				return Trajectory{}, fmt.Errorf("frame %d: %w", k-p.Warmup, err)
			}
			u = next
		}
		if err := s.check(u); err != nil {
			return Trajectory{}, fmt.Errorf("frame %d: %w", k-p.Warmup, err)
		}
		if k >= p.Warmup {
			t.Frames = append(t.Frames, slices.Clone(u))
		}
	}
	return t, nil
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

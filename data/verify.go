package data

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"eddy/data/solver"
	"eddy/physics"
)

// Verification is the error of the solutions that serve as truth: how far they
// are from those of steps half as long, of a grid of half the spacing, and of
// both.
type Verification struct {
	Trajectories int
	Times        []float64 // [T] of the frames after the first, in time units; nil where there is no time
	Refinements  []Refinement
}

// Verify computes the first n test trajectories of a problem, of frames+1 frames
// each, as they are and with finer steps and grids, from the same initial
// states, those after the warmup. On periodic grids a state goes over to a finer
// grid as its Fourier series, on grids of cells it keeps its means; on others it
// is drawn again on the finer grid, as is what an elliptic equation takes as
// given.
//
// Where the error is of order p, the solution itself is 1/(1 − 2^−p) times as
// far away as the finer one is. Solutions of a chaotic system part sooner or
// later, however fine they are: the error then says until when they are the
// truth.
func Verify(ctx context.Context, r Request, n, frames int) (*Verification, error) {
	v, err := verify(ctx, r, n, frames)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	return v, nil
}

func verify(ctx context.Context, r Request, n, frames int) (*Verification, error) {
	p := r.Problem
	switch {
	case p.Equation.Value == nil || p.Solver.Value == nil || p.Initial.Value == nil:
		return nil, errors.New("the problem needs an equation, a solver and a distribution of initial states")
	case n < 1 || frames < 1:
		return nil, fmt.Errorf("%d trajectories of %d frames, want 1 or more", n, frames)
	case p.Warmup > 0 && !resamples(p):
		return nil, fmt.Errorf("warmup = %d, want 0: on a grid with the boundary %v a state has no values between its points", p.Warmup, p.Grid.Boundary)
	}
	plans := []plan{
		{of: "dt", finer: level{1, 0}, other: level{2, 0}},
		{of: "dx", finer: level{0, 1}, other: level{0, -1}},
		{of: "both", finer: level{1, 1}},
	}
	if isSteady(p) {
		plans, frames = plans[1:2], 1
	}
	own, err := simulation{p, r.Seed, math.MaxFloat64, frames + 1}.compute(ctx, firstTest, n, r.Workers)
	if err != nil {
		return nil, err
	}
	results := make([][]Refinement, n)
	each(n, r.Workers, func(i int) {
		for _, plan := range plans {
			results[i] = append(results[i], plan.compare(ctx, r, own[i]))
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v := &Verification{Trajectories: n}
	for t := 0; t < frames && !isSteady(p); t++ {
		v.Times = append(v.Times, float64(t+1)*p.Dt)
	}
	for k := range plans {
		v.Refinements = append(v.Refinements, averaged(results, k))
	}
	return v, nil
}

// each calls f for 0 … n−1, from several goroutines.
func each(n, workers int, f func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range max(1, min(workers, n)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	group.Wait()
}

// plan is a finer level, and another in the same row of halvings, which shows
// the order: finer again for dt, as longer steps may be unstable, and coarser
// than the problem for dx, as grids are dear. It is zero where there is none.
type plan struct {
	of           string
	finer, other level
}

// compare compares a trajectory with finer ones.
func (p plan) compare(ctx context.Context, r Request, own Trajectory) Refinement {
	refinement := Refinement{Of: p.of}
	finer, err := p.finer.solve(ctx, r, own)
	if err == nil {
		refinement.Error, err = distances(own.Frames[1:], finer)
	}
	if err != nil {
		return Refinement{Of: p.of, Fault: fmt.Errorf("trajectory %d: %w", own.Number(), err)}
	}
	if p.other == (level{}) {
		return refinement
	}
	other, err := p.other.solve(ctx, r, own)
	if err != nil {
		return refinement // it shows no order
	}
	coarse, fine := refinement.Error, []float64(nil)
	if p.other.space < 0 {
		fine = refinement.Error
		coarse, err = distances(other, onto(r.Problem, own.Frames[1:]))
	} else {
		fine, err = distances(finer, other)
	}
	if err == nil {
		refinement.coarse, refinement.fine = coarse, fine
	}
	return refinement
}

// onto returns frames of a problem on the coarser grid, which there is.
func onto(p physics.Problem, frames [][]float64) [][]float64 {
	coarse, _ := p.Grid.Coarser()
	all := make([][]float64, len(frames))
	for t, u := range frames {
		all[t] = restrict(u, p.Grid, coarse, p.Channels())
	}
	return all
}

// solve returns the frames after the first [T][N…·C] of a trajectory at a level,
// on the grid of the trajectory, or on that of the level where it is coarser.
func (l level) solve(ctx context.Context, r Request, own Trajectory) ([][]float64, error) {
	p, _, err := r.Problem.Draw(r.Seed, own.Index/firstValidation, own.Number())
	if err != nil {
		return nil, err
	}
	at, err := l.apply(p)
	if err != nil {
		return nil, err
	}
	stepper, err := at.Solver.Value.Stepper(at)
	if err != nil {
		return nil, err
	}
	u := make([]float64, at.Inputs()*at.Grid.Size())
	if resamples(p) {
		err = solver.Resample(u, at.Grid, own.Frames[0], p.Grid, p.Inputs())
	} else {
		err = at.Initial.Value.Draw(u, at.Grid, rand.New(rand.NewPCG(r.Seed, own.Index)))
	}
	if err != nil {
		return nil, err
	}
	frames := make([][]float64, len(own.Frames)-1)
	for t := range frames {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		next := make([]float64, at.Size())
		if err := stepper.Step(next, u); err != nil {
			return nil, fmt.Errorf("frame %d: %w", t+1, err)
		}
		u = next
		if frames[t] = u; l.space > 0 {
			frames[t] = restrict(u, at.Grid, p.Grid, p.Channels())
		}
	}
	return frames, nil
}

// resamples tells whether states of a problem can go over to other grids.
func resamples(p physics.Problem) bool {
	return !isSteady(p) && (p.Grid.Boundary == physics.Periodic || p.Grid.Boundary == physics.Cells)
}

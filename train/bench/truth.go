package bench

import (
	"context"
	"errors"
	"io/fs"

	"eddy/train"
)

// verified is the number of trajectories that a solver's own error is of.
const verified = 4

// truthOf is what stands for the truth of a cell's scenario: a cell without a
// training, of which only the problem counts.
func truthOf(c Cell, h *hasher) (Cell, error) {
	e := &train.Experiment{Seed: c.Seed, Problem: c.Experiment.Problem, Source: c.Experiment.Source}
	e.Rollout.Steps = c.Experiment.Rollout.Steps
	hash, err := h.hash("truth", e)
	e.Name, e.Rollout.Samples, e.Method = hash, verified, c.Experiment.Method
	return Cell{Place{Scenario: c.Scenario, Seed: c.Seed, Hash: hash}, e}, err
}

// verify returns the record of a truth: the error that the solver has itself.
func (c Cell) verify(ctx context.Context, dir string) (record, error) {
	r, err := c.read(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return r, err
	}
	v, err := c.Experiment.Verify(ctx)
	switch {
	case ctx.Err() != nil:
		return r, train.ErrStopped
	case err != nil:
		r.results = []Line{{Place: c.Place, Of: ofTruth, Metric: lineFailed, Value: 1, Note: err.Error()}}
	default:
		for _, refinement := range v.Refinements {
			for t, e := range refinement.Error {
				line := Line{Place: c.Place, Of: ofTruth, Metric: lineSolverError + refinement.Of, Value: e}
				if t < len(v.Times) {
					line.Time = v.Times[t]
				}
				r.results = append(r.results, line)
			}
		}
	}
	return r, r.write(dir)
}

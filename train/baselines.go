package train

import (
	"context"
	"fmt"
	"math"
	"slices"

	"eddy/configs"
	"eddy/data"
	"eddy/physics"
	"eddy/rollout"
)

// The coarsest grid of a baseline, in points along an axis, and how often the
// points are halved at most.
const (
	fewestPoints = 8
	halvings     = 4
)

// timed is a forecast that has been judged and timed.
type timed struct {
	name     string
	ensemble rollout.Ensemble
	scores   []rollout.Score
	seconds  float64 // per frame
}

// solvers forecasts with the problem's own solver on ever coarser grids and
// steps. It returns nothing where the problem has no such solver, or every
// trajectory an equation of its own.
func (s *Session) solvers(ctx context.Context, y rollout.Truth, metrics []rollout.Metric) ([]timed, error) {
	full, ok := s.Problem.Solver.Value.(physics.Coarsenable)
	ends := s.Problem.Grid.Boundary
	resampled := ends == physics.Periodic || ends == physics.Cells
	if !ok || s.Problem.Equation.Value == nil || !resampled || len(s.Problem.Parameters) > 0 {
		return nil, nil
	}
	var all []timed
	for h := range halvings + 1 {
		p := s.Problem
		p.Grid.Points = slices.Clone(p.Grid.Points)
		for a := range p.Grid.Points {
			p.Grid.Points[a] >>= h
		}
		if slices.Min(p.Grid.Points) < fewestPoints {
			break
		}
		for i, solver := range full.Coarse() {
			if h == 0 && i == 0 {
				continue // the truth itself
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			p.Solver = configs.Of[physics.Solver]{Kind: p.Solver.Kind, Value: solver}
			t, err := s.solver(p, y, metrics)
			if err != nil {
				continue // a step that the method refuses as unstable is no baseline
			}
			all = append(all, t)
		}
	}
	return all, nil
}

// solver forecasts with a coarser version p of the problem.
func (s *Session) solver(p physics.Problem, y rollout.Truth, metrics []rollout.Metric) (timed, error) {
	step, err := p.Solver.Value.Stepper(p)
	if err != nil {
		return timed{}, err
	}
	c := &coarse{step: step, fine: s.Problem.Grid, grid: p.Grid, channels: p.Channels()}
	t := timed{name: fmt.Sprintf("%v, %v points", p.Solver.Value, dims(p.Grid))}
	if t.ensemble, err = rollout.Forecast(t.name, c, y, s.bound(y)); err != nil {
		return t, err
	}
	t.scores = rollout.Evaluate(t.ensemble, metrics)
	start := make([]float64, p.Size())
	if err := data.Resample(start, p.Grid, y.Starts[0].State, s.Problem.Grid, c.channels); err != nil {
		return t, err
	}
	t.seconds, err = rollout.SecondsPerFrame(rollout.Steps(step), rollout.Start{State: start}, min(timedFrames, y.Steps()), timedRepeats)
	return t, err
}

// How a forecast is timed: long enough for the clock, short enough to be
// finite for most.
const (
	timedFrames  = 20
	timedRepeats = 9
)

func dims(g physics.Grid) string {
	text := fmt.Sprint(g.Points[0])
	for _, n := range g.Points[1:] {
		text += fmt.Sprintf("×%d", n)
	}
	return text
}

// coarse forecasts on a coarser grid, from and to states on the fine one.
type coarse struct {
	step       physics.Stepper
	fine, grid physics.Grid
	channels   int
}

// Predict implements rollout.Predictor. What follows a solver's failure is not
// a number, so that the forecast counts as diverged there.
func (c *coarse) Predict(from rollout.Start, n int) ([][]float64, error) {
	u := make([]float64, c.grid.Size()*c.channels)
	if err := data.Resample(u, c.grid, from.State, c.fine, c.channels); err != nil {
		return nil, err
	}
	frames := make([][]float64, n)
	failed := false
	for t := range frames {
		frames[t] = make([]float64, len(from.State))
		if failed = failed || c.step.Step(u, u) != nil; failed {
			frames[t][0] = math.NaN()
			continue
		}
		if err := data.Resample(frames[t], c.fine, u, c.grid, c.channels); err != nil {
			return nil, err
		}
	}
	return frames, nil
}

package train

import (
	"context"
	"fmt"
	"math"
	"slices"

	"eddy/configs"
	"eddy/data/solver"
	"eddy/physics"
	"eddy/rollout"
)

// The coarsest grid of a baseline, in points along an axis, and how often the
// points are halved at most.
const (
	fewestPoints = 8
	halvings     = 4
)

// Contender is a forecast that has been judged and timed.
type Contender struct {
	Name     string
	Ensemble rollout.Ensemble
	Scores   []rollout.Score
	Seconds  float64 // per frame
}

// Error is the error by which solvers and surrogate are compared, rel_l2/fno
// over the whole forecast; infinite if any sample diverged.
func (c Contender) Error() float64 {
	if _, n := c.Ensemble.Diverged(); n > 0 {
		return math.Inf(1)
	}
	return rollout.Evaluate(c.Ensemble, []rollout.Metric{&rollout.RelL2{}})[0].Values[0]
}

// solvers forecasts with the problem's own solver on ever coarser grids and
// steps. It returns nothing where the problem has no such solver, or does not
// say all that the trajectories have of their own.
func (s *Session) solvers(ctx context.Context, y rollout.Truth, metrics []rollout.Metric) ([]Contender, error) {
	full, ok := s.Problem.Solver.Value.(physics.Coarsenable)
	ends := s.Problem.Grid.Boundary
	resampled := ends == physics.Periodic || ends == physics.Cells
	if !ok || s.Problem.Equation.Value == nil || !resampled || len(s.Problem.Parameters) != len(s.Layout.Parameters) || len(s.Layout.Fields) > 0 {
		return nil, nil
	}
	var all []Contender
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
func (s *Session) solver(p physics.Problem, y rollout.Truth, metrics []rollout.Metric) (Contender, error) {
	c := &coarse{problem: p, fine: s.Problem.Grid}
	step, err := c.stepper(y.Starts[0].Parameters)
	if err != nil {
		return Contender{}, err
	}
	t := Contender{Name: fmt.Sprintf("%v, %v points", p.Solver.Value, dims(p.Grid))}
	if t.Ensemble, err = rollout.Forecast(t.Name, c, y, s.bound(y)); err != nil {
		return t, err
	}
	t.Scores = rollout.Evaluate(t.Ensemble, metrics)
	start := make([]float64, p.Size())
	if err := solver.Resample(start, p.Grid, y.Starts[0].State, s.Problem.Grid, p.Channels()); err != nil {
		return t, err
	}
	t.Seconds, err = rollout.SecondsPerFrame(rollout.Steps(step), rollout.Start{State: start}, min(timedFrames, y.Steps()), timedRepeats)
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
	problem physics.Problem // on the coarse grid
	fine    physics.Grid
	shared  physics.Stepper // of all trajectories, where they have no parameters
}

// stepper returns the solver of a trajectory with some parameters.
func (c *coarse) stepper(parameters []float64) (physics.Stepper, error) {
	if c.shared != nil {
		return c.shared, nil
	}
	p, err := c.problem.With(parameters)
	if err != nil {
		return nil, err
	}
	step, err := p.Solver.Value.Stepper(p)
	if len(parameters) == 0 {
		c.shared = step
	}
	return step, err
}

// Predict implements rollout.Predictor. What follows a solver's failure is not
// a number, so that the forecast counts as diverged there.
func (c *coarse) Predict(from rollout.Start, n int) ([][]float64, error) {
	step, err := c.stepper(from.Parameters)
	if err != nil {
		return nil, err
	}
	grid, channels := c.problem.Grid, c.problem.Channels()
	u := make([]float64, c.problem.Size())
	if err := solver.Resample(u, grid, from.State, c.fine, channels); err != nil {
		return nil, err
	}
	frames := make([][]float64, n)
	failed := false
	for t := range frames {
		frames[t] = make([]float64, len(from.State))
		if failed = failed || step.Step(u, u) != nil; failed {
			frames[t][0] = math.NaN()
			continue
		}
		if err := solver.Resample(frames[t], c.fine, u, grid, channels); err != nil {
			return nil, err
		}
	}
	return frames, nil
}

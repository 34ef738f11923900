package train

import (
	"context"
	"fmt"
	"math"

	"eddy/data"
	"eddy/physics"
	"eddy/rollout"
)

// The size of a validation: enough samples to rank checkpoints, and few enough
// frames to cost little.
const (
	validationSamples = 32
	validationFrames  = 10
)

// hold gets the held-back samples, once. Solvers may need a while for them.
func (t *Trainer) hold(ctx context.Context) (err error) {
	if t.held == nil {
		s := t.Session
		t.held, err = s.Source.Value.Trials(ctx, s.request(), data.Validation, validationSamples, s.past()+s.horizon())
	}
	return err
}

// validate returns the mean relative L2 error of forecasts of the held-back
// samples, over all frames, with the averaged parameters; NaN where the source
// holds none back.
func (t *Trainer) validate() (float64, error) {
	s := t.Session
	if len(t.held) == 0 {
		return math.NaN(), nil
	}
	t.average.swap()
	defer t.average.swap()
	p, err := s.Method.Value.Predictor(s.model, s.On)
	if err != nil {
		return 0, err
	}
	truth := s.truth(t.held)
	e, err := rollout.Forecast("model", p, truth, s.bound(truth))
	if err != nil {
		return 0, err
	}
	return rollout.Evaluate(e, []rollout.Metric{&rollout.RelL2{}})[0].Values[0], nil
}

// horizon is the number of frames of a validation forecast.
func (s *Session) horizon() int {
	window := s.Method.Value.Window() - 1 - s.past()
	if !s.Layout.Stepped {
		return window
	}
	return max(window, min(validationFrames, s.Rollout.Steps))
}

// past is the number of states that forecasts need before the one they start
// from.
func (s *Session) past() int {
	if r, ok := s.Method.Value.(Remembering); ok {
		return r.Past()
	}
	return 0
}

// truth arranges trajectories as what forecasts are judged against. All start
// where a model with a past can.
func (s *Session) truth(trials []data.Trajectory) rollout.Truth {
	y := rollout.Truth{Grid: s.Layout.Grid, Dt: s.Problem.Dt, Maker: s.maker()}
	for _, c := range s.Layout.Out {
		y.Channels = append(y.Channels, c.Name)
	}
	for _, t := range trials {
		p := s.past()
		y.Starts = append(y.Starts, rollout.Start{Past: t.Frames[:p], State: t.Frames[p], Parameters: t.Parameters, Fields: t.Fields})
		y.Frames = append(y.Frames, t.Frames[p+1:])
		y.Invariants = append(y.Invariants, s.invariants(t.Parameters))
	}
	y.Problems = s.problems(trials)
	return y
}

// problems are those that trajectories are solutions of, nil where the equation
// or what it has for numbers is not known.
func (s *Session) problems(trials []data.Trajectory) []physics.Problem {
	var all []physics.Problem
	for _, t := range trials {
		p := s.Problem
		if p.Equation.Value == nil || !s.Layout.Stepped || len(s.Layout.Fields) > 0 || len(p.Parameters) != len(t.Parameters) {
			return nil
		}
		own, err := p.With(t.Parameters)
		if err != nil {
			return nil
		}
		own.Grid, own.Parameters = s.Layout.Grid, nil
		all = append(all, own)
	}
	return all
}

// maker names what the truth was made by: the source, where it says so, or the
// problem's solver.
func (s *Session) maker() string {
	if m, ok := s.Source.Value.(fmt.Stringer); ok && m.String() != "" {
		return m.String()
	}
	return fmt.Sprint(s.Problem.Solver.Value)
}

// beyond is how many times larger than the largest true value a forecast may
// grow before it counts as diverged.
const beyond = 10

func (s *Session) bound(y rollout.Truth) float64 { return beyond * y.Largest() }

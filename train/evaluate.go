package train

import (
	"context"
	"fmt"
	"math"
	"slices"

	"eddy/data"
	"eddy/models"
	"eddy/rollout"
)

// Judgement is how a trained model and its baselines did on the test data.
type Judgement struct {
	Truth     rollout.Truth
	Rows      []rollout.Row
	Costs     []rollout.Cost
	Surrogate rollout.Ensemble
	Curves    []rollout.Curve // the first metric that is a curve, of each model
	Health    *rollout.Health // over a longer time; nil where that was not asked for
}

// Judge forecasts from the test states with the session's weights, and with
// the baselines: persistence, or the mean of the training data where frames do
// not follow each other in time; the solver whose cost is nearest to the
// surrogate's; and the cheapest solver that is as good. It returns the error of
// ctx where that ends first.
func (s *Session) Judge(ctx context.Context, steps int, o Outcome) (*Judgement, error) {
	c, err := s.Compete(ctx, steps)
	if err != nil {
		return nil, err
	}
	j := &Judgement{Truth: c.Truth, Surrogate: c.Surrogate.Ensemble}
	baselines, speedUp := c.chosen()
	for i, t := range append([]Contender{c.Surrogate}, baselines...) {
		j.Rows = append(j.Rows, rollout.Rows(s.Name, s.Seed, t.Ensemble, t.Scores)...)
		j.Curves = append(j.Curves, curves(t)...)
		cost := rollout.Cost{Case: s.Name, Model: t.Name, StepMS: 1e3 * t.Seconds}
		if i == 0 {
			cost.Parameters, cost.TrainSeconds, cost.Samples = s.Params.Count(), o.Seconds, o.Data.Used
			cost.SpeedUp = speedUp
			for _, n := range s.Found() {
				j.Rows = append(j.Rows, rollout.Row{Case: s.Name, Model: t.Name, Seed: s.Seed, Metric: n.Name, Value: n.Value})
			}
		}
		j.Costs = append(j.Costs, cost)
	}
	return j, nil
}

// Contest is the forecasts of a trained model and of all that it is compared
// with, from the same states.
type Contest struct {
	Truth     rollout.Truth
	Surrogate Contender
	Simple    Contender   // persistence, or the mean of the training data
	Solvers   []Contender // the problem's own, coarser and coarser; none where it has none
}

// Compete forecasts from the test states with the session's weights, and with
// all baselines. It returns the error of ctx where that ends first.
func (s *Session) Compete(ctx context.Context, steps int) (*Contest, error) {
	trials, err := s.Source.Value.Trials(ctx, s.request(), data.Test, s.Rollout.Samples, s.past()+steps)
	if err != nil {
		return nil, err
	}
	c := &Contest{Truth: s.truth(trials)}
	if c.Surrogate, err = s.surrogate(c.Truth); err != nil {
		return nil, err
	}
	if c.Simple, err = s.simple(c.Truth); err != nil {
		return nil, err
	}
	c.Solvers, err = s.solvers(ctx, c.Truth, s.metrics())
	return c, err
}

// chosen are the baselines of a table, and the speed-up over the solver of equal
// error.
func (c *Contest) chosen() (all []Contender, speedUp string) {
	all = []Contender{c.Simple}
	if len(c.Solvers) == 0 {
		return all, ""
	}
	var candidates []rollout.Candidate
	for _, t := range c.Solvers {
		candidates = append(candidates, rollout.Candidate{Name: t.Name, Seconds: t.Seconds, Error: t.Error()})
	}
	var names []string
	if c, ok := rollout.EqualCost(candidates, c.Surrogate.Seconds); ok {
		names = append(names, c.Name)
	}
	if c, ok := rollout.EqualError(candidates, c.Surrogate.Error()); ok {
		names = append(names, c.Name)
	}
	for _, t := range c.Solvers {
		if slices.Contains(names, t.Name) {
			all = append(all, t)
		}
	}
	return all, rollout.SpeedUp(candidates, c.Surrogate.Seconds, c.Surrogate.Error())
}

// metrics are the metrics of the configuration.
func (s *Session) metrics() []rollout.Metric {
	var ms []rollout.Metric
	for _, m := range s.Rollout.Metrics {
		ms = append(ms, m.Value)
	}
	return ms
}

// surrogate judges and times the model.
func (s *Session) surrogate(y rollout.Truth) (t Contender, err error) {
	t.Name = models.Name(s.Model)
	p, err := s.Method.Value.Predictor(s.model, s.On)
	if err != nil {
		return t, err
	}
	if t.Ensemble, err = rollout.Forecast(t.Name, p, y, s.bound(y)); err != nil {
		return t, err
	}
	if n := rollout.DrawsFor(s.metrics()); n > 0 {
		if err = t.Ensemble.Compare(p.(rollout.Stochastic), n); err != nil {
			return t, err
		}
	}
	t.Scores = rollout.Evaluate(t.Ensemble, s.metrics())
	t.Seconds, err = rollout.SecondsPerFrame(p, y.Starts[0], min(timedFrames, y.Steps()), timedRepeats)
	return t, err
}

// simple judges the forecast that nothing changes, or, where frames do not
// follow each other in time, that all is as on average.
func (s *Session) simple(y rollout.Truth) (t Contender, err error) {
	t.Name = "persistence"
	p := rollout.PredictFunc(rollout.Persistence)
	if !s.Layout.Stepped {
		t.Name, p = "training mean", s.trainingMean
	}
	if t.Ensemble, err = rollout.Forecast(t.Name, p, y, math.Inf(1)); err != nil {
		return t, err
	}
	t.Scores = rollout.Evaluate(t.Ensemble, s.metrics())
	return t, nil
}

// trainingMean forecasts the mean of the training data in each channel.
func (s *Session) trainingMean(_ rollout.Start, n int) ([][]float64, error) {
	u := make([]float64, s.Layout.Grid.Size()*len(s.Layout.Out))
	for i := range u {
		u[i] = s.Layout.Out[i%len(s.Layout.Out)].Mean
	}
	return slices.Repeat([][]float64{u}, n), nil
}

// curves are a forecast's scores over time, for the figure.
func curves(t Contender) []rollout.Curve {
	for _, c := range t.Scores {
		if len(c.Times) > 1 {
			return []rollout.Curve{{Model: t.Name, Score: c}}
		}
	}
	return nil
}

// description names the truth in a table.
func (s *Session) description() string {
	if s.Problem.Equation.Value == nil {
		return s.maker()
	}
	return fmt.Sprintf("%s on %s points, %s", s.maker(), dims(s.Problem.Grid), s.Problem.Equation.Kind)
}

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
}

// Judge forecasts from the test states with the session's weights, and with
// the baselines: persistence, or the mean of the training data where frames do
// not follow each other in time; the solver whose cost is nearest to the
// surrogate's; and the cheapest solver that is as good. It returns the error of
// ctx where that ends first.
func (s *Session) Judge(ctx context.Context, steps int, o Outcome) (*Judgement, error) {
	trials, err := s.Source.Value.Trials(ctx, s.request(), data.Test, s.Rollout.Samples, s.past()+steps)
	if err != nil {
		return nil, err
	}
	j := &Judgement{Truth: s.truth(trials)}
	surrogate, err := s.surrogate(j.Truth)
	if err != nil {
		return nil, err
	}
	j.Surrogate = surrogate.ensemble
	baselines, speedUp, err := s.baselines(ctx, j.Truth, surrogate)
	if err != nil {
		return nil, err
	}
	for i, t := range append([]timed{surrogate}, baselines...) {
		j.Rows = append(j.Rows, rollout.Rows(s.Name, s.Seed, t.ensemble, t.scores)...)
		j.Curves = append(j.Curves, curves(t)...)
		cost := rollout.Cost{Case: s.Name, Model: t.name, StepMS: 1e3 * t.seconds}
		if i == 0 {
			cost.Parameters, cost.TrainSeconds, cost.Samples = s.Params.Count(), o.Seconds, o.Data.Used
			cost.SpeedUp = speedUp
		}
		j.Costs = append(j.Costs, cost)
	}
	return j, nil
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
func (s *Session) surrogate(y rollout.Truth) (t timed, err error) {
	t.name = models.Name(s.Model)
	p, err := s.Method.Value.Predictor(s.model, s.On)
	if err != nil {
		return t, err
	}
	if t.ensemble, err = rollout.Forecast(t.name, p, y, s.bound(y)); err != nil {
		return t, err
	}
	if n := rollout.DrawsFor(s.metrics()); n > 0 {
		if err = t.ensemble.Compare(p.(rollout.Stochastic), n); err != nil {
			return t, err
		}
	}
	t.scores = rollout.Evaluate(t.ensemble, s.metrics())
	t.seconds, err = rollout.SecondsPerFrame(p, y.Starts[0], min(timedFrames, y.Steps()), timedRepeats)
	return t, err
}

// baselines judges what the surrogate has to beat.
func (s *Session) baselines(ctx context.Context, y rollout.Truth, surrogate timed) ([]timed, string, error) {
	simple := timed{name: "persistence"}
	p := rollout.PredictFunc(rollout.Persistence)
	if !s.Layout.Stepped {
		simple.name, p = "training mean", s.trainingMean
	}
	var err error
	if simple.ensemble, err = rollout.Forecast(simple.name, p, y, math.Inf(1)); err != nil {
		return nil, "", err
	}
	simple.scores = rollout.Evaluate(simple.ensemble, s.metrics())
	all := []timed{simple}
	solvers, err := s.solvers(ctx, y, s.metrics())
	if err != nil || len(solvers) == 0 {
		return all, "", err
	}
	var candidates []rollout.Candidate
	for _, t := range solvers {
		candidates = append(candidates, rollout.Candidate{Name: t.name, Seconds: t.seconds, Error: overall(t)})
	}
	var chosen []string
	if c, ok := rollout.EqualCost(candidates, surrogate.seconds); ok {
		chosen = append(chosen, c.Name)
	}
	if c, ok := rollout.EqualError(candidates, overall(surrogate)); ok && !slices.Contains(chosen, c.Name) {
		chosen = append(chosen, c.Name)
	}
	for _, t := range solvers {
		if slices.Contains(chosen, t.name) {
			all = append(all, t)
		}
	}
	return all, rollout.SpeedUp(candidates, surrogate.seconds, overall(surrogate)), nil
}

// trainingMean forecasts the mean of the training data in each channel.
func (s *Session) trainingMean(_ rollout.Start, n int) ([][]float64, error) {
	u := make([]float64, s.Layout.Grid.Size()*len(s.Layout.Out))
	for i := range u {
		u[i] = s.Layout.Out[i%len(s.Layout.Out)].Mean
	}
	return slices.Repeat([][]float64{u}, n), nil
}

// overall is the error by which solvers and surrogate are compared, rel_l2/fno
// over the whole forecast; infinite if any sample diverged.
func overall(t timed) float64 {
	if _, n := t.ensemble.Diverged(); n > 0 {
		return math.Inf(1)
	}
	return rollout.Evaluate(t.ensemble, []rollout.Metric{&rollout.RelL2{}})[0].Values[0]
}

// curves are a forecast's scores over time, for the figure.
func curves(t timed) []rollout.Curve {
	for _, c := range t.scores {
		if len(c.Times) > 1 {
			return []rollout.Curve{{Model: t.name, Score: c}}
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

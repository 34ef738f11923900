package rollout

import (
	"math"
	"reflect"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("estimated_error", func() Metric {
		return &EstimatedError{Time: configs.Of[physics.Scheme]{Kind: "defect", Value: &physics.Defect{Substeps: 4}}}
	})
}

// EstimatedError is the error that each step of a forecast is estimated to have
// by the residual that it leaves of the equation, see [physics.Estimator],
//
//	estimated_error@scheme(t) = mean_s η(t)/√(mean p(t)²).
//
// It needs no truth: where the forecast is right at t − Δt it is the relative
// error at t, for instance at the first frame. The truth itself has one, too:
// what the scheme leaves of a solution. There are scores only for equations in
// time on periodic boxes, without coupling between channels in the linear part.
//
// Good values: Time defect, with enough substeps for a stable solution;
// crank_nicolson is cheaper, for frames so close that it leaves less of a
// solution than the errors that are looked for.
type EstimatedError struct {
	Time configs.Of[physics.Scheme] `doc:"how the rate of change is taken of two frames: crank_nicolson or defect"`
}

// Check refuses schemes that do not tell errors.
func (m *EstimatedError) Check() error {
	if _, ok := m.Time.Value.(physics.Inverting); !ok {
		return configs.At("time", "%q, want crank_nicolson or defect", m.Time.Kind)
	}
	return nil
}

// Define implements [Metric].
func (*EstimatedError) Define() []Definition {
	return []Definition{{
		Name: "estimated_error",
		Text: "mean over samples of the root mean square error of a step, estimated by its residual in a dual norm, over √(mean p²); after the @ the scheme in time",
	}}
}

// Evaluate implements [Metric].
func (m *EstimatedError) Evaluate(e Ensemble) []Score {
	if len(e.Truth.Problems) != e.Truth.Samples() || e.Truth.Samples() == 0 {
		return nil
	}
	score := Score{Name: "estimated_error@" + m.Time.Kind, Times: e.Truth.Times(), Samples: make([][]float64, e.Truth.Steps())}
	var estimator *physics.Estimator
	for s, p := range e.Truth.Problems {
		if s == 0 || !reflect.DeepEqual(p, e.Truth.Problems[s-1]) {
			var err error
			if estimator, err = physics.NewEstimator(p, m.Time.Value.(physics.Inverting)); err != nil {
				return nil
			}
		}
		for t := range score.Samples {
			score.Samples[t] = append(score.Samples[t], estimated(estimator, e, s, t))
		}
	}
	for _, samples := range score.Samples {
		score.Values = append(score.Values, mean(samples))
	}
	return []Score{score}
}

// estimated is the relative error of step t of a forecast, +Inf where that has
// diverged.
func estimated(estimator *physics.Estimator, e Ensemble, s, t int) float64 {
	before := e.Truth.Starts[s].State
	if t > 0 {
		before = e.Forecast[s][t-1]
	}
	if t >= e.Bounded[s] {
		return math.Inf(1)
	}
	after := e.Forecast[s][t]
	err, failure := estimator.Step(before, after)
	zero := make([]float64, len(after))
	_, size := squares(zero, after)
	if r := ratio(err, math.Sqrt(size/float64(len(after)))); failure == nil && !math.IsNaN(r) {
		return r
	}
	return math.Inf(1)
}

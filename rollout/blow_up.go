package rollout

import "eddy/configs"

func init() { configs.Register("blow_up", func() Metric { return &BlowUp{} }) }

// BlowUp is when forecasts diverge: beyond all bounds, or not finite,
//
//	blow_up/step  mean_s (number of frames before the forecast diverged)
//	blow_up/time  Dt · min_s (the same number).
//
// Forecasts that never diverge count with their length, which is then a lower
// bound. For the share of forecasts that are left at each time see [Bounded].
type BlowUp struct{}

// Define implements [Metric].
func (*BlowUp) Define() []Definition {
	return []Definition{{
		Name: "blow_up/step", Text: "frames before a forecast diverges, at most all of them, mean over samples", Larger: true, Tolerant: true,
	}, {
		Name: "blow_up/time", Text: "time units before the first of all forecasts diverges", Larger: true, Capped: true, Tolerant: true,
	}}
}

// Evaluate implements [Metric].
func (*BlowUp) Evaluate(e Ensemble) []Score {
	step, time := Score{Name: "blow_up/step"}, Score{Name: "blow_up/time"}
	if e.Truth.Samples() == 0 || e.Truth.Steps() == 0 {
		return []Score{step, time}
	}
	first := e.Truth.Steps()
	frames := make([]float64, e.Truth.Samples())
	for s, bounded := range e.Bounded {
		frames[s], first = float64(bounded), min(first, bounded)
	}
	step.Samples, step.Values = [][]float64{frames}, []float64{mean(frames)}
	time.Values = []float64{e.Truth.Dt * float64(first)}
	return []Score{step, time}
}

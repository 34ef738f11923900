package rollout

import (
	"strconv"

	"eddy/configs"
)

func init() {
	configs.Register("correlation_time", func() Metric { return &CorrelationTime{Threshold: 0.8} })
}

// CorrelationTime is how long forecasts stay correlated with the truth, in
// time units, from the curve r(t) of [Correlation]. There is no agreement on
// how to read the time off the curve, so all three ways are given:
//
//	correlation_time/pdearena  Dt · (number of frames with mean_s r_s(t) > Threshold)
//	correlation_time/mean      Dt · (number of frames before mean_s r_s(t) first is not above it)
//	correlation_time/median    median over s of the same time of r_s(t)
//
// The first exceeds the second where the curve comes back. A time as long as
// the forecast is a lower bound. Good values: 0.8, 0.9, 0.95.
//
// Ref: PDEArena, models/pderefiner.py, which counts frames; Lippe et al.,
// PDE-Refiner, NeurIPS 2023.
type CorrelationTime struct {
	Threshold float64 `range:"[0,1)" doc:"correlation above which a forecast still counts as right"`
}

// Define implements Metric.
func (*CorrelationTime) Define() []Definition {
	define := func(variant, text string) Definition {
		return Definition{Name: "correlation_time/" + variant, Text: text, Larger: true, Capped: true, Tolerant: true}
	}
	return []Definition{
		define("pdearena", "time units: frames of which correlation/pdearena is above the threshold after the @, times Dt"),
		define("mean", "time units until correlation/pdearena, the mean over samples, first is not above the threshold"),
		define("median", "time units until a sample's correlation first is not above the threshold, median over samples"),
	}
}

// Evaluate implements Metric.
func (m *CorrelationTime) Evaluate(e Ensemble) []Score {
	return m.read(frameScore("", e, 0, pearson).Samples, e.Truth.Dt)
}

// read reads all times off the correlations [T][S] of frames that are dt apart.
func (m *CorrelationTime) read(r [][]float64, dt float64) []Score {
	curve := Score{Samples: r}
	times := func(of func(samples []int) float64) ([]float64, []float64) {
		if len(r) == 0 {
			return nil, nil
		}
		n := len(r[0])
		return []float64{of(all(n))}, bootstrap(n, of)
	}
	readings := []func(samples []int) float64{
		func(samples []int) float64 { return dt * m.above(meanCurve(curve, samples)) },
		func(samples []int) float64 { return dt * m.before(meanCurve(curve, samples)) },
		m.medianTime(curve, dt),
	}
	scores := make([]Score, len(readings))
	for i, d := range m.Define() {
		scores[i].Name = d.Name + "@" + strconv.FormatFloat(m.Threshold, 'g', -1, 64)
		scores[i].Values, scores[i].Interval = times(readings[i])
	}
	return scores
}

// medianTime reads the time of every sample, and returns its median over some
// of them.
func (m *CorrelationTime) medianTime(curve Score, dt float64) func(samples []int) float64 {
	var own []float64
	for s := 0; len(curve.Samples) > 0 && s < len(curve.Samples[0]); s++ {
		own = append(own, dt*m.before(meanCurve(curve, []int{s})))
	}
	return func(samples []int) float64 {
		chosen := make([]float64, len(samples))
		for i, s := range samples {
			chosen[i] = own[s]
		}
		return median(chosen)
	}
}

// above counts the frames above the threshold.
func (m *CorrelationTime) above(curve []float64) float64 {
	n := 0
	for _, r := range curve {
		if r > m.Threshold {
			n++
		}
	}
	return float64(n)
}

// before counts the frames before the first that is not above the threshold.
func (m *CorrelationTime) before(curve []float64) float64 {
	for t, r := range curve {
		if !(r > m.Threshold) {
			return float64(t)
		}
	}
	return float64(len(curve))
}

// meanCurve is the mean of a score over some of its samples, [T].
func meanCurve(score Score, samples []int) []float64 {
	curve := make([]float64, len(score.Samples))
	for t, all := range score.Samples {
		for _, s := range samples {
			curve[t] += all[s]
		}
		curve[t] /= float64(len(samples))
	}
	return curve
}

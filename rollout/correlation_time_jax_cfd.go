package rollout

import (
	"strconv"

	"eddy/configs"
)

func init() {
	configs.Register("correlation_time_jax_cfd", func() Metric { return &CorrelationTimeJaxCFD{Threshold: 0.8} })
}

// CorrelationTimeJaxCFD is how long forecasts stay correlated with the truth as
// models of turbulence on jax-cfd report it, in time units,
//
//	correlation_time/jax_cfd = Dt · (number of frames with correlation/jax_cfd above Threshold).
//
// Good values: 0.8, 0.9, 0.95.
//
// Ref: Kochkov et al., PNAS 118 (2021); tsm/train.py of TSM-PDE.
type CorrelationTimeJaxCFD struct {
	Threshold float64 `range:"[0,1)" doc:"correlation above which a forecast still counts as right"`
}

// Define implements [Metric].
func (*CorrelationTimeJaxCFD) Define() []Definition {
	return []Definition{{
		Name:   "correlation_time/jax_cfd",
		Text:   "time units: frames of which correlation/jax_cfd is above the threshold after the @, times Dt",
		Larger: true, Capped: true, Tolerant: true,
	}}
}

// Evaluate implements [Metric].
func (m *CorrelationTimeJaxCFD) Evaluate(e Ensemble) []Score {
	score := Score{Name: "correlation_time/jax_cfd@" + strconv.FormatFloat(m.Threshold, 'g', -1, 64)}
	curve := frameScore("", e, 0, cosine)
	if len(curve.Samples) == 0 {
		return []Score{score}
	}
	count := CorrelationTime{m.Threshold}
	of := func(samples []int) float64 { return e.Truth.Dt * count.above(meanCurve(curve, samples)) }
	score.Values = []float64{of(all(e.Truth.Samples()))}
	score.Interval = bootstrap(e.Truth.Samples(), of)
	return []Score{score}
}

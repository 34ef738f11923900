package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("h1_exponax", func() Metric { return &H1Exponax{Measure: RMSE} }) }

// H1Exponax is the error of values and slopes of each frame as exponax computes
// it, the sum of two errors of [FourierExponax],
//
//	h1_x/exponax(t) = fourier_x/exponax with d = 0 + fourier_x/exponax with d = 1.
//
// Only the absolute mse is the square of a norm; the normalized ones add two
// ratios, so that a forecast of zero has 2, not 1, for each channel.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024; metrics/_derivative.py of exponax.
type H1Exponax struct {
	Measure  Measure  `doc:"power of the coefficients, and root"`
	Relation Relation `doc:"what the error is divided by; not symmetric"`
}

// Check reports what exponax does not have.
func (m *H1Exponax) Check() error {
	if m.Relation == Symmetric {
		return configs.At("relation", "symmetric, want normalized or absolute")
	}
	return nil
}

// Define implements [Metric].
func (*H1Exponax) Define() []Definition {
	var all []Definition
	for _, m := range []Measure{MAE, MSE, RMSE} {
		for _, r := range []Relation{Normalized, Absolute} {
			name := r.prefix() + m.String() + "/exponax"
			all = append(all, Definition{Name: "h1_" + name, Text: "fourier_" + name + " of the values plus the same of their first derivatives"})
		}
	}
	return all
}

// Evaluate implements [Metric].
func (m *H1Exponax) Evaluate(e Ensemble) []Score {
	name := "h1_" + m.Relation.prefix() + m.Measure.String() + "/exponax"
	values := FourierExponax{Measure: m.Measure, High: math.MaxInt}
	slopes := values
	slopes.Derivative = 1
	score := exponaxScore(name, e, m.Relation, values.size(e.Truth.Grid))
	second := exponaxScore(name, e, m.Relation, slopes.size(e.Truth.Grid))
	for t, samples := range second.Samples {
		score.Values[t] += second.Values[t]
		for s, v := range samples {
			score.Samples[t][s] += v
		}
	}
	return []Score{score}
}

// Package rollout runs long forecasts, of a solver or of a model, and judges
// them: metrics, tables, figures, the report.
//
// The way of a number: [Forecast] runs a [Predictor] beside the [Truth] and
// gives an [Ensemble], a [Metric] makes a [Score] of it, [Rows] and [WriteRows]
// store the score, and [Tabulate] makes a [Table] of nothing but the stored
// rows.
//
// To add a metric, copy nrmse.go.
package rollout

import (
	"fmt"

	"eddy/physics"
)

// Predictor forecasts the n states that follow u0 [N…, C].
type Predictor interface {
	Predict(u0 []float64, n int) ([][]float64, error)
}

// BatchPredictor is a Predictor that forecasts S samples at once faster than
// one after the other. It takes u0 [S][N…·C] and returns [S][n][N…·C].
type BatchPredictor interface {
	Predictor
	PredictBatch(u0 [][]float64, n int) ([][][]float64, error)
}

// PredictFunc is a function that is a Predictor.
type PredictFunc func(u0 []float64, n int) ([][]float64, error)

// Predict calls f.
func (f PredictFunc) Predict(u0 []float64, n int) ([][]float64, error) { return f(u0, n) }

// Steps forecasts by feeding a stepper its own output.
func Steps(s physics.Stepper) Predictor {
	return PredictFunc(func(u []float64, n int) ([][]float64, error) {
		states := make([][]float64, n)
		for t := range states {
			states[t] = make([]float64, len(u))
			if err := s.Step(states[t], u); err != nil {
				return nil, fmt.Errorf("rollout: step %d: %w", t+1, err)
			}
			u = states[t]
		}
		return states, nil
	})
}

// Persistence forecasts that nothing changes, the baseline of any forecast.
func Persistence(u0 []float64, n int) ([][]float64, error) {
	states := make([][]float64, n)
	for t := range states {
		states[t] = u0
	}
	return states, nil
}

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

// Start is what is known of a trajectory when its forecast begins.
type Start struct {
	State      []float64   // [N…·C]
	Past       [][]float64 // states before it, one Dt apart, the last one nearest; none but for a predictor that needs them
	Parameters []float64   // the trajectory's own values of the equation's parameters
	Fields     []float64   // [N…·F] the trajectory's own fields that are given and stay
}

// Predictor forecasts the n states that follow a start.
type Predictor interface {
	Predict(from Start, n int) ([][]float64, error)
}

// BatchPredictor is a Predictor that forecasts S samples at once faster than
// one after the other. It takes S starts and returns [S][n][N…·C].
type BatchPredictor interface {
	Predictor
	PredictBatch(from []Start, n int) ([][][]float64, error)
}

// Ending is a Predictor whose forecasts have so many frames and no more.
type Ending interface {
	Predictor
	Frames() int
}

// PredictFunc is a function that is a Predictor.
type PredictFunc func(from Start, n int) ([][]float64, error)

// Predict calls f.
func (f PredictFunc) Predict(from Start, n int) ([][]float64, error) { return f(from, n) }

// Steps forecasts by feeding a stepper its own output.
func Steps(s physics.Stepper) Predictor {
	return PredictFunc(func(from Start, n int) ([][]float64, error) {
		u := from.State
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
func Persistence(from Start, n int) ([][]float64, error) {
	states := make([][]float64, n)
	for t := range states {
		states[t] = from.State
	}
	return states, nil
}

package rollout

import (
	"fmt"
	"math"
)

// Stochastic is a Predictor whose forecasts are draws from a distribution, so
// that it tells by itself how sure it is.
type Stochastic interface {
	Predictor

	// Draws returns a number of forecasts from one start, [draws][n][N…·C]. The
	// first is Predict's.
	Draws(from Start, draws, n int) ([][][]float64, error)
}

// Doubting is a Metric that compares a forecast with further draws of it.
type Doubting interface {
	Metric
	Draws() int // that it wants, 2 or more
}

// DrawsFor is the largest number of draws that any of the metrics wants, 0
// where none does.
func DrawsFor(metrics []Metric) int {
	n := 0
	for _, m := range metrics {
		if d, ok := m.(Doubting); ok {
			n = max(n, d.Draws())
		}
	}
	return n
}

// Compare sets how far a number of draws of each forecast agree: the mean of
// Pearson's correlation over all pairs of them, at each frame. A draw that is
// not finite correlates 0 with any other.
func (e *Ensemble) Compare(p Stochastic, draws int) error {
	e.Agreement = make([][]float64, e.Truth.Samples())
	for s, from := range e.Truth.Starts {
		all, err := p.Draws(from, draws, e.Truth.Steps())
		if err == nil && len(all) != draws {
			err = fmt.Errorf("%d of them, want %d", len(all), draws)
		}
		for i := 0; err == nil && i < draws; i++ {
			_, err = boundedFrames(all[i], e.Truth, math.Inf(1))
		}
		if err != nil {
			return fmt.Errorf("draws of %s: sample %d: %w", e.Model, s, err)
		}
		e.Agreement[s] = agreement(all)
	}
	return nil
}

// agreement is the mean correlation of pairs of forecasts [draws][T][N…·C], [T].
func agreement(draws [][][]float64) []float64 {
	r := make([]float64, len(draws[0]))
	for t := range r {
		for i := range draws {
			for j := range i {
				r[t] += pearson(draws[i][t], draws[j][t])
			}
		}
		r[t] /= float64(len(draws)*(len(draws)-1)) / 2
	}
	return r
}

package rollout

import (
	"fmt"
	"math"
	"slices"
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

// Doubt is what several draws of a forecast tell of a frame, over all points and
// channels. Of a draw that is not finite, CRPS, Spread and Skill are not, either.
type Doubt struct {
	Draws     int
	Agreement float64 // mean of Pearson's correlation over all pairs of draws; a draw that is not finite correlates 0 with any other
	CRPS      float64 // mean of |x_i − y| over draws i, less half the mean of |x_i − x_j| over all pairs, i = j included
	Pairs     float64 // half the mean of |x_i − x_j| over the same pairs
	Spread    float64 // variance of the draws, with M − 1 below it
	Skill     float64 // mean square error of the mean of the draws
}

// Compare sets what a number of draws of each forecast tell.
func (e *Ensemble) Compare(p Stochastic, draws int) error {
	e.Doubts = make([][]Doubt, e.Truth.Samples())
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
		for t, y := range e.Truth.Frames[s] {
			frame := make([][]float64, draws)
			for i := range frame {
				frame[i] = all[i][t]
			}
			e.Doubts[s] = append(e.Doubts[s], doubt(frame, y))
		}
	}
	return nil
}

// doubt compares draws [M][N…·C] of a frame with each other and with the truth.
func doubt(draws [][]float64, y []float64) Doubt {
	m := float64(len(draws))
	d := Doubt{Draws: len(draws)}
	for i := range draws {
		for j := range i {
			d.Agreement += pearson(draws[i], draws[j]) / (m * (m - 1) / 2)
		}
	}
	var off float64
	at := make([]float64, len(draws))
	for k, v := range y {
		for i := range at {
			at[i] = draws[i][k]
			off += math.Abs(at[i]-v) / m
		}
		slices.Sort(at)
		for i, x := range at { // Σ_ij |x_i − x_j| = 2 Σ_i (2i + 1 − M) x_(i)
			d.Pairs += float64(2*i+1-len(at)) * x / (m * m)
		}
		centre := mean(at)
		d.Skill += (centre - v) * (centre - v)
		for _, x := range at {
			d.Spread += (x - centre) * (x - centre) / (m - 1)
		}
	}
	n := float64(len(y))
	d.Pairs, d.Spread, d.Skill = d.Pairs/n, d.Spread/n, d.Skill/n
	d.CRPS = off/n - d.Pairs
	return d
}

package rollout

import "math"

// Score is what a metric found: a curve over time or a single number.
type Score struct {
	Name     string
	Times    []float64   // [T] in time units; nil for a single number
	Values   []float64   // [T] or [1], the summary over samples
	Samples  [][]float64 // [T][S] or [1][S]; nil where only the ensemble has a value
	Interval []float64   // [2] of a single number, the 95 % bootstrap interval over samples; or nil
}

// frameScore is the score of a metric that judges every frame by itself: f of
// forecast and truth [N…, C], and lost where the sample has diverged. Its
// summary is the mean over samples.
func frameScore(name string, e Ensemble, lost float64, f func(p, y []float64) float64) Score {
	if e.Truth.Samples() == 0 {
		return Score{Name: name, Times: []float64{}}
	}
	score := Score{Name: name, Times: e.Truth.Times()}
	for t := range score.Times {
		samples := make([]float64, e.Truth.Samples())
		for s := range samples {
			samples[s] = lost
			if t < e.Bounded[s] {
				samples[s] = f(e.Forecast[s][t], e.Truth.Frames[s][t])
			}
		}
		score.Samples = append(score.Samples, samples)
		score.Values = append(score.Values, mean(samples))
	}
	return score
}

// ratio is an error relative to the size of the truth: +Inf where the truth is
// zero and the error is not, 0 where both are.
func ratio(err, size float64) float64 {
	if err == 0 {
		return 0
	}
	if size == 0 || math.IsInf(err, 1) {
		return math.Inf(1)
	}
	return err / size
}

// squares returns Σ (p − y)² and Σ y² over a slice.
func squares(p, y []float64) (err, size float64) {
	for i := range y {
		d := p[i] - y[i]
		err += d * d
		size += y[i] * y[i]
	}
	return err, size
}

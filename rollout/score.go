package rollout

import (
	"math"
	"slices"
)

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
			if math.IsNaN(samples[s]) { // squares beyond what a float64 holds
				samples[s] = lost
			}
		}
		score.Samples = append(score.Samples, samples)
		score.Values = append(score.Values, mean(samples))
	}
	return score
}

// pooledScore is the score of an error that joins all samples of a frame before
// it takes a root: f of the index of the frame, and +Inf from the first frame
// on that has lost a sample.
func pooledScore(name string, e Ensemble, f func(t int) float64) Score {
	score := Score{Name: name, Times: []float64{}}
	if e.Truth.Samples() == 0 {
		return score
	}
	score.Times = e.Truth.Times()
	bounded := slices.Min(e.Bounded)
	for t := range score.Times {
		value := math.Inf(1)
		if t < bounded {
			value = f(t)
		}
		if math.IsNaN(value) { // squares beyond what a float64 holds
			value = math.Inf(1)
		}
		score.Values = append(score.Values, value)
	}
	return score
}

// sampleScore is the score of a metric that judges whole forecasts: f of the
// index of a sample, and lost where it has diverged. Its summary is the mean.
func sampleScore(name string, e Ensemble, lost float64, f func(s int) float64) Score {
	score := Score{Name: name}
	if e.Truth.Samples() == 0 || e.Truth.Steps() == 0 {
		return score
	}
	samples := make([]float64, e.Truth.Samples())
	for s := range samples {
		samples[s] = lost
		if e.Bounded[s] == e.Truth.Steps() {
			samples[s] = f(s)
		}
		if math.IsNaN(samples[s]) { // squares beyond what a float64 holds
			samples[s] = lost
		}
	}
	score.Samples, score.Values = [][]float64{samples}, []float64{mean(samples)}
	return score
}

// channelMean is the mean over channels of f of one channel [N…] of forecast
// and truth.
func channelMean(channels int, f func(p, y []float64) float64) func(p, y []float64) float64 {
	return func(p, y []float64) float64 {
		var sum float64
		for c := range channels {
			sum += f(channelOf(p, c, channels), channelOf(y, c, channels))
		}
		return sum / float64(channels)
	}
}

// channelOf is one channel [N…] of a state [N…, C].
func channelOf(u []float64, channel, channels int) []float64 {
	if channels == 1 {
		return u
	}
	one := make([]float64, len(u)/channels)
	for i := range one {
		one[i] = u[i*channels+channel]
	}
	return one
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

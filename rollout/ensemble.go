package rollout

import "fmt"

// Ensemble is what a model forecast, beside the truth.
//
// A forecast whose frame has a value that is not finite, or is beyond a bound,
// has diverged: from that frame on its values mean nothing and no metric
// reads them.
type Ensemble struct {
	Model    string
	Truth    Truth
	Forecast [][][]float64 // [S][T][N…·C], at the times of the truth
	Bounded  []int         // [S] frames before the forecast diverged, T if it never did

	Doubts [][]Doubt // [S][T] what several draws of the forecast tell, see [Ensemble.Compare]; nil for a single one
}

// Forecast runs a predictor from each start of the truth. Values
// beyond ±bound count as diverged; +Inf as the bound allows all finite ones.
func Forecast(model string, p Predictor, truth Truth, bound float64) (Ensemble, error) {
	if !(bound > 0) {
		return Ensemble{}, fmt.Errorf("forecast of %s: bound = %v, want a positive number", model, bound)
	}
	if err := truth.Check(); err != nil {
		return Ensemble{}, fmt.Errorf("forecast of %s: %w", model, err)
	}
	forecast, err := predictAll(p, truth.Starts, truth.Steps())
	if err != nil {
		return Ensemble{}, fmt.Errorf("forecast of %s: %w", model, err)
	}
	e := Ensemble{Model: model, Truth: truth, Forecast: forecast, Bounded: make([]int, len(forecast))}
	for s, states := range forecast {
		if e.Bounded[s], err = boundedFrames(states, truth, bound); err != nil {
			return Ensemble{}, fmt.Errorf("forecast of %s: sample %d: %w", model, s, err)
		}
	}
	return e, nil
}

// predictAll returns the forecasts from S starts, [S][n][N…·C].
func predictAll(p Predictor, from []Start, n int) (forecast [][][]float64, err error) {
	if len(from) == 0 {
		return nil, nil
	}
	if batch, ok := p.(BatchPredictor); ok {
		if forecast, err = batch.PredictBatch(from, n); err == nil && len(forecast) != len(from) {
			err = fmt.Errorf("%d forecasts for %d samples", len(forecast), len(from))
		}
		return forecast, err
	}
	forecast = make([][][]float64, len(from))
	for s := range from {
		if forecast[s], err = p.Predict(from[s], n); err != nil {
			return nil, fmt.Errorf("sample %d: %w", s, err)
		}
	}
	return forecast, nil
}

// boundedFrames counts the frames before a forecast diverged.
func boundedFrames(states [][]float64, truth Truth, bound float64) (int, error) {
	if len(states) != truth.Steps() {
		return 0, fmt.Errorf("%d frames, want %d", len(states), truth.Steps())
	}
	size := truth.Grid.Size() * len(truth.Channels)
	for t, u := range states {
		if len(u) != size {
			return 0, fmt.Errorf("frame %d: %d values, want %d", t, len(u), size)
		}
		if checkState(u, size, bound) != nil {
			return t, nil
		}
	}
	return len(states), nil
}

// First is the ensemble up to some frame.
func (e Ensemble) First(frames int) Ensemble {
	if frames >= e.Truth.Steps() {
		return e
	}
	cut := func(all [][][]float64) [][][]float64 {
		short := make([][][]float64, len(all))
		for s := range all {
			short[s] = all[s][:frames]
		}
		return short
	}
	first := Ensemble{Model: e.Model, Truth: e.Truth, Forecast: cut(e.Forecast)}
	first.Truth.Frames = cut(e.Truth.Frames)
	for _, bounded := range e.Bounded {
		first.Bounded = append(first.Bounded, min(bounded, frames))
	}
	return first
}

// Diverged returns the time at which the first sample diverged, and how many
// samples did. Time is 0 if none did.
func (e Ensemble) Diverged() (time float64, samples int) {
	steps := e.Truth.Steps()
	earliest := steps
	for _, frames := range e.Bounded {
		if frames < steps {
			earliest = min(earliest, frames)
			samples++
		}
	}
	if samples == 0 {
		return 0, 0
	}
	return e.Truth.Time(earliest), samples
}

package rollout

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
)

// Health is how a forecast fares over a time far longer than it can be right:
// when it loses the truth, whether it stays bounded, and whether its statistics
// are those of the solver's own run. It keeps a few hundred frames of one sample,
// and numbers of the others, however long it is.
type Health struct {
	Model   string
	Truth   Truth // without frames
	Steps   int
	Bounded []int // [S] frames before the forecast diverged

	Scores  []Score // nrmse, correlation/pdearena, bounded and drifts at up to 400 frames; correlation times and blow-up
	Solver  []Score // the drifts of the truth
	Climate *Climate
	Shown   Ensemble // the first sample, at up to 400 frames

	spectra [2][][]float64 // [K][T] of truth and forecast at these frames: sums over samples
	counted [2][]float64   // [T] samples in them
	every   int            // frames between two of these
	scored  []int          // frames of the curves that are stored: some early ones, too
}

// shownFrames is about how many frames of a forecast are drawn and stored.
const shownFrames = 400

// Watching says what is watched.
type Watching struct {
	Model    string
	Truth    Truth // without frames, which the solver makes
	Steps    int
	Beyond   float64 // times the largest true value so far, at which a forecast has diverged
	Solver   func(from Start) (Course, error)
	Forecast func(from Start) (Course, error)
}

// Watch runs forecast and solver side by side, a sample after the other. It
// returns the error of ctx where that ends first.
func Watch(ctx context.Context, w Watching) (*Health, error) {
	switch {
	case w.Steps < 1:
		return nil, fmt.Errorf("health: %d steps, want 1 or more", w.Steps)
	case len(w.Truth.Starts) == 0:
		return nil, errors.New("health: no initial states")
	}
	if err := w.Truth.Grid.Check(); err != nil {
		return nil, fmt.Errorf("health: %w", err)
	}
	h := newHealth(w)
	var largest float64
	for s := range w.Truth.Starts {
		if err := h.watch(ctx, w, s, &largest); err != nil {
			return nil, fmt.Errorf("health of %s: sample %d: %w", w.Model, s, err)
		}
	}
	h.finish(w.Steps)
	return h, nil
}

func newHealth(w Watching) *Health {
	first := w.Truth.Starts[0].State
	m := newModes(w.Truth.Grid)
	h := &Health{
		Model: w.Model, Truth: w.Truth, Steps: w.Steps, Bounded: make([]int, len(w.Truth.Starts)),
		Climate: newClimate(w.Truth.Grid, len(w.Truth.Channels), first, m),
		every:   (w.Steps + shownFrames - 1) / shownFrames,
	}
	h.Truth.Frames = nil
	h.Shown = Ensemble{Model: w.Model, Truth: h.Truth, Forecast: make([][][]float64, 1), Bounded: []int{0}}
	h.Shown.Truth.Dt *= float64(h.every)
	h.Shown.Truth.Frames, h.Shown.Truth.Starts = make([][][]float64, 1), w.Truth.Starts[:1]
	steps := len(h.frames())
	for k := range h.spectra {
		h.spectra[k], h.counted[k] = make([][]float64, steps), make([]float64, steps)
	}
	h.scored = h.frames()
	for t := 1.0; t <= float64(w.Steps); t *= 1.05 {
		h.scored = append(h.scored, int(t)-1)
	}
	slices.Sort(h.scored)
	h.scored = slices.Compact(h.scored)
	add := func(name string, steps int) Score {
		score := Score{Name: name, Samples: make([][]float64, steps), Times: make([]float64, steps)}
		for t := range score.Samples {
			score.Samples[t] = make([]float64, len(w.Truth.Starts))
		}
		return score
	}
	h.Scores = []Score{add("nrmse", w.Steps), add("correlation/pdearena", w.Steps)}
	for _, name := range w.Truth.invariants() {
		h.Scores = append(h.Scores, add("drift@"+name, steps))
		h.Solver = append(h.Solver, add("drift@"+name, steps))
	}
	return h
}

// frames are the indices of the frames that are drawn and stored.
func (h *Health) frames() []int {
	var frames []int
	for t := h.every - 1; t < h.Steps; t += h.every {
		frames = append(frames, t)
	}
	return frames
}

// watch takes a sample.
func (h *Health) watch(ctx context.Context, w Watching, s int, largest *float64) error {
	from := w.Truth.Starts[s]
	solver, err := w.Solver(from)
	if err != nil {
		return err
	}
	forecast, err := w.Forecast(from)
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(forecast)
	defer stop()
	t, size := 0, len(from.State)
	drifts := h.drifts(s)
	for y, err := range solver {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = checkState(y, size, math.Inf(1))
		}
		if err != nil {
			return fmt.Errorf("truth: frame %d: %w", t, err)
		}
		for _, v := range y {
			*largest = max(*largest, math.Abs(v))
		}
		var p []float64
		if h.Bounded[s] == t {
			var ok bool
			if p, err, ok = next(); err == nil && !ok {
				err = errors.New("the forecast has no more")
			}
			if err != nil {
				return fmt.Errorf("frame %d: %w", t, err)
			}
			if checkState(p, size, w.Beyond**largest) == nil {
				h.Bounded[s]++
			} else {
				p = nil
			}
		}
		h.take(s, t, p, y, drifts)
		if t++; t == h.Steps {
			return nil
		}
	}
	return fmt.Errorf("truth: %d frames, want %d", t, h.Steps)
}

// drifts are the functions that tell how far each invariant is from its value
// at the start of a sample.
func (h *Health) drifts(s int) []func(u []float64) float64 {
	var all []func(u []float64) float64
	for _, name := range h.Truth.invariants() {
		all = append(all, h.Climate.modes.drift(h.Truth.invariant(s, name), h.Truth.Starts[s].State, len(h.Truth.Channels)))
	}
	return all
}

// take takes a frame of the truth and of the forecast, nil after it diverged.
func (h *Health) take(s, t int, p, y []float64, drifts []func(u []float64) float64) {
	source := truthEarly
	if 2*t >= h.Steps {
		source = truthLate
	}
	h.Climate.add(source, y)
	h.Scores[0].Samples[t][s] = math.Inf(1)
	if p != nil {
		h.Climate.add(forecastAll, p)
		err, size := squares(p, y)
		h.Scores[0].Samples[t][s] = ratio(math.Sqrt(err), math.Sqrt(size))
		h.Scores[1].Samples[t][s] = pearson(p, y)
	}
	if (t+1)%h.every != 0 {
		return
	}
	i := (t+1)/h.every - 1
	h.takeSpectrum(0, source, i, y)
	if p != nil {
		h.takeSpectrum(1, forecastAll, i, p)
	}
	for k, drift := range drifts {
		h.Solver[k].Samples[i][s] = drift(y)
		h.Scores[2+k].Samples[i][s] = math.Inf(1)
		if p != nil {
			h.Scores[2+k].Samples[i][s] = drift(p)
		}
	}
	if s == 0 {
		h.show(p, y)
	}
}

func (h *Health) takeSpectrum(k, source, i int, u []float64) {
	e := h.Climate.modes.spectrum(u, h.Climate.channels)
	h.Climate.addSpectrum(source, e)
	if h.spectra[k][i] == nil {
		h.spectra[k][i] = make([]float64, len(e))
	}
	for j, v := range e {
		h.spectra[k][i][j] += v
	}
	h.counted[k][i]++
}

// show keeps a frame of the first sample.
func (h *Health) show(p, y []float64) {
	if p != nil {
		h.Shown.Bounded[0]++
	} else {
		p = y // not drawn
	}
	h.Shown.Truth.Frames[0] = append(h.Shown.Truth.Frames[0], slices.Clone(y))
	h.Shown.Forecast[0] = append(h.Shown.Forecast[0], slices.Clone(p))
}

// finish sums up over samples and reads the times off the full curves.
func (h *Health) finish(steps int) {
	full := h.Scores[1]
	for i := range h.Scores {
		at := h.frames()
		if i < 2 {
			at = h.scored
			h.Scores[i].Samples = chosen(h.Scores[i].Samples, at)
		}
		h.summarise(&h.Scores[i], at)
	}
	for i := range h.Solver {
		h.summarise(&h.Solver[i], h.frames())
	}
	e := h.Ensemble()
	bounded := (&Bounded{}).Evaluate(e)[0]
	bounded.Times, bounded.Values = nil, bounded.Values[steps-1:]
	h.Scores = append(h.Scores, bounded)
	h.Scores = append(h.Scores, (&BlowUp{}).Evaluate(e)...)
	for _, threshold := range []float64{0.95, 0.9, 0.8} {
		h.Scores = append(h.Scores, (&CorrelationTime{threshold}).read(full.Samples, h.Truth.Dt)...)
	}
}

// chosen are some frames of a curve.
func chosen(curve [][]float64, frames []int) [][]float64 {
	var some [][]float64
	for _, t := range frames {
		some = append(some, curve[t])
	}
	return some
}

// summarise takes the mean over samples at each of some frames.
func (h *Health) summarise(score *Score, frames []int) {
	score.Times, score.Values = nil, nil
	for i, samples := range score.Samples {
		score.Times = append(score.Times, h.Truth.Time(frames[i]))
		score.Values = append(score.Values, mean(samples))
	}
}

// Ensemble is the forecast without its states, for results.
func (h *Health) Ensemble() Ensemble {
	y := h.Truth
	for range y.Starts {
		y.Frames = append(y.Frames, make([][]float64, h.Steps))
	}
	return Ensemble{Model: h.Model, Truth: y, Forecast: y.Frames, Bounded: h.Bounded}
}

// Rows lists the results.
func (h *Health) Rows(name string, seed uint64) []Row {
	return Rows(name, seed, h.Ensemble(), h.Scores)
}

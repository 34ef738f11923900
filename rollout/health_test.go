package rollout

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/physics"
)

// turning is a wave that moves by a point a step on 16 points, of an amplitude
// that differs by sample.
func turning(samples int) Truth {
	y := Truth{Grid: physics.Grid{Points: []int{16}, Extent: []float64{2}}, Channels: []string{"u"}, Dt: 0.5, Maker: "arithmetic"}
	mass := physics.Invariant{Name: "mass", Density: func(u []physics.Field) physics.Field { return u[0] }}
	for s := range samples {
		u := make([]float64, 16)
		for i := range u {
			u[i] = 3 + float64(1+s)*math.Sin(2*math.Pi*float64(i)/16)
		}
		y.Starts = append(y.Starts, Start{State: u})
		y.Invariants = append(y.Invariants, []physics.Invariant{mass})
	}
	return y
}

// shift moves a state by a number of points, and scales it.
func shift(points int, factor float64) physics.Stepper {
	return physics.StepFunc(func(dst, u []float64) error {
		old := slices.Clone(u)
		for i := range dst {
			dst[i] = factor * old[(i+points)%len(old)]
		}
		return nil
	})
}

// watched compares steppers.
func watched(t *testing.T, y Truth, steps int, solver, model physics.Stepper) *Health {
	t.Helper()
	h, err := Watch(t.Context(), Watching{
		Model: "model", Truth: y, Steps: steps, Beyond: 10,
		Solver:   func(from Start) (Course, error) { return CourseOf(solver, from), nil },
		Forecast: func(from Start) (Course, error) { return Continued(Steps(model), from), nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// score is the score of a name.
func (h *Health) score(name string) Score {
	return h.Scores[slices.IndexFunc(h.Scores, func(s Score) bool { return s.Name == name })]
}

func TestHealthOfThePerfect(t *testing.T) {
	h := watched(t, turning(3), 1234, shift(1, 1), shift(1, 1))
	for _, score := range h.Scores {
		for i, v := range score.Values {
			want := map[string]float64{"nrmse": 0, "correlation/pdearena": 1, "bounded": 1, "blow_up/step": 1234, "blow_up/time": 617}[score.Name]
			if strings.HasPrefix(score.Name, "correlation_time") {
				want = 617
			}
			if math.Abs(v-want) > 1e-14*max(1, want) {
				t.Fatalf("%s is %v at %d, want %v", score.Name, v, i, want)
			}
		}
	}
	if d := h.Climate.difference([]int{forecastAll}, truthBoth); d.W1 > 1e-12 || d.Mean > 1e-12 || d.Deviation > 1e-12 || d.Spectrum > 1e-12 {
		t.Errorf("statistics differ by %+v", d)
	}
}

// A wave that goes the other way has the same statistics and is right every
// eighth step only.
func TestHealthOfTheMirrored(t *testing.T) {
	h := watched(t, turning(2), 1600, shift(1, 1), shift(15, 1))
	// cos(π/4) = 0.71 at the first frame, and above 0.8 at every eighth
	if mean, count := h.score("correlation_time/mean@0.8"), h.score("correlation_time/pdearena@0.8"); mean.Values[0] != 0 || count.Values[0] != 100 {
		t.Errorf("correlated for %v, of all for %v, want 0 and 100", mean.Values[0], count.Values[0])
	}
	if d := h.Climate.difference([]int{forecastAll}, truthBoth); d.W1 > 1e-12 || d.Mean > 1e-12 || d.Deviation > 1e-12 || d.Spectrum > 1e-12 {
		t.Errorf("statistics differ by %+v", d)
	}
}

// A forecast that grows by a tenth a step drifts as much and diverges once it
// is ten times the largest true value.
func TestHealthOfTheGrowing(t *testing.T) {
	y := turning(2)
	h := watched(t, y, 100, shift(1, 1), shift(1, 1.1))
	// The largest of sample 0 is 4 and of sample 1 is 5, as are their forecasts'.
	want := int(math.Log(10) / math.Log(1.1))
	if !slices.Equal(h.Bounded, []int{want, want}) {
		t.Errorf("bounded for %v frames, want %d", h.Bounded, want)
	}
	if drift := h.score("drift@mass").Values; math.Abs(drift[1]-(1.1*1.1-1)) > 1e-12 || !math.IsInf(drift[want], 1) {
		t.Errorf("drifts %v", drift)
	}
	if v := h.score("bounded").Values[0]; v != 0 {
		t.Errorf("%v are bounded at the end", v)
	}
	for _, solver := range h.Solver {
		if last := solver.Values[len(solver.Values)-1]; last > 1e-15 {
			t.Errorf("the truth drifts by %v", last)
		}
	}
}

// Sums over 12,345 frames are those of the frames themselves, and few are kept.
func TestClimateOfManyFrames(t *testing.T) {
	y := turning(1)
	const steps = 12345
	h := watched(t, y, steps, shift(1, 1), shift(0, 1))
	if n := h.Shown.Truth.Steps(); n > shownFrames || len(h.score("nrmse").Values) > shownFrames+200 {
		t.Errorf("%d frames are kept", n)
	}
	mean, deviation := h.Climate.profiles(truthBoth)
	for i := range mean { // each point has seen all of the wave about as often
		if math.Abs(mean[i]-3) > 1e-3 || math.Abs(deviation[i]-math.Sqrt(0.5)) > 1e-3 {
			t.Errorf("mean %v and deviation %v at point %d, want 3 and 0.7071", mean[i], deviation[i], i)
		}
	}
	d := h.Climate.difference([]int{forecastAll}, truthBoth)
	// The still forecast has no deviation over time, and its mean is the wave: both
	// are off by 1/√2, which is the standard deviation of all values.
	if d.W1 > 0.01 || math.Abs(d.Mean-1) > 1e-3 || math.Abs(d.Deviation-1) > 1e-3 || d.Spectrum > 1e-12 {
		t.Errorf("statistics differ by %+v", d)
	}
}

func TestHistogramsGrow(t *testing.T) {
	h := newHistograms(2, []float64{-1, 1})
	var a, b []float64
	for i := range 5000 {
		a = append(a, math.Tan(float64(i)*0.0003)) // up to 14
		b = append(b, 3-2*a[i])
		h.add(0, a[i])
		h.add(1, b[i])
	}
	slices.Sort(a)
	slices.Sort(b)
	var want float64
	for i := range a {
		want += math.Abs(a[i]-b[i]) / float64(len(a))
	}
	if got := h.w1([]int{0}, []int{1}); math.Abs(got-want) > h.width || h.width > 45./histogramBins*4 {
		t.Errorf("distance %v, want %v up to %v", got, want, h.width)
	}
	if got := h.w1([]int{0}, []int{0}); got != 0 {
		t.Errorf("distance from itself %v", got)
	}
	x, density := h.coarse([]int{0, 1}, 100)
	var total float64
	for _, d := range density {
		total += d * (x[1] - x[0])
	}
	if math.Abs(total-1) > 1e-12 || len(x) > 101 {
		t.Errorf("the density over %d bins adds up to %v", len(x), total)
	}
}

// A course in chunks is that of one forecast, for a predictor with a past.
func TestContinuedTakesThePastAlong(t *testing.T) {
	fibonacci := PredictFunc(func(from Start, n int) ([][]float64, error) {
		a, b := from.Past[0][0], from.State[0]
		var frames [][]float64
		for range n {
			a, b = b, math.Mod(a+b, 1000)
			frames = append(frames, []float64{b})
		}
		return frames, nil
	})
	from := Start{Past: [][]float64{{0}}, State: []float64{1}}
	want, _ := fibonacci(from, 350)
	t0 := 0
	for u, err := range Continued(fibonacci, from) {
		if err != nil || u[0] != want[t0][0] {
			t.Fatalf("frame %d is %v, want %v (%v)", t0, u[0], want[t0][0], err)
		}
		if t0++; t0 == len(want) {
			break
		}
	}
}

func TestWatchRefuses(t *testing.T) {
	y := turning(1)
	good := func(from Start) (Course, error) { return CourseOf(shift(1, 1), from), nil }
	broken := func(from Start) (Course, error) {
		return CourseOf(physics.StepFunc(func(_, _ []float64) error { return errors.New("out of paper") }), from), nil
	}
	short := func(Start) (Course, error) { return func(func([]float64, error) bool) {}, nil }
	lost := func(from Start) (Course, error) { return CourseOf(shift(1, math.NaN()), from), nil }
	for want, w := range map[string]Watching{
		"0 steps":              {Truth: y, Solver: good, Forecast: good},
		"no initial states":    {Truth: Truth{}, Steps: 1, Solver: good, Forecast: good},
		"truth: frame 0":       {Truth: y, Steps: 3, Solver: lost, Forecast: good},
		"out of paper":         {Truth: y, Steps: 3, Solver: good, Forecast: broken},
		"truth: 0 frames":      {Truth: y, Steps: 3, Solver: short, Forecast: good},
		"forecast has no more": {Truth: y, Steps: 3, Solver: good, Forecast: short},
	} {
		if _, err := Watch(t.Context(), w); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Watch(ended, Watching{Truth: y, Steps: 3, Solver: good, Forecast: good}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v after the end", err)
	}
}

// All pictures and tables can be drawn, also of a forecast that is lost at once.
func TestHealthIsShown(t *testing.T) {
	plane := Truth{Grid: physics.Grid{Points: []int{6, 4}, Extent: []float64{2, 1}}, Channels: []string{"u", "v"}, Dt: 1}
	plane.Starts = []Start{{State: noise(plane.Grid, 2)}}
	for name, h := range map[string]*Health{
		"line":    watched(t, turning(2), 500, shift(1, 1), shift(2, 1)),
		"plane":   watched(t, plane, 7, shift(2, 1), shift(4, 0.9)),
		"lost":    watched(t, turning(2), 20, shift(1, 1), shift(1, math.NaN())),
		"a frame": watched(t, plane, 1, shift(2, 1), shift(4, 0.9)),
	} {
		for _, f := range h.Figures() {
			if picture, err := f.Draw(); err != nil || len(picture) == 0 {
				t.Errorf("%s: %s: %v", name, f.Name, err)
			}
		}
		for _, table := range h.Tables("case", 1, "arithmetic") {
			for _, row := range table.Cells {
				if len(row) != len(table.Head) {
					t.Errorf("%s: a row of %d cells below %v", name, len(row), table.Head)
				}
				for i, c := range row {
					if strings.Contains(c.Text, "NaN") {
						t.Errorf("%s: %s is %s", name, table.Head[i], c.Text)
					}
				}
			}
		}
	}
}

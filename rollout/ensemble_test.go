package rollout

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/physics"
)

// line is a truth of S samples in one dimension, u = 1 + s + t at all points.
func line(samples, steps, points int) Truth {
	y := Truth{Grid: physics.Grid{Points: []int{points}, Extent: []float64{1}}, Channels: []string{"u"}, Dt: 0.5, Maker: "arithmetic"}
	for s := range samples {
		y.Starts = append(y.Starts, Start{State: slices.Repeat([]float64{float64(1 + s)}, points)})
		y.Frames = append(y.Frames, nil)
		for t := range steps {
			y.Frames[s] = append(y.Frames[s], slices.Repeat([]float64{float64(2 + s + t)}, points))
		}
	}
	return y
}

// breaking is a perfect forecast of line, but for value at a frame of a sample.
func breaking(sample, frame int, value float64) Predictor {
	return PredictFunc(func(from Start, n int) ([][]float64, error) {
		u0 := from.State
		states := line(1, n, len(u0)).Frames[0]
		for t := range states {
			for i := range states[t] {
				states[t][i] += u0[0] - 1
			}
		}
		if u0[0] == float64(1+sample) {
			states[frame][1] = value
		}
		return states, nil
	})
}

func TestForecastRecordsDivergence(t *testing.T) {
	truth := line(3, 4, 2)
	for _, value := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 101, -101} {
		e, err := Forecast("model", breaking(1, 2, value), truth, 100)
		if err != nil {
			t.Fatal(err)
		}
		if want := []int{4, 2, 4}; !slices.Equal(e.Bounded, want) {
			t.Errorf("value %v: bounded for %v frames, want %v", value, e.Bounded, want)
		}
		// frame 2 is the third, three Dt of 0.5 after the initial state
		if time, samples := e.Diverged(); time != 1.5 || samples != 1 {
			t.Errorf("value %v: %d samples diverged at %v, want 1 at 1.5", value, samples, time)
		}
	}
	e, err := Forecast("model", breaking(1, 2, -100), truth, 100)
	if time, samples := e.Diverged(); err != nil || time != 0 || samples != 0 {
		t.Errorf("a value on the bound diverged at %v: %v", time, err)
	}
}

// together is a Predictor that must not be asked for single samples.
type together struct{ t *testing.T }

func (p together) Predict(Start, int) ([][]float64, error) {
	p.t.Error("asked for a single sample")
	return nil, nil
}

func (together) PredictBatch(from []Start, n int) ([][][]float64, error) {
	return line(len(from), n, len(from[0].State)).Frames, nil
}

func TestForecastUsesTheBatchedForm(t *testing.T) {
	truth := line(3, 4, 2)
	e, err := Forecast("model", together{t}, truth, math.Inf(1))
	if err != nil {
		t.Fatal(err)
	}
	for s := range truth.Frames {
		for k := range truth.Frames[s] {
			if !slices.Equal(e.Forecast[s][k], truth.Frames[s][k]) {
				t.Errorf("sample %d frame %d is %v, want %v", s, k, e.Forecast[s][k], truth.Frames[s][k])
			}
		}
	}
}

func TestForecastRefuses(t *testing.T) {
	spoiled := line(2, 2, 2)
	spoiled.Frames[1][0][1] = math.NaN()
	short := PredictFunc(func(from Start, n int) ([][]float64, error) { return Persistence(from, n-1) })
	narrow := PredictFunc(func(from Start, n int) ([][]float64, error) { return Persistence(Start{State: from.State[1:]}, n) })
	broken := PredictFunc(func(Start, int) ([][]float64, error) { return nil, errors.New("out of paper") })
	still := PredictFunc(Persistence)
	for _, test := range []struct {
		p     Predictor
		truth Truth
		bound float64
		want  string
	}{
		{still, spoiled, 1, "truth: sample 1: frame 0: value 1 is NaN"},
		{still, line(1, 2, 2), 0, "bound = 0"},
		{still, line(1, 2, 2), math.NaN(), "bound = NaN"},
		{short, line(1, 2, 2), 1, "sample 0: 1 frames, want 2"},
		{narrow, line(1, 2, 2), 1, "frame 0: 1 values, want 2"},
		{broken, line(1, 2, 2), 1, "sample 0: out of paper"},
		{still, Truth{}, 1, "truth"},
	} {
		_, err := Forecast("model", test.p, test.truth, test.bound)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %q", err, test.want)
		}
	}
}

func TestStepsFeedsBack(t *testing.T) {
	double := physics.StepFunc(func(dst, u []float64) error {
		for i := range u {
			dst[i] = 2 * u[i]
		}
		return nil
	})
	states, err := Steps(double).Predict(Start{State: []float64{1, 3}}, 3)
	if err != nil || !slices.Equal(states[0], []float64{2, 6}) || !slices.Equal(states[2], []float64{8, 24}) {
		t.Errorf("states %v, error %v", states, err)
	}
}

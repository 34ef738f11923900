package rollout

import (
	"errors"
	"math"
	"testing"
)

func TestBaselines(t *testing.T) {
	candidates := []Candidate{
		{Name: "fine", Seconds: 8, Error: 0.01}, {Name: "middle", Seconds: 2, Error: 0.1},
		{Name: "coarse", Seconds: 0.5, Error: 0.4}, {Name: "unstable", Seconds: 0.1, Error: math.Inf(1)},
		{Name: "unmeasured", Error: 0}, {Name: "unknown", Seconds: math.NaN(), Error: math.NaN()},
	}
	// 1 is as far from 2 as from 0.5, as a ratio: the first counts
	for seconds, want := range map[float64]string{1: "middle", 0.9: "coarse", 100: "fine", 0.001: "unstable"} {
		if c, ok := EqualCost(candidates, seconds); !ok || c.Name != want {
			t.Errorf("equal to %v s is %q, want %q", seconds, c.Name, want)
		}
	}
	if _, ok := EqualCost(nil, 1); ok {
		t.Error("there is a candidate among none")
	}
	for _, test := range []struct {
		seconds, err float64
		want         string
	}{
		{1, 0.1, "2.0× middle"}, {1, 0.39, "2.0× middle"}, {0.25, 0.4, "2.0× coarse"}, {16, 0.05, "0.50× fine"},
		{1, 0.001, "none of the candidates"}, {1, math.Inf(1), "none of the candidates"}, {1, math.NaN(), "none of the candidates"},
		{0, 0.1, "none of the candidates"},
	} {
		if got := SpeedUp(candidates, test.seconds, test.err); got != test.want {
			t.Errorf("speed-up of %v s, error %v is %q, want %q", test.seconds, test.err, got, test.want)
		}
	}
}

func TestSecondsPerFrame(t *testing.T) {
	calls := 0
	p := PredictFunc(func(from Start, n int) ([][]float64, error) {
		calls++
		return Persistence(from, n)
	})
	seconds, err := SecondsPerFrame(p, Start{State: []float64{1}}, 10, 5)
	if err != nil || !(seconds >= 0) || calls != 6 { // five, and one to warm up
		t.Errorf("%v s after %d forecasts, error %v", seconds, calls, err)
	}
	failing := PredictFunc(func(Start, int) ([][]float64, error) { return nil, errors.New("out of paper") })
	if _, err := SecondsPerFrame(failing, Start{}, 1, 1); err == nil {
		t.Error("a failing forecast has a time")
	}
	if _, err := SecondsPerFrame(p, Start{}, 0, 1); err == nil {
		t.Error("no frames have a time")
	}
}

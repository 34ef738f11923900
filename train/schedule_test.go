package train

import (
	"math"
	"strings"
	"testing"

	"eddy/configs"
)

func TestScheduleValues(t *testing.T) {
	for _, test := range []struct {
		schedule    Schedule
		step, steps int
		want        float64
	}{
		{&Constant{Rate: 0.5}, 1, 10, 0.5},
		{&Constant{Rate: 0.5}, 10, 10, 0.5},
		{&WarmupCosine{Rate: 1, Warmup: 100, Final: 0.1}, 1, 300, 0.01},
		{&WarmupCosine{Rate: 1, Warmup: 100, Final: 0.1}, 50, 300, 0.5},
		{&WarmupCosine{Rate: 1, Warmup: 100, Final: 0.1}, 100, 300, 1},
		{&WarmupCosine{Rate: 1, Warmup: 100, Final: 0.1}, 150, 300, 0.1 + 0.9*(1+math.Sqrt2/2)/2}, // cos 45°
		{&WarmupCosine{Rate: 1, Warmup: 100, Final: 0.1}, 200, 300, 0.55},                         // half way down
		{&WarmupCosine{Rate: 1, Warmup: 100, Final: 0.1}, 300, 300, 0.1},
		{&WarmupCosine{Rate: 1, Warmup: 100, Final: 0.1}, 400, 300, 0.1}, // beyond the end
		{&WarmupCosine{Rate: 1}, 0, 2, 1},
		{&WarmupCosine{Rate: 1}, 1, 2, 0.5},
		{&WarmupCosine{Rate: 1}, 2, 2, 0},
		{&WarmupCosine{Rate: 1, Warmup: 5}, 5, 5, 1}, // nothing left to fall in
		{&Halving{Rate: 1, Every: 10, Factor: 0.5}, 1, 100, 1},
		{&Halving{Rate: 1, Every: 10, Factor: 0.5}, 10, 100, 1},
		{&Halving{Rate: 1, Every: 10, Factor: 0.5}, 11, 100, 0.5},
		{&Halving{Rate: 1, Every: 10, Factor: 0.1}, 31, 100, 1e-3},
	} {
		if got := test.schedule.At(test.step, test.steps); math.Abs(got-test.want) > 1e-15 {
			t.Errorf("%+v at step %d of %d: %v, want %v", test.schedule, test.step, test.steps, got, test.want)
		}
	}
}

// TestSchedulesArePositive asks every schedule for every step of short and long
// runs. Only the last rate may be zero.
func TestSchedulesArePositive(t *testing.T) {
	for _, kind := range configs.Kinds[Schedule]() {
		s, err := configs.New[Schedule](kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, steps := range []int{1, 2, 99, 100, 101, 5000} {
			for step := 1; step <= steps; step++ {
				if rate := s.At(step, steps); !finite(rate) || rate < 0 || rate == 0 && step < steps {
					t.Fatalf("%s: rate %v at step %d of %d", kind, rate, step, steps)
				}
			}
		}
	}
}

func TestScheduleCheck(t *testing.T) {
	err := configs.Parse("x", []byte("name: x\nschedule: {kind: warmup_cosine, rate: 1.0e-3, final: 2.0e-3}\n"), Default())
	if err == nil || !strings.Contains(err.Error(), "x:2:47: schedule.final: 0.002, want at most the highest rate 0.001") {
		t.Errorf("got %v", err)
	}
}

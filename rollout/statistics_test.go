package rollout

import (
	"math"
	"slices"
	"testing"
)

func TestStatistics(t *testing.T) {
	x := []float64{4, 1, 3, 2}
	for _, test := range []struct {
		name      string
		got, want float64
	}{
		{"mean", mean(x), 2.5},
		{"deviation", deviation(x), math.Sqrt(5. / 3)}, // squares 2.25 + 0.25 + 0.25 + 2.25 over 3
		{"median", median(x), 2.5},
		{"median of three", median(x[:3]), 3},
		{"quantile", quantile(x, 0.1), 1.3}, // a tenth of three steps after 1
		{"minimum", quantile(x, 0), 1},
		{"maximum", quantile(x, 1), 4},
		{"quantile beside infinity", quantile([]float64{1, math.Inf(1), 2}, 0.5), 2},
		{"quantile of infinities", quantile([]float64{math.Inf(1), math.Inf(1)}, 0.3), math.Inf(1)},
		{"mean with infinity", mean([]float64{1, math.Inf(1)}), math.Inf(1)},
	} {
		if !(math.Abs(test.got-test.want) < 1e-15 || test.got == test.want) {
			t.Errorf("%s is %v, want %v", test.name, test.got, test.want)
		}
	}
	for _, v := range []float64{mean(nil), median(nil), deviation(x[:1]), quantile([]float64{1, math.NaN()}, 0)} {
		if !math.IsNaN(v) {
			t.Errorf("what is not known is %v, want NaN", v)
		}
	}
}

// The standard error of the mean of n values is deviation·√((n−1)/n)/√n, and
// 95 % of a normal distribution are within 1.96 of it.
func TestBootstrapOfTheMean(t *testing.T) {
	x := make([]float64, 100)
	for i := range x {
		x[i] = float64(i)
	}
	statistic := func(samples []int) float64 {
		var sum float64
		for _, s := range samples {
			sum += x[s]
		}
		return sum / float64(len(samples))
	}
	interval := bootstrap(len(x), statistic)
	half := 1.96 * deviation(x) * math.Sqrt(0.99) / 10
	for i, want := range []float64{mean(x) - half, mean(x) + half} {
		if math.Abs(interval[i]-want) > 0.1*half { // 1000 resamples: some percent at the ends
			t.Errorf("interval %v, want ± %v about %v", interval, half, mean(x))
		}
	}
	if again := bootstrap(len(x), statistic); !slices.Equal(again, interval) {
		t.Errorf("second interval %v, first %v", again, interval)
	}
	if one := bootstrap(1, statistic); one != nil {
		t.Errorf("interval of one sample is %v", one)
	}
}

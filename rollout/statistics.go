package rollout

import (
	"math"
	"math/rand/v2"
	"slices"
)

// mean of nothing is NaN. One +Inf makes it +Inf.
func mean(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// deviation is the standard deviation of a sample, with n − 1 below the root.
// It is NaN for fewer than two values, or where one is not finite.
func deviation(x []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	var sum float64
	for m, i := mean(x), 0; i < len(x); i++ {
		sum += (x[i] - m) * (x[i] - m)
	}
	return math.Sqrt(sum / float64(len(x)-1))
}

// quantile interpolates linearly between the order statistics, as NumPy does
// by default. It is NaN where there is no value, or one is NaN.
func quantile(x []float64, q float64) float64 {
	if len(x) == 0 || slices.ContainsFunc(x, math.IsNaN) {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(x))
	at := q * float64(len(x)-1)
	low, part := int(at), at-math.Floor(at)
	if part == 0 || sorted[low] == sorted[low+1] {
		return sorted[low]
	}
	return sorted[low]*(1-part) + sorted[low+1]*part
}

func median(x []float64) float64 { return quantile(x, 0.5) }

// resamples is the number of bootstrap resamples: enough for the two ends of a
// 95 % interval to be steady in their second digit.
const resamples = 1000

// bootstrap returns the interval [2] from the 2.5th to the 97.5th percentile
// of a statistic of n samples, drawn with replacement. It is nil for fewer
// than two samples. The draws depend on n alone, so that all models are
// judged on the same resamples.
//
// Ref: Efron & Tibshirani, An Introduction to the Bootstrap (1993), ch. 13.
func bootstrap(n int, statistic func(samples []int) float64) []float64 {
	if n < 2 {
		return nil
	}
	rng := rand.New(rand.NewPCG(uint64(n), 0))
	drawn, values := make([]int, n), make([]float64, resamples)
	for i := range values {
		for j := range drawn {
			drawn[j] = rng.IntN(n)
		}
		values[i] = statistic(drawn)
	}
	return []float64{quantile(values, 0.025), quantile(values, 0.975)}
}

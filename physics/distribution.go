package physics

import (
	"math"

	"eddy/configs"
)

// Distribution is the law of a random number.
type Distribution interface {
	// Quantile returns the value that a share p of all draws are below, p from 0
	// to 1. So it turns uniform numbers into draws, and evenly spread ones
	// into draws that are spread as evenly.
	Quantile(p float64) float64
}

func init() {
	configs.Register("uniform", func() Distribution { return &Uniform{High: 1} })
	configs.Register("log_uniform", func() Distribution { return &LogUniform{} })
}

// Uniform has equally many draws in intervals of equal length.
type Uniform struct {
	Low  float64 `range:"(-inf,inf)" doc:"smallest value"`
	High float64 `range:"(-inf,inf)" doc:"largest value"`
}

// Check reports an empty interval.
func (l *Uniform) Check() error { return ordered(l.Low, l.High) }

// Quantile implements [Distribution].
func (l *Uniform) Quantile(p float64) float64 {
	return clamp(l.Low*(1-p)+l.High*p, l.Low, l.High)
}

// LogUniform has equally many draws in intervals of equal ratio, such as 0.01
// to 0.1 and 0.1 to 1.
type LogUniform struct {
	Low  float64 `range:"(0,inf)" doc:"smallest value"`
	High float64 `range:"(0,inf)" doc:"largest value"`
}

// Check reports an empty interval.
func (l *LogUniform) Check() error { return ordered(l.Low, l.High) }

// Quantile implements [Distribution].
func (l *LogUniform) Quantile(p float64) float64 {
	return clamp(l.Low*math.Exp(p*(math.Log(l.High)-math.Log(l.Low))), l.Low, l.High)
}

// Moments returns the mean and the standard deviation of a distribution, by the midpoint
// rule over its quantiles.
func Moments(l Distribution) (mean, std float64) {
	const n = 1 << 12
	for i := range n {
		mean += l.Quantile((float64(i)+0.5)/n) / n
	}
	for i := range n {
		d := l.Quantile((float64(i)+0.5)/n) - mean
		std += d * d / n
	}
	return mean, math.Sqrt(std)
}

// clamp leads a number back that rounding has led out of an interval.
func clamp(v, low, high float64) float64 { return min(max(v, low), high) }

func ordered(low, high float64) error {
	if low > high {
		return configs.At("high", "high = %v, want low = %v or more", high, low)
	}
	return nil
}

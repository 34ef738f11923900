package initial

import (
	"math"
	"math/cmplx"
)

func farthest(a, b []complex128) float64 {
	d := 0.0
	for i := range a {
		d = max(d, cmplx.Abs(a[i]-b[i]))
	}
	return d
}

func maxDistance(a, b []float64) float64 {
	d := 0.0
	for i := range a {
		d = max(d, math.Abs(a[i]-b[i]))
	}
	return d
}

func mean(u []float64) float64 {
	sum := 0.0
	for _, v := range u {
		sum += v
	}
	return sum / float64(len(u))
}

package physics

import (
	"math"

	"eddy/models/graph"
)

// Fornberg returns the weights of a derivative at 0 for values at some points.
//
// Ref: Fornberg, Math. Comp. 51 (1988) 699.
func Fornberg(order int, points []float64) []float64 {
	weights := make([][]float64, order+1) // of all derivatives up to that
	for m := range weights {
		weights[m] = make([]float64, len(points))
	}
	weights[0][0] = 1
	before := 1.0
	for n := 1; n < len(points); n++ {
		product := 1.0
		for v := range n {
			gap := points[n] - points[v]
			product *= gap
			for m := min(n, order); m >= 0; m-- {
				lower, last := 0.0, 0.0
				if m > 0 {
					lower, last = weights[m-1][v], weights[m-1][n-1]
				}
				if v == n-1 {
					weights[m][n] = before / product * (float64(m)*last - points[n-1]*weights[m][n-1])
				}
				weights[m][v] = (points[n]*weights[m][v] - float64(m)*lower) / gap
			}
		}
		before = product
	}
	return weights[order]
}

// slopes is the first derivative on n points a distance h apart, to an even
// order of accuracy: by central differences, which go around the ends of a
// periodic axis and turn one-sided at others.
func slopes(n, accuracy int, h float64, periodic bool) []graph.Tap {
	var taps []graph.Tap
	half := accuracy / 2
	for i := range n {
		low := i - half
		if !periodic {
			low = max(0, min(low, n-1-accuracy))
		}
		points := make([]float64, accuracy+1)
		for j := range points {
			points[j] = float64(low + j - i)
		}
		for j, w := range Fornberg(1, points) {
			if math.Abs(w) > 1e-14 {
				taps = append(taps, graph.Tap{To: i, From: (low + j + n) % n, Weight: w / h})
			}
		}
	}
	return taps
}

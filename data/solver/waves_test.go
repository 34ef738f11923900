package solver

import (
	"math"
	"math/cmplx"
	"math/rand/v2"

	"eddy/data/fourier"
	"eddy/physics"
)

// grids are even, odd, prime and mixed, in one to three dimensions.
var grids = []physics.Grid{
	{Points: []int{2}, Extent: []float64{1}},
	{Points: []int{16}, Extent: []float64{3}},
	{Points: []int{15}, Extent: []float64{2 * math.Pi}},
	{Points: []int{31}, Extent: []float64{2}},
	{Points: []int{8, 12}, Extent: []float64{1, 2}},
	{Points: []int{9, 7}, Extent: []float64{2, 1}},
	{Points: []int{6, 5, 8}, Extent: []float64{1, 3, 2}},
	{Points: []int{4, 6, 7}, Extent: []float64{1, 1, 1}},
}

// randomWaves returns a wave of each kind that a grid holds below N/2.
func randomWaves(g physics.Grid, seed uint64) []fourier.Wave {
	rng := rand.New(rand.NewPCG(seed, 0))
	var waves []fourier.Wave
	for _, k := range fourier.WaveNumbers(g.Dims(), 16) {
		if a := complex(rng.NormFloat64(), rng.NormFloat64()); fourier.Leading(k) >= 0 && fourier.Holds(g, k) {
			waves = append(waves, fourier.Wave{K: k, A: a})
		}
	}
	return waves
}

// at returns the value of waves, transformed by an operator, at a grid point.
func at(waves []fourier.Wave, o physics.Operator, g physics.Grid, point int) float64 {
	x := make([]float64, g.Dims())
	for axis := g.Dims() - 1; axis >= 0; axis-- {
		x[axis] = g.X(axis, point%g.Points[axis])
		point /= g.Points[axis]
	}
	sum := 0.0
	for _, w := range waves {
		k, phase, constant := make([]float64, len(w.K)), 0.0, true
		for axis, j := range w.K {
			k[axis] = 2 * math.Pi * float64(j) / g.Extent[axis]
			phase += k[axis] * x[axis]
			constant = constant && j == 0
		}
		if constant {
			w.A = complex(real(w.A)/2, 0)
		}
		sum += 2 * real(w.A*o.Symbol(k...)*cmplx.Exp(complex(0, phase)))
	}
	return sum
}

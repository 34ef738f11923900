package physics

import (
	"math"
	"slices"
	"testing"
)

// TestDifficulties computes by hand what APEBench's scenarios are on 160 points
// of a box of length 1 with frames of time 1.
func TestDifficulties(t *testing.T) {
	const n = 160.0
	for _, test := range []struct {
		name  string
		gamma []float64
		delta [3]float64
		dims  int
		want  Quadratic
	}{
		{"advection", []float64{0, -4}, [3]float64{}, 1, Quadratic{Coefficients: []float64{0, -4 / n}}},
		{"diffusion", []float64{0, 0, 4}, [3]float64{}, 1, Quadratic{Coefficients: []float64{0, 0, 4 / (2 * n * n)}}},
		{"dispersion", []float64{0, 0, 0, 4}, [3]float64{}, 1, Quadratic{Coefficients: []float64{0, 0, 0, 4 / (4 * n * n * n)}}},
		{"hyperdiffusion", []float64{0, 0, 0, 0, -4}, [3]float64{}, 1, Quadratic{Coefficients: []float64{0, 0, 0, 0, -4 / (8 * n * n * n * n)}}},
		{"burgers", []float64{0, 0, 1.5}, [3]float64{0, -1.5, 0}, 1,
			Quadratic{Coefficients: []float64{0, 0, 1.5 / (2 * n * n)}, Convection: -1.5 / n}},
		{"kdv", []float64{0, 0, 0, -14, -9}, [3]float64{0, -2, 0}, 1,
			Quadratic{Coefficients: []float64{0, 0, 0, -14 / (4 * n * n * n), -9 / (8 * n * n * n * n)}, Convection: -2 / n}},
		{"ks", []float64{0, 0, -1.2, 0, -15}, [3]float64{0, 0, -6}, 1,
			Quadratic{Coefficients: []float64{0, 0, -1.2 / (2 * n * n), 0, -15 / (8 * n * n * n * n)}, Slope: -6 / (n * n)}},
		{"ks_conservative", []float64{0, 0, -2, 0, -18}, [3]float64{0, -1, 0}, 1,
			Quadratic{Coefficients: []float64{0, 0, -2 / (2 * n * n), 0, -18 / (8 * n * n * n * n)}, Convection: -1 / n}},
		{"fisher_kpp", []float64{0.02, 0, 0.2}, [3]float64{-0.02, 0, 0}, 1,
			Quadratic{Coefficients: []float64{0.02, 0, 0.2 / (2 * n * n)}, Square: -0.02}},
		{"burgers in 3 dimensions", []float64{0, 0, 1.5}, [3]float64{0, -1.5, 0}, 3,
			Quadratic{Coefficients: []float64{0, 0, 1.5 / (3 * 2 * n * n)}, Convection: -1.5 / (3 * n)}},
	} {
		e := &Difficulty{Gamma: test.gamma, Delta: test.delta, Points: n, Largest: 1, Extent: 1, Dt: 1}
		got := e.normalized(test.dims).physical(test.dims)
		near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-15*math.Abs(b) }
		if !slices.EqualFunc(got.Coefficients, test.want.Coefficients, near) || !near(got.Square, test.want.Square) ||
			!near(got.Convection, test.want.Convection) || !near(got.Slope, test.want.Slope) {
			t.Errorf("%s: %v, want %v", test.name, *got, test.want)
		}
	}
}

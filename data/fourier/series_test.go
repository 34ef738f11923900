package fourier

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

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
func randomWaves(g physics.Grid, seed uint64) []Wave {
	rng := rand.New(rand.NewPCG(seed, 0))
	var waves []Wave
	for _, k := range WaveNumbers(g.Dims(), 16) {
		if a := complex(rng.NormFloat64(), rng.NormFloat64()); Leading(k) >= 0 && Holds(g, k) {
			waves = append(waves, Wave{k, a})
		}
	}
	return waves
}

// at returns the value of waves, transformed by an operator, at a grid point.
func at(waves []Wave, o physics.Operator, g physics.Grid, point int) float64 {
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

// The series of a sum of waves are these waves, and a symbol is exact on them.
func TestSpectralDerivatives(t *testing.T) {
	for _, g := range grids {
		s, err := NewSeries(g)
		if err != nil {
			t.Fatal(err)
		}
		waves := randomWaves(g, 3)
		u := s.Sum(waves)
		operators := []physics.Operator{{{Coef: 1}}, physics.Laplacian(g.Dims())}
		for axis := range g.Dims() {
			operators = append(operators, physics.Deriv(axis, 1), physics.Deriv(axis, 3).Mul(physics.Deriv(0, 1)))
		}
		for _, o := range operators {
			c := seriesOf(s, u)
			scale := 1.0
			for m, f := range s.Symbol(o) {
				c[m] *= f
				scale = max(scale, cmplx.Abs(f))
			}
			for i, v := range valuesOf(s, c) {
				// Rounding of values up to 10 or so, in up to 250 waves.
				if want := at(waves, o, g, i); math.Abs(v-want) > 1e-12*scale {
					t.Fatalf("%v: %v at point %d is %v, want %v", g.Points, o, i, v, want)
				}
			}
		}
	}
}

// At the mode N/2 a grid sees cos(kx): its first derivative is zero on the
// points, its second −k² of it.
func TestHighestWaveOfEvenGrid(t *testing.T) {
	for _, g := range []physics.Grid{grids[1], grids[4]} {
		s, err := NewSeries(g)
		if err != nil {
			t.Fatal(err)
		}
		for axis, n := range g.Points {
			inner := 1
			for _, p := range g.Points[axis+1:] {
				inner *= p
			}
			u := make([]float64, g.Size())
			for i := range u {
				u[i] = 1 - 2*float64(i/inner%n%2)
			}
			k := math.Pi * float64(n) / g.Extent[axis]
			for order, want := range []float64{1, 0, -k * k, 0, k * k * k * k} {
				c := seriesOf(s, u)
				for m, f := range s.Symbol(physics.Operator{derivTerm(axis, order)}) {
					c[m] *= f
				}
				got := valuesOf(s, c)
				for i := range u {
					if math.Abs(got[i]-want*u[i]) > 1e-13*max(1, math.Abs(want)) {
						t.Fatalf("axis %d of %v: derivative %d is %v of the wave, want %v", axis, g.Points, order, got[i]/u[i], want)
					}
				}
			}
		}
	}
}

func derivTerm(axis, order int) physics.Term {
	t := physics.Term{Coef: 1}
	t.Order[axis] = order
	return t
}

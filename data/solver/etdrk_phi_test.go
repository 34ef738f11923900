package solver

import (
	"math"
	"math/big"
	"math/cmplx"
	"testing"

	"eddy/physics"
)

// bigPhi sums Σ_n z^n/(n+k)! with 400 bits, enough for terms as large as
// exp(40) that cancel to exp(−40).
func bigPhi(k int, z complex128) complex128 {
	number := func(x float64) *big.Float { return big.NewFloat(x).SetPrec(400) }
	zr, zi := number(real(z)), number(imag(z))
	re, im := number(1), number(0) // the term
	for n := 1; n <= k; n++ {
		re.Quo(re, number(float64(n)))
	}
	sumRe, sumIm := number(0).Set(re), number(0)
	for n := 1; n < 300; n++ {
		a, b := number(0).Mul(re, zr), number(0).Mul(im, zi)
		c, d := number(0).Mul(re, zi), number(0).Mul(im, zr)
		re.Quo(a.Sub(a, b), number(float64(n+k)))
		im.Quo(c.Add(c, d), number(float64(n+k)))
		sumRe.Add(sumRe, re)
		sumIm.Add(sumIm, im)
	}
	x, _ := sumRe.Float64()
	y, _ := sumIm.Float64()
	return complex(x, y)
}

// φ is accurate to rounding everywhere: for tiny z, on both sides of |z| = 1,
// where the formula changes, and for stiff ones, real and imaginary.
func TestPhi(t *testing.T) {
	for _, r := range []float64{0, 1e-300, 1e-16, 1e-8, 1e-3, 0.1, 0.5, 0.99, 1, 1.01, 2, math.Pi, 2 * math.Pi, 10, 40} {
		for _, angle := range []float64{0, 0.5, 1, 1.5, 2} { // in units of π/2
			z := complex(r, 0) * cmplx.Rect(1, angle*math.Pi/2)
			got := physics.Phi(z)
			for k := range got {
				want := bigPhi(k, z)
				// 1/(k! max(1, |z|)) is the size of φ_k away from its zeros.
				size := max(cmplx.Abs(want), 1/(math.Gamma(float64(k+1))*max(1, r)))
				// A few units in the last place; exp has |z| of them, through
				// its argument.
				if e := cmplx.Abs(got[k]-want) / size; e > 2e-15*max(1, r) {
					t.Errorf("φ_%d(%v) = %v, want %v: error %.1e", k, z, got[k], want, e)
				}
			}
		}
	}
}

// The weights of a stage sum up to what an exponential method of order one
// needs: a constant N is integrated exactly, to exp(cz) u + c Δt φ_1(cz) N.
func TestTableausIntegrateConstants(t *testing.T) {
	for order, stages := range tableaus {
		for i, stage := range stages {
			if order == 0 {
				continue
			}
			for _, z := range []complex128{0, -0.3, -7, 0.4i, 5i, 2 - 3i} {
				sum := complex(0, 0)
				for _, w := range stage.weights {
					sum += w.of(physics.Phi(z/2), physics.Phi(z))
				}
				c := complex(stage.time, 0)
				if want := c * physics.Phi(c * z)[1]; cmplx.Abs(sum-want) > 1e-15*(1+cmplx.Abs(z)) {
					t.Errorf("order %d, stage %d: weights at z = %v sum up to %v, want %v", order, i, z, sum, want)
				}
			}
		}
	}
}

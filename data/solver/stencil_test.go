package solver

import (
	"math"
	"testing"
)

// A stencil is exact for polynomials of a degree less than its order of
// derivation plus that of accuracy.
func TestStencilsAreExact(t *testing.T) {
	for order := 1; order <= 4; order++ {
		for _, accuracy := range []int{2, 4} {
			const n, h = 15, 0.5
			s := newStencil(0, order, accuracy, h)
			for degree := range order + accuracy {
				u, want := make([]float64, n), make([]float64, n)
				for i := range u {
					x := float64(i-n/2) * h
					u[i], want[i] = math.Pow(x, float64(degree)), 1
					for d := range order {
						want[i] *= float64(degree - d)
					}
					if want[i] != 0 {
						want[i] *= math.Pow(x, float64(degree-order))
					}
				}
				got := make([]float64, n)
				s.apply(got, u, 1)
				if d := maxDistance(got[s.half():n-s.half()], want[s.half():n-s.half()]); d > 1e-8 {
					t.Errorf("∂^%d of x^%d with accuracy %d: error %.1e", order, degree, accuracy, d)
				}
			}
		}
	}
}

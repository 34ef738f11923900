package data

import (
	"fmt"
	"math"
	"testing"
)

// Every equation with nonlinear terms converges in time at the order of every
// method.
func TestETDRKOrder(t *testing.T) {
	for _, kind := range spectralKinds(t) {
		// A box so long that 32 points have no wave of a length below one: L is
		// then at most 50, not stiff at these steps, where all methods show
		// their order. Errors are far from the rounding errors, 1e-13.
		dt := 2.0
		if kind == "kdv" {
			dt = 0.2 // its convection is six times the others'
		}
		p := blank(t, kind, 32, 10*math.Pi, dt)
		if !isNonlinear(t, p) {
			continue
		}
		u := sample(p.Grid, func(x float64) float64 { return 0.3 + math.Sin(0.4*x) + 0.5*math.Cos(0.6*x) })
		truth := advance(t, solver(t, p, 4, 4096), u, 1)
		for order := 1; order < len(tableaus); order++ {
			t.Run(fmt.Sprintf("%s/%d", kind, order), func(t *testing.T) {
				var h, e []float64
				for _, substeps := range []int{16, 32, 64, 128, 256} {
					h = append(h, -math.Log(float64(substeps)))
					e = append(e, math.Log(maxDistance(advance(t, solver(t, p, order, substeps), u, 1), truth)))
				}
				got := slope(h, e)
				t.Logf("order %.3f, error %.1e to %.1e", got, math.Exp(e[0]), math.Exp(e[len(e)-1]))
				if math.Abs(got-float64(order)) > 0.1 {
					t.Errorf("order %.3f, want %d", got, order)
				}
			})
		}
	}
}

package solver

import (
	"fmt"
	"math"
	"testing"
)

// Every equation with nonlinear terms converges in time at the order of every
// method.
func TestETDRKOrder(t *testing.T) {
	every(t, func(t *testing.T, name string, s setting) {
		p := s.problem(t, name, s.points)
		u := s.start(p)
		truth := advance(t, solver(t, p, 4, 1024), u, 1)
		for order := 1; order < len(tableaus); order++ {
			t.Run(fmt.Sprint(order), func(t *testing.T) {
				var h, e []float64
				for _, substeps := range []int{12, 20, 32, 50, 80} { // errors are above those of rounding, 1e-13
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
	})
}

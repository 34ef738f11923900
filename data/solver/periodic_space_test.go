package solver

import (
	"math"
	"testing"
)

// Every equation converges in space faster than any power, to 1e-10: errors,
// against a grid that is much finer, fall as exp(−r N).
func TestSpectralConvergence(t *testing.T) {
	every(t, func(t *testing.T, name string, s setting) {
		grids, finest, end := []int{16, 24, 32, 48, 64, 96}, 192, s.dt/10
		if s.dims > 1 {
			grids, finest, end = []int{12, 16, 24, 32, 48}, 96, s.dt/40
		}
		solution := func(points int) []float64 {
			p := s.problem(t, name, points)
			p.Dt = end
			return advance(t, solver(t, p, 4, 3), s.start(p), 1)
		}
		truth := solution(finest)
		var n, e []float64
		for _, points := range grids {
			d := maxDistance(solution(points), s.coarsened(t, name, truth, finest, points))
			if d > 1e-13 { // above rounding
				n, e = append(n, float64(points)), append(e, math.Log(d))
			}
			if points == grids[len(grids)-1] && d > 1e-10 {
				t.Errorf("error %.1e on %d points", d, points)
			}
		}
		rate := -slope(n, e)
		t.Logf("%s: error falls as exp(−%.3f N) on %v points", name, rate, n)
		if len(n) < 4 || rate < 0.2 {
			t.Errorf("error falls as exp(−%.3f N) on %v points, want four grids and a rate above 0.2", rate, n)
		}
	})
}

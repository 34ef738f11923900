package solver

import (
	"math"
	"slices"
	"testing"

	"eddy/physics"
)

// PDEBench's diffusion and sorption from u = 0.1 until t = 100, at x = 0.05, 0.1
// and 0.2. The numbers are from another program and method: finite volumes of
// 100, 200 and 400 cells, the implicit SDIRK method of order 2 with up to 4000
// steps, extrapolated to no error; the last two extrapolations agree to 3e-7.
func TestDiffusionAndSorptionMeetOtherMethod(t *testing.T) {
	want := []float64{0.7917358, 0.5995427, 0.3098483}
	var h, e []float64
	for _, n := range []int{40, 60, 100, 140, 200} {
		p := between(defaults(t, "diffusion_sorption"), physics.Walls, []int{n + 1}, 1, 100,
			fixed(1), &physics.Robin{State: []float64{1}, Slope: []float64{5e-4}, Value: []float64{0}})
		u := advance(t, lined(t, p, 2, &RK4{}, 1200), slices.Repeat([]float64{0.1}, n+1), 1)
		got := []float64{u[n/20], u[n/10], u[n/5]}
		h, e = append(h, -math.Log(float64(n))), append(e, math.Log(maxDistance(got, want)))
	}
	order, last := slope(h, e), math.Exp(e[len(e)-1])
	t.Logf("order %.3f, error %.1e", order, last)
	if math.Abs(order-2) > 0.2 || last > 3e-5 {
		t.Errorf("order %.3f, error %.1e, want 2 and 3e-5", order, last)
	}
}

// PDEBench's diffusion and reaction in a square of length 2 whose walls nothing
// passes, until t = 1, in the corner (0, 0). The numbers are from another
// program and method: collocation of 48 × 48 cosines, RK4 with steps of 0.05;
// with 64 × 64 and half the steps they are the same to 1e-7.
func TestDiffusionAndReactionMeetOtherMethod(t *testing.T) {
	want := []float64{0.6735397, 0.7245462}
	var h, e []float64
	for _, n := range []int{25, 33, 49, 65, 97} {
		p := between(defaults(t, "fitzhugh_nagumo"), physics.Walls, []int{n, n}, 2, 1, sloped(0))
		u := make([]float64, p.Size())
		for i := range p.Grid.Size() {
			at := p.Grid.Index(i)
			x, y := p.Grid.X(0, at[0]), p.Grid.X(1, at[1])
			u[2*i] = math.Cos(math.Pi*x/2)*math.Cos(math.Pi*y) + 0.3*math.Cos(math.Pi*x)
			u[2*i+1] = 0.5 * math.Cos(math.Pi*y/2)
		}
		u = advance(t, lined(t, p, 2, &RK4{}, 100), u, 1)
		h, e = append(h, math.Log(p.Grid.Spacing(0))), append(e, math.Log(maxDistance(u[:2], want)))
	}
	order, last := slope(h, e), math.Exp(e[len(e)-1])
	t.Logf("order %.3f, error %.1e", order, last)
	if math.Abs(order-2) > 0.2 || last > 1e-5 {
		t.Errorf("order %.3f, error %.1e, want 2 and 1e-5", order, last)
	}
}

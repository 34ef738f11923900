package solver

import (
	"math"
	"slices"
	"testing"

	"eddy/data/npy"
	"eddy/physics"
)

// u_t + u u_x = (0.01/π) u_xx on (−1, 1) from −sin πx, between walls that hold
// u at 0, as computed by others with Chebyshev polynomials: 100 frames up to
// t = 0.99 on 256 points. A front 0.006 wide stands at x = 0 from t = 0.4 on.
// See ../testdata/README.md.
func TestBurgersMeetsShockOfOthers(t *testing.T) {
	const points, refined, frames = 256, 4, 100
	a, err := npy.Open("../testdata/burgers_shock.npz", "u")
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{1, frames, points}; !slices.Equal(a.Shape, want) {
		t.Fatalf("the file has the shape %v, want %v", a.Shape, want)
	}
	others := make([]float64, frames*points)
	if err := a.Read(others, 0); err != nil {
		t.Fatal(err)
	}
	for _, order := range []int{2, 4} {
		p := between(&physics.Burgers{Convection: 1, Viscosity: 0.01 / math.Pi}, physics.Walls, []int{(points-1)*refined + 1}, 2, 0.01, fixed(0))
		u := sample(p.Grid, func(x float64) float64 { return math.Sin(math.Pi * x) }) // −sin π(x − 1)
		s := lined(t, p, order, rkc2(), 10)
		var difference, size float64
		for frame := range frames {
			if frame > 0 {
				u = advance(t, s, u, 1)
			}
			for i, v := range others[frame*points : (frame+1)*points] {
				difference += squared(u[i*refined] - v)
				size += squared(v)
			}
		}
		r := math.Sqrt(difference / size)
		t.Logf("order %d: relative L2 %.2e", order, r)
		if want := map[int]float64{2: 5e-4, 4: 5e-5}[order]; r > want {
			t.Errorf("order %d: relative L2 %.2e, want at most %.0e", order, r, want)
		}
	}
}

package initial

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/physics"
)

// closedMatern is Matérn's covariance for ν = ½, 1½ and 2½.
func closedMatern(f *Matern, r float64) float64 {
	x := math.Sqrt(2*f.Nu) / f.Length * r
	polynomial := 1.0
	switch f.Nu {
	case 1.5:
		polynomial += x
	case 2.5:
		polynomial += x + x*x/3
	}
	return f.Sigma * f.Sigma * polynomial * math.Exp(-x)
}

// On a periodic box the covariance is that of all images together.
func TestMaternCovariance(t *testing.T) {
	for _, test := range []struct {
		nu        float64
		g         physics.Grid
		tolerance float64 // the variance of the waves that the grid lacks
	}{
		{0.5, physics.Grid{Points: []int{1 << 14}, Extent: []float64{1.5}}, 1e-3},
		{1.5, physics.Grid{Points: []int{4096}, Extent: []float64{1.5}}, 1e-8},
		{1.5, physics.Grid{Points: []int{256, 256}, Extent: []float64{1, 1.5}}, 1e-4},
		{2.5, physics.Grid{Points: []int{64, 64, 64}, Extent: []float64{1, 1.2, 1.5}}, 1e-4},
	} {
		f := &Matern{Nu: test.nu, Length: 0.3, Sigma: 2}
		extent := test.g.Extent
		for _, points := range []int{0, test.g.Points[0] / 4} {
			distance := float64(points) * test.g.Spacing(0)
			want := 0.0
			for _, n := range wavesBetween([]int{-20, -20, -20}[:len(extent)], []int{20, 20, 20}[:len(extent)]) {
				r := 0.0
				for axis, l := range extent {
					image := l * float64(n[axis])
					if axis == 0 {
						image += distance
					}
					r = math.Hypot(r, image)
				}
				want += closedMatern(f, r)
			}
			got := f.spectrum(len(extent)).covariance(test.g, 0, points*test.g.Size()/test.g.Points[0])
			if math.Abs(got-want) > test.tolerance*want {
				t.Errorf("ν = %v in %d dimensions: covariance %.8f at %.2f, want %.8f", test.nu, len(extent), got, distance, want)
			}
		}
	}
}

// Values have the variance σ² far from a wall, and 2σ² on it, where the field
// and its reflection are one.
func TestMaternVariance(t *testing.T) {
	f := &Matern{Nu: 1.5, Length: 0.1, Sigma: 3}
	g := physics.Grid{Points: []int{41}, Extent: []float64{1}, Boundary: physics.Walls}
	const draws = 4000
	var wall, middle float64
	for seed := range uint64(draws) {
		u := make([]float64, 41)
		if err := f.Draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
			t.Fatal(err)
		}
		wall, middle = wall+u[0]*u[0]/draws, middle+u[20]*u[20]/draws
	}
	// The standard deviation of a variance is √(2/4000) = 2.2 %.
	if math.Abs(wall/18-1) > 0.08 || math.Abs(middle/9-1) > 0.08 {
		t.Errorf("variances %.2f on the wall and %.2f in the middle, want 18 and 9", wall, middle)
	}
}

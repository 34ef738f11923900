package data

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Every distribution draws the same field on any grid from equal generators,
// up to waves that a grid cannot hold, and other fields from others.
func TestInitialDoesNotDependOnResolution(t *testing.T) {
	for _, kind := range configs.Kinds[physics.Initial]() {
		for dims := 1; dims <= 2; dims++ {
			initial, err := configs.New[physics.Initial](kind)
			if err != nil {
				t.Fatal(err)
			}
			if g, ok := initial.(*GRF); ok {
				g.Alpha = 20 // so smooth that 16 points hold all of it
			}
			on := func(points int, seed uint64) []float64 {
				g := physics.Grid{Points: []int{points, points}[:dims], Extent: []float64{1, 2}[:dims]}
				u := make([]float64, 2*g.Size())
				if err := initial.Draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
					t.Fatalf("%s: %v", kind, err)
				}
				return u
			}
			coarse := physics.Grid{Points: []int{16, 16}[:dims], Extent: []float64{1, 2}[:dims]}
			want := on(16, 1)
			size := maxDistance(want, make([]float64, len(want)))
			for _, points := range []int{32, 48} {
				fine, step, got := on(points, 1), points/16, []float64{}
				for i := range coarse.Size() {
					j := 0
					for _, k := range coarse.Index(i) {
						j = j*points + k*step
					}
					got = append(got, fine[2*j:2*j+2]...)
				}
				if d := maxDistance(got, want); d > 1e-12*size {
					t.Errorf("%s on %d points: differs by %.1e from 16", kind, points, d/size)
				}
			}
			if slices.Equal(on(16, 2), want) || !slices.Equal(on(16, 1), want) {
				t.Errorf("%s: states do not follow the generator", kind)
			}
		}
	}
}

// The channels of a state are drawn independently.
func TestInitialChannels(t *testing.T) {
	for _, kind := range configs.Kinds[physics.Initial]() {
		initial, err := configs.New[physics.Initial](kind)
		if err != nil {
			t.Fatal(err)
		}
		g := physics.Grid{Points: []int{32}, Extent: []float64{1}}
		const draws = 2000
		var uu, uv, vv float64
		for seed := range uint64(draws) {
			s := make([]float64, 64)
			if err := initial.Draw(s, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
				t.Fatal(err)
			}
			u, v := s[0], s[1]
			uu, uv, vv = uu+u*u, uv+u*v, vv+v*v
		}
		// The standard deviation of a correlation of 0 is 1/√2000 = 0.022.
		if c := uv / math.Sqrt(uu*vv); math.Abs(c) > 0.08 {
			t.Errorf("%s: correlation %.3f of two channels", kind, c)
		}
		if r := uu / vv; r < 0.8 || r > 1.25 {
			t.Errorf("%s: channels have variances in the ratio %.2f", kind, r)
		}
	}
}

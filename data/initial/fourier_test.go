package initial

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/data/fourier"
	"eddy/physics"
)

// On the 160 points of APEBench max|u| is 1 on the grid itself, the mean is 0,
// and there are the five longest waves alone.
func TestFourierOfAPEBench(t *testing.T) {
	g := physics.Grid{Points: []int{160}, Extent: []float64{1}}
	f := &Fourier{Cutoff: 5, MaxAbs: 1}
	for seed := range uint64(20) {
		u := make([]float64, 160)
		if err := f.Draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
			t.Fatal(err)
		}
		if m := maxDistance(u, make([]float64, 160)); math.Abs(m-1) > 1e-15 {
			t.Errorf("max|u| = %v, want 1", m)
		}
		s, err := fourier.NewSeries(g)
		if err != nil {
			t.Fatal(err)
		}
		c := make([]complex128, s.Modes)
		s.Coefficients(c, u)
		c[1], c[2], c[3], c[4], c[5] = 0, 0, 0, 0, 0
		if d := farthest(c, make([]complex128, 81)); d > 1e-15 {
			t.Errorf("a wave of amplitude %.1e beside the first five", d)
		}
	}
}

// Before scaling every wave contributes ⟨a²⟩/2 = 1/6 to the mean square, and
// the mean Offset²/3.
func TestFourierMeanSquare(t *testing.T) {
	for _, test := range []struct {
		points []int
		waves  float64
	}{
		{[]int{12}, 5},
		{[]int{12, 11}, 11*6 - 1}, // −5 … 5 and 0 … 5, but not 0
		{[]int{11, 11, 11}, 11*11*6 - 1},
	} {
		g := physics.Grid{Points: test.points, Extent: []float64{1, 2, 3}[:len(test.points)]}
		f := &Fourier{Cutoff: 5, Offset: 2}
		const draws = 1000
		var squares, means float64
		for seed := range uint64(draws) {
			u := make([]float64, g.Size())
			if err := f.Draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
				t.Fatal(err)
			}
			m := mean(u)
			for _, v := range u {
				squares += (v - m) * (v - m) / float64(len(u)*draws)
			}
			means += m * m / draws
		}
		// Standard deviations: √(4/5)/√(1000·5) = 1.3 % for 5 waves, whose a²
		// has mean 1/3 and variance 4/45; and √(4/5)/√1000 = 2.8 %.
		if want := test.waves / 6; math.Abs(squares/want-1) > 0.05 {
			t.Errorf("%v: mean square %.3f, want %.3f", test.points, squares, want)
		}
		if want := 4.0 / 3; math.Abs(means/want-1) > 0.1 {
			t.Errorf("%v: mean square of the means %.3f, want %.3f", test.points, means, want)
		}
	}
}

func TestFourierRefuses(t *testing.T) {
	f := &Fourier{Cutoff: 5}
	rng := rand.New(rand.NewPCG(1, 1))
	if f.Draw(make([]float64, 10), physics.Grid{Points: []int{10}, Extent: []float64{1}}, rng) == nil {
		t.Error("10 points hold no more than 4 waves: want an error")
	}
	if f.Draw(make([]float64, 17), physics.Grid{Points: []int{16}, Extent: []float64{1}}, rng) == nil {
		t.Error("17 numbers on 16 points: want an error")
	}
}

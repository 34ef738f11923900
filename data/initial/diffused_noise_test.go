package initial

import (
	"math"
	"testing"

	"eddy/physics"
)

// Noise that has diffused for the time t has the covariance σ² exp(−r²/8Dt),
// where that is far shorter than the box.
func TestDiffusedNoiseCovariance(t *testing.T) {
	f := &DiffusedNoise{Diffusion: 0.001, Sigma: 2}
	for _, extent := range [][]float64{{1}, {1, 1.5}} {
		g := gridOf(48, extent, physics.Periodic)
		λ, err := f.spectrum(g)
		if err != nil {
			t.Fatal(err)
		}
		next := g.Size() / 48
		r := g.Spacing(0)
		if v := λ.covariance(g, 0, 0); math.Abs(v-4) > 1e-5 {
			t.Errorf("%v: variance %.7f, want 4", extent, v)
		}
		if c, want := λ.covariance(g, 0, next), 4*math.Exp(-r*r/0.008); math.Abs(c-want) > 1e-5 {
			t.Errorf("%v: covariance %.7f of neighbours, want %.7f", extent, c, want)
		}
	}
}

// Values have the variance σ² on average over any box, with and without mean.
func TestDiffusedNoiseVariance(t *testing.T) {
	for _, b := range []physics.Boundary{physics.Periodic, physics.Cells} {
		for _, zero := range []bool{false, true} {
			f, g := &DiffusedNoise{Diffusion: 0.01, Sigma: 2, ZeroMean: zero}, gridOf(20, box12, b)
			λ, err := f.spectrum(g)
			if err != nil {
				t.Fatal(err)
			}
			variance := 0.0
			for i := range g.Size() {
				variance += λ.covariance(g, i, i) / float64(g.Size())
			}
			if math.Abs(variance-4) > 1e-5 {
				t.Errorf("%v, zero mean %v: variance %.7f, want 4", b, zero, variance)
			}
		}
	}
}

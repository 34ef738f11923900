package data

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/physics"
)

// covariance is that of the doc comment between a point and another at a
// distance along the first axis, of the waves that the grid holds.
func (f *GRF) covariance(g physics.Grid, distance float64) float64 {
	volume, sum := 1.0, 0.0
	for _, l := range g.Extent {
		volume *= l
	}
	for _, k := range box(g.Dims(), (g.Points[0]-1)/2) {
		k2 := 0.0
		for axis, j := range k {
			k2 += math.Pow(2*math.Pi*float64(j)/g.Extent[axis], 2)
		}
		lambda := f.Sigma * f.Sigma / math.Pow(k2+f.Tau*f.Tau, f.Alpha)
		if k[g.Dims()-1] > 0 {
			lambda *= 2 // the conjugate wave
		}
		sum += lambda / volume * math.Cos(2*math.Pi*float64(k[0])/g.Extent[0]*distance)
	}
	return sum
}

// Variance and covariance are the formula's, on boxes of different size and in
// several dimensions.
func TestGRFCovariance(t *testing.T) {
	fno := &GRF{Sigma: 25, Tau: 5, Alpha: 2}
	for _, test := range []struct {
		f *GRF
		g physics.Grid
	}{
		{fno, physics.Grid{Points: []int{32}, Extent: []float64{1}}},
		{&GRF{Sigma: 1, Tau: 1, Alpha: 1}, physics.Grid{Points: []int{31}, Extent: []float64{7}}},
		{&GRF{Sigma: 3, Tau: 2, Alpha: 2.5}, physics.Grid{Points: []int{12, 12}, Extent: []float64{1, 3}}},
		{&GRF{Sigma: 3, Tau: 2, Alpha: 3}, physics.Grid{Points: []int{7, 7, 7}, Extent: []float64{1, 3, 2}}},
	} {
		const draws = 6000
		inner := test.g.Size() / test.g.Points[0]
		var variance, covariance float64
		for seed := range uint64(draws) {
			u := make([]float64, test.g.Size())
			if err := test.f.Draw(u, test.g, rand.New(rand.NewPCG(seed, 0))); err != nil {
				t.Fatal(err)
			}
			variance += u[0] * u[0] / draws
			covariance += u[0] * u[3*inner] / draws // three points further
		}
		// The standard deviation of a variance is √(2/6000) = 1.8 %, that of a
		// covariance not more of the variance.
		want := test.f.covariance(test.g, 0)
		if math.Abs(variance/want-1) > 0.06 {
			t.Errorf("%v: variance %.4g, want %.4g", test.g, variance, want)
		}
		if c := test.f.covariance(test.g, 3*test.g.Spacing(0)); math.Abs(covariance-c) > 0.06*want {
			t.Errorf("%v: covariance %.4g, want %.4g", test.g, covariance, c)
		}
	}
	// N(0, 625(−Δ + 25)^−2) has the closed form σ²(coth(τ/2)/4τ³ + 1/8τ² sinh²(τ/2))
	// as variance on the unit circle, 1.3523, without any waves cut off.
	tau := 5.0
	closed := 625 * (1/math.Tanh(tau/2)/(4*tau*tau*tau) + 1/(8*tau*tau*math.Pow(math.Sinh(tau/2), 2)))
	if v := fno.covariance(physics.Grid{Points: []int{2001}, Extent: []float64{1}}, 0); math.Abs(v/closed-1) > 1e-6 {
		t.Errorf("variance %.6f, want %.6f", v, closed)
	}
}

func TestGRFMean(t *testing.T) {
	g := physics.Grid{Points: []int{32}, Extent: []float64{1}}
	var square float64
	for seed := range uint64(2000) {
		for _, zero := range []bool{false, true} {
			u := make([]float64, 32)
			f := &GRF{Sigma: 25, Tau: 5, Alpha: 2, ZeroMean: zero}
			if err := f.Draw(u, g, rand.New(rand.NewPCG(seed, 0))); err != nil {
				t.Fatal(err)
			}
			if m := mean(u); !zero {
				square += m * m / 2000
			} else if math.Abs(m) > 1e-15 {
				t.Fatalf("mean %v, want 0", m)
			}
		}
	}
	// λ_0 = 25² / 25² = 1, with a standard deviation of √(2/2000) = 3.2 %.
	if math.Abs(square-1) > 0.1 {
		t.Errorf("variance of the mean %.3f, want 1", square)
	}
}

func TestGRFRefuses(t *testing.T) {
	g := physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 1}}
	for _, f := range []*GRF{{Sigma: 1, Tau: 1, Alpha: 1}, {Sigma: 1, Tau: 0, Alpha: 2}} {
		if f.Draw(make([]float64, 64), g, rand.New(rand.NewPCG(1, 1))) == nil {
			t.Errorf("%+v: infinite variance, want an error", f)
		}
	}
}

package initial

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/physics"
)

// N(0, 625(−Δ + 25)^−2) has the closed form σ²(coth(τ/2)/4τ³ + 1/8τ² sinh²(τ/2))
// as variance on the unit circle, 1.3523.
func TestGRFVariance(t *testing.T) {
	tau, g := 5.0, physics.Grid{Points: []int{2001}, Extent: []float64{1}}
	want := 625 * (1/math.Tanh(tau/2)/(4*tau*tau*tau) + 1/(8*tau*tau*math.Pow(math.Sinh(tau/2), 2)))
	if v := spectrum((&GRF{Sigma: 25, Tau: 5, Alpha: 2}).density).covariance(g, 0, 0); math.Abs(v/want-1) > 1e-6 {
		t.Errorf("variance %.6f, want %.6f", v, want)
	}
}

// The settings of the doc comment are the laws of the FNO paper and programs,
// each a prefactor, what is added to −Δ, and a power.
func TestGRFOfFNO(t *testing.T) {
	for _, test := range []struct {
		f                    *GRF
		factor, shift, power float64
	}{
		{&GRF{Sigma: 25, Tau: 5, Alpha: 2}, 625, 25, -2},
		{&GRF{Sigma: 49, Tau: 7, Alpha: 2.5}, math.Pow(7, 4), 49, -2.5},
		{&GRF{Sigma: 4.3035, Tau: 7, Alpha: 2.5}, math.Pow(7, 1.5), 49, -2.5},
		{&GRF{Sigma: 18.520, Tau: 7, Alpha: 2.5}, math.Pow(7, 3), 49, -2.5},
		{&GRF{Sigma: 1, Tau: 3, Alpha: 2}, 1, 9, -2},
		{&GRF{Sigma: 3, Tau: 3, Alpha: 2}, 9, 9, -2},
	} {
		for _, k2 := range []float64{0, 1, 39.5, 1e4} {
			want := test.factor * math.Pow(k2+test.shift, test.power)
			if got := test.f.density(k2); math.Abs(got/want-1) > 1e-4 { // Sigma has five digits
				t.Errorf("%+v: λ(%g) = %g, want %g", test.f, k2, got, want)
			}
		}
	}
}

func TestGRFMean(t *testing.T) {
	for _, b := range []physics.Boundary{physics.Periodic, physics.Cells} {
		g := physics.Grid{Points: []int{32}, Extent: []float64{1}, Boundary: b}
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
				} else if math.Abs(m) > 1e-14 {
					t.Fatalf("mean %v, want 0", m)
				}
			}
		}
		// λ_0 = 25² / 25² = 1, with a standard deviation of √(2/2000) = 3.2 %.
		if math.Abs(square-1) > 0.1 {
			t.Errorf("%v: variance of the mean %.3f, want 1", b, square)
		}
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

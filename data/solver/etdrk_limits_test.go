package solver

import (
	"math"
	"testing"

	"eddy/data/fourier"
	"eddy/physics"
)

// Equations that become equal where a coefficient is zero have equal
// solutions.
func TestLimits(t *testing.T) {
	for _, test := range []struct {
		name string
		a, b physics.Equation
	}{
		{"KdV without dispersion is Burgers", &physics.KdV{Convection: 1, Viscosity: 0.1}, &physics.Burgers{Convection: 1, Viscosity: 0.1}},
		{"Burgers without convection is diffusion", &physics.Burgers{Viscosity: 0.1}, &physics.Diffusion{Diffusivity: 0.1}},
		{"KdV without convection is dispersion", &physics.KdV{Dispersivity: 0.2}, &physics.Dispersion{Dispersivity: -0.2}},
		{"KdV with hyper-diffusivity alone is hyper-diffusion", &physics.KdV{HyperDiffusivity: 0.3}, &physics.HyperDiffusion{HyperDiffusivity: 0.3}},
		{"conservative KS with viscosity alone is Burgers", &physics.KSConservative{Convection: 1, AntiDiffusivity: -0.1}, &physics.Burgers{Convection: 1, Viscosity: 0.1}},
		{"KS with viscosity alone is diffusion", &physics.KS{AntiDiffusivity: -0.1}, &physics.Diffusion{Diffusivity: 0.1}},
	} {
		for order := 1; order <= 4; order++ {
			p, q := of(test.a, 48, 2*math.Pi, 0.1), of(test.b, 48, 2*math.Pi, 0.1)
			u := draw(t, p, 1)
			got, want := advance(t, solver(t, p, order, 5), u, 4), advance(t, solver(t, q, order, 5), u, 4)
			if d := maxDistance(got, want); d > 1e-14 {
				t.Errorf("%s, order %d: they differ by %.1e", test.name, order, d)
			}
		}
	}
}

// The slope of a solution of KS is a solution of the conservative form.
func TestSlopeOfKS(t *testing.T) {
	p := blank(t, "ks", 96, 32, 0.25)
	s, err := fourier.NewSeries(p.Grid)
	if err != nil {
		t.Fatal(err)
	}
	slope := func(u []float64) []float64 {
		c := seriesOf(s, u)
		for m, f := range s.Symbol(physics.Deriv(0, 1)) {
			c[m] *= f
		}
		return valuesOf(s, c)
	}
	u := draw(t, p, 1)
	for order := 1; order <= 4; order++ {
		got := slope(advance(t, solver(t, p, order, 20), u, 8))
		want := advance(t, solver(t, blank(t, "ks_conservative", 96, 32, 0.25), order, 20), slope(u), 8)
		if d := maxDistance(got, want); d > 1e-12 {
			t.Errorf("order %d: the slope differs by %.1e", order, d)
		}
	}
}

// Taking the mean out of the frames of KS changes nothing else, and is
// refused where it would.
func TestZeroMean(t *testing.T) {
	p := blank(t, "ks", 64, 32, 0.5)
	p.Solver.Value = &ETDRK{Order: 4, Substeps: 10, Bound: 1e4}
	z := &ZeroMean{p.Solver}
	without, err := z.Stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	u := draw(t, p, 1)
	a, b := advance(t, solver(t, p, 4, 10), u, 20), advance(t, without, u, 20)
	drift := mean(a)
	for i := range a {
		a[i] -= drift
	}
	if drift > -0.1 || math.Abs(mean(b)) > 1e-15 {
		t.Errorf("means %v and %v, want one that has fallen and 0", drift, mean(b))
	}
	if d := maxDistance(a, b); d > 1e-12 {
		t.Errorf("states differ by %.1e beside their means", d)
	}
	if _, err := z.Stepper(blank(t, "burgers", 64, 32, 0.5)); err == nil {
		t.Error("Burgers depends on the mean, and was not refused")
	}
	if n := len(z.Coarse()); n != 4 { // 10, 5, 2 and 1 substeps
		t.Errorf("%d coarse versions, want 4", n)
	}
}

func mean(u []float64) float64 {
	sum := 0.0
	for _, v := range u {
		sum += v
	}
	return sum / float64(len(u))
}

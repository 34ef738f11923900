package physics_test

import (
	"math"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// TestWeakOfOneMode: a wave of the residual is multiplied by the mean of a test
// function over the wave.
func TestWeakOfOneMode(t *testing.T) {
	g := physics.Grid{Points: []int{16}, Extent: []float64{2}}
	p := of("diffusion", &physics.Diffusion{}, g, 0.5) // r = (u₁ − u₀)/Δt
	for _, k := range []int{0, 1, 3, 8} {
		l := &physics.Weak{Radius: 2, Accuracy: 2, Time: configs.Of[physics.Scheme]{Value: &physics.CrankNicolson{}}}
		u := wave(g, [3]int{k})
		squares := 0.0
		for _, v := range u {
			squares += v * v / 16
		}
		got, _ := lawOf(t, l, p, [][]float64{make([]float64, 16), u})
		// w(0) = 1 and w(½) = ⅛ · 5/2 = 5/16.
		mean := (1 + 2*5./16*math.Cos(2*math.Pi*float64(k)/16)) / (1 + 2*5./16)
		if want := 4 * squares * mean * mean; math.Abs(got-want) > 1e-13 {
			t.Errorf("%d waves: %v, want %v", k, got, want)
		}
	}
}

// TestWeakOrder: the weak residual of exact solutions falls by the order of the
// scheme and of the differences.
func TestWeakOrder(t *testing.T) {
	weak := func(s physics.Scheme) *physics.Weak {
		return &physics.Weak{Radius: 3, Accuracy: 2, Time: configs.Of[physics.Scheme]{Value: s}}
	}
	orderInTime(t, "weak", 2, []float64{0.02, 0.01, 0.005, 0.0025}, func(dt float64) float64 {
		return residualOf(t, weak(&physics.CrankNicolson{}), coleHopf(64, dt), 2)
	})
	var hs, errs []float64
	for _, n := range []int{14, 20, 28, 40} {
		s := heat(physics.Cells, n, 1e-3)
		hs, errs = append(hs, s.problem.Grid.Spacing(0)), append(errs, residualOf(t, weak(&physics.CrankNicolson{}), s, 1))
	}
	if p := slope(hs, errs); math.Abs(p-2) > 0.25 {
		t.Errorf("residuals %.2e for h = %.3f, order %.2f, want 2", errs, hs, p)
	}
}

// TestVariationalRefuses equations that have no energy.
func TestVariationalRefuses(t *testing.T) {
	if err := (&physics.Variational{}).Init(coleHopf(8, 0.1).problem); err == nil {
		t.Error("Burgers' equation has no energy that its solution makes smallest")
	}
}

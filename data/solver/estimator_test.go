package solver

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// TestEstimatorSeesErrors: the estimated error of one step is between half and
// twice the true one, for smooth errors and for waves of all lengths, down to
// what a scheme itself leaves of a solution.
func TestEstimatorSeesErrors(t *testing.T) {
	green := physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: "navier_stokes", Value: &physics.NavierStokes{Viscosity: 0.02}},
		Grid:     physics.Grid{Points: []int{32, 32}, Extent: []float64{2 * math.Pi, 2 * math.Pi}}, Dt: 0.05,
	}
	flame := physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: "ks_conservative", Value: &physics.KSConservative{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1}},
		Grid:     physics.Grid{Points: []int{128}, Extent: []float64{60}}, Dt: 0.2,
	}
	vortex := make([]float64, green.Grid.Size())
	for i := range vortex {
		j := green.Grid.Index(i)
		vortex[i] = 2 * math.Sin(green.Grid.X(0, j[0])) * math.Sin(green.Grid.X(1, j[1]))
	}
	wavy := make([]float64, flame.Grid.Size())
	for i := range wavy {
		x := 2 * math.Pi * float64(i) / 128
		wavy[i] = math.Cos(3*x) + math.Sin(5*x+1) + 0.5*math.Cos(8*x)
	}
	for _, c := range []struct {
		problem physics.Problem
		state   []float64
		warmup  int
		scheme  physics.Inverting
		sizes   []float64 // of errors, relative to the state
	}{
		{green, vortex, 0, &physics.CrankNicolson{}, []float64{0.1, 1e-2, 1e-3, 1e-4}},
		{green, vortex, 0, &physics.Defect{Substeps: 2}, []float64{0.1, 1e-3, 1e-5}},
		{flame, wavy, 100, &physics.CrankNicolson{}, []float64{0.1, 1e-2}},
		{flame, wavy, 100, &physics.Defect{Substeps: 2}, []float64{0.1, 1e-2, 1e-3, 1e-4}},
	} {
		s, err := (&ETDRK{Order: 4, Substeps: 8, Bound: 1e6}).Stepper(c.problem)
		if err != nil {
			t.Fatal(err)
		}
		u, next := slices.Clone(c.state), make([]float64, len(c.state))
		for range c.warmup + 1 {
			u, next = next, u
			if err := s.Step(u, next); err != nil {
				t.Fatal(err)
			}
		}
		truth, before := u, next
		estimator, err := physics.NewEstimator(c.problem, c.scheme)
		if err != nil {
			t.Fatal(err)
		}
		for _, waves := range []int{4, 12, 64} {
			for _, size := range c.sizes {
				wrong, want := perturbed(c.problem.Grid, truth, waves, size)
				got, err := estimator.Step(before, wrong)
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%s, %T, %d waves of %g: estimated %.3g of %.3g, %.3f", c.problem.Equation.Kind, c.scheme, waves, size, got, want, got/want)
				if e := got / want; e < 0.5 || e > 2 {
					t.Errorf("%s, %T, %d waves of %g: estimated %.3g of %.3g", c.problem.Equation.Kind, c.scheme, waves, size, got, want)
				}
			}
		}
	}
}

// perturbed adds waves of random phases, up to some number along each axis, and
// returns the root mean square of them.
func perturbed(g physics.Grid, u []float64, waves int, size float64) ([]float64, float64) {
	rng := rand.New(rand.NewPCG(1, uint64(waves)))
	e := make([]float64, len(u))
	squares := 0.0
	for range 20 {
		var k [3]float64
		for a, n := range g.Points {
			k[a] = float64(rng.IntN(min(waves, n/2)) + 1)
		}
		phase := 2 * math.Pi * rng.Float64()
		for i := range e {
			angle := phase
			for a, j := range g.Index(i) {
				angle += 2 * math.Pi * k[a] * float64(j) / float64(g.Points[a])
			}
			e[i] += math.Cos(angle)
		}
	}
	var states float64
	for i := range e {
		squares += e[i] * e[i]
		states += u[i] * u[i]
	}
	factor := size * math.Sqrt(states/squares)
	wrong := make([]float64, len(u))
	for i := range wrong {
		wrong[i] = u[i] + factor*e[i]
	}
	return wrong, factor * math.Sqrt(squares/float64(len(u)))
}

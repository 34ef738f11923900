package data

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/data/solver"
	"eddy/physics"
)

// eulerDecay solves u_t = −u at every point, by Euler's method.
type eulerDecay struct{ substeps int }

func (e eulerDecay) Stepper(p physics.Problem) (physics.Stepper, error) {
	return physics.StepFunc(func(dst, u []float64) error {
		for i, v := range u {
			dst[i] = v * math.Pow(1-p.Dt/float64(e.substeps), float64(e.substeps))
		}
		return nil
	}), nil
}

func (e eulerDecay) Fine() physics.Solver { return eulerDecay{2 * e.substeps} }

// verified verifies a problem whose states are drawn by Fourier unless it says
// otherwise.
func verified(t *testing.T, p physics.Problem, solver physics.Solver, n, frames int) map[string]Refinement {
	t.Helper()
	p.Solver = configs.Of[physics.Solver]{Kind: "solver", Value: solver}
	if p.Initial.Value == nil {
		p.Initial.Value = &initial.Fourier{Cutoff: 3, MaxAbs: 1}
	}
	v, err := Verify(t.Context(), Request{Problem: p, Seed: 5, Workers: 2}, n, frames)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Refinement{}
	for _, r := range v.Refinements {
		all[r.Of] = r
	}
	return all
}

// Euler's method multiplies by (1 − h) a step: the errors are known.
func TestVerifyKnowsEulersErrors(t *testing.T) {
	p := of(&physics.Diffusion{}, 16, 1, 0.5)
	r := verified(t, p, eulerDecay{8}, 3, 4)
	after := func(substeps, frame int) float64 { return math.Pow(1-0.5/float64(substeps), float64(substeps*frame)) }
	for i := range 4 {
		want := 1 - after(8, i+1)/after(16, i+1)
		next := 1 - after(16, i+1)/after(32, i+1)
		for _, of := range []string{"dt", "both"} {
			if got := r[of].Error[i]; math.Abs(got-want) > 1e-13 {
				t.Errorf("frame %d: error in %s %v, want %v", i+1, of, got, want)
			}
		}
		if order, ok := r["dt"].Order(i); !ok || math.Abs(order-math.Log2(want/next)) > 1e-9 {
			t.Errorf("frame %d: order %v, %v, want %v", i+1, order, ok, math.Log2(want/next))
		}
		if _, ok := r["dx"].Order(i); ok || r["dx"].Error[i] > 1e-13 {
			t.Errorf("frame %d: error in dx %v, want none, and no order", i+1, r["dx"].Error[i])
		}
	}
}

// The estimates are those of the true error, of the order of the method.
func TestVerifyMeetsTheTrueError(t *testing.T) {
	const frames = 3
	p := of(&physics.Burgers{Convection: 1, Viscosity: 0.05}, 64, 2*math.Pi, 0.2)
	u := make([]float64, 64)
	p.Initial.Value = &initial.Fourier{Cutoff: 3, MaxAbs: 1}
	if err := p.Initial.Value.Draw(u, p.Grid, rand.New(rand.NewPCG(5, firstTest))); err != nil {
		t.Fatal(err)
	}
	for order := 1; order <= 4; order++ {
		r := verified(t, p, &solver.ETDRK{Order: order, Substeps: 4, Bound: 1e4}, 1, frames)["dt"]
		own, truth := advance(t, p, order, 4, u, frames), advance(t, p, 4, 256, u, frames)
		e, err := distances([][]float64{own}, [][]float64{truth})
		if err != nil {
			t.Fatal(err)
		}
		observed, _ := r.Order(frames - 1)
		estimate := r.Error[frames-1] / (1 - math.Exp2(-float64(order)))
		t.Logf("order %d: observed %.2f, true error %.2e, estimated %.2e", order, observed, e[0], estimate)
		if math.Abs(observed-float64(order)) > 0.3 || math.Abs(estimate/e[0]-1) > 0.15 {
			t.Errorf("order %d: observed %.2f, error %.2e, but it is %.2e", order, observed, estimate, e[0])
		}
	}
}

// The grid's error is that of its scheme: where the fronts are resolved,
// nothing; of the second order where the method is; and a jump leaves the first.
func TestVerifyMeasuresTheGrid(t *testing.T) {
	order := func(r Refinement) float64 {
		order, ok := r.Order(len(r.Error) - 1)
		if !ok {
			t.Fatalf("no order: %+v", r)
		}
		return order
	}
	p := flow(physics.Walls, 17, 17)
	p.Initial.Value = &initial.Constant{Value: []float64{1}}
	all := verified(t, p, &solver.Darcy{Tolerance: 1e-12, Iterations: 1000}, 1, 1)
	if got := order(all["dx"]); len(all) != 1 || math.Abs(got-2) > 0.1 {
		t.Errorf("darcy: order %.2f, want 2; %d refinements, want that of dx", got, len(all))
	}
	dam := of(&physics.ShallowWater{Gravity: 1}, 64, 1, 0.1)
	dam.Equation.Kind, dam.Grid.Boundary = "law", physics.Cells
	outflow := configs.Of[physics.Condition]{Kind: "end", Value: &physics.Outflow{}}
	dam.Ends = []physics.Ends{{Low: outflow, High: outflow}}
	dam.Initial.Value = &initial.Riemann{Left: []float64{2, 0}, Right: []float64{1, 0}, Position: [2]float64{0.5, 0.5}}
	jump := verified(t, dam, &solver.FiniteVolume{
		Reconstruction: configs.Of[solver.Reconstruction]{Value: &solver.WENO5{}}, CFL: 0.4, Bound: 1e4,
	}, 1, 2)["dx"]
	if got := order(jump); got < 0.3 || got > 1.2 { // in L2, half an order for a shock
		t.Errorf("dam break: order %.2f, want one from 0.5 to 1", got)
	}
}

// Solutions of a chaotic system part: later for finer steps.
func TestVerifySaysUntilWhen(t *testing.T) {
	p := of(&physics.KSConservative{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1}, 96, 60, 0.5)
	p.Warmup = 100
	rough := verified(t, p, &solver.ETDRK{Order: 2, Substeps: 1, Bound: 1e4}, 2, 300)["dt"].Within(0.1)
	fine := verified(t, p, &solver.ETDRK{Order: 4, Substeps: 5, Bound: 1e4}, 2, 300)["dt"].Within(0.1)
	t.Logf("within 10 %% for %d and %d frames", rough, fine)
	if !(10 < rough && rough+20 < fine) {
		t.Errorf("within 10 %% for %d frames of large steps and %d of small ones", rough, fine)
	}
}

// A trajectory is refined with its own parameters.
func TestVerifyDrawsParameters(t *testing.T) {
	p := of(&physics.Diffusion{Diffusivity: 0.01}, 16, 1, 0.1)
	p.Equation.Kind = "diffusion"
	law := configs.Of[physics.Distribution]{Kind: "uniform", Value: &physics.Uniform{Low: 0.01, High: 0.1}}
	p.Parameters = []physics.Parameter{{Name: "equation.diffusivity", Law: law}}
	for of, r := range verified(t, p, &solver.ETDRK{Order: 0, Substeps: 1, Bound: 1e4}, 3, 2) {
		if r.Fault != nil || slices.Max(r.Error) > 1e-13 {
			t.Errorf("%s: %+v, want no error: the solver is exact", of, r)
		}
	}
}

func TestVerifyRefuses(t *testing.T) {
	p := of(&physics.Diffusion{Diffusivity: 0.1}, 16, 1, 0.5)
	for of, r := range verified(t, p, &fakeSolver{}, 1, 1) {
		if has := r.Fault != nil && strings.Contains(r.Fault.Error(), "no shorter steps"); has != (of != "dx") {
			t.Errorf("%s: %v", of, r.Fault)
		}
	}
	walls := p
	walls.Grid.Boundary, walls.Warmup = physics.Walls, 3
	for _, test := range []struct {
		want   string
		p      physics.Problem
		n      int
		solver physics.Solver
	}{
		{"needs an equation", p, 1, nil},
		{"0 trajectories", p, 0, eulerDecay{1}},
		{"warmup = 3, want 0", walls, 1, eulerDecay{1}},
	} {
		test.p.Solver.Value, test.p.Initial.Value = test.solver, &initial.Fourier{Cutoff: 3, MaxAbs: 1}
		if _, err := Verify(t.Context(), Request{Problem: test.p}, test.n, 1); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
}

package solver

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// TestDarcyMeetsItsLaws: the residual of a solution is zero on every grid, since
// it balances the same fluxes, and no state has less energy.
func TestDarcyMeetsItsLaws(t *testing.T) {
	for _, boundary := range []physics.Boundary{physics.Walls, physics.HalfOpen, physics.Cells} {
		p := physics.Problem{
			Equation: configs.Of[physics.Equation]{Kind: "darcy", Value: &physics.Darcy{Source: 2}},
			Grid:     physics.Grid{Points: []int{9, 7}, Extent: []float64{1, 1.5}, Boundary: boundary}, Dt: 1,
		}
		s, err := (&Darcy{Tolerance: 1e-14, Iterations: 1000}).Stepper(p)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(1, 1))
		a, u := make([]float64, 63), make([]float64, 63)
		for i := range a {
			a[i] = 3 + 9*float64(rng.IntN(2))
		}
		if err := s.Step(u, a); err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"residual", "weak"} {
			if r, _ := lawAt(t, kind, p, a, u); r > 1e-20 {
				t.Errorf("%v: %s %.1e, want 0", boundary, kind, r)
			}
		}
		energy, grad := lawAt(t, "variational", p, a, u)
		want := 0.0
		for _, v := range u {
			want -= 0.5 * 2 * v / 63
		}
		if math.Abs(energy-want) > 1e-12*math.Abs(want) {
			t.Errorf("%v: energy %v, want −½ ⟨u, f⟩ = %v", boundary, energy, want)
		}
		for i, d := range grad {
			if math.Abs(d) > 1e-12 {
				t.Fatalf("%v: the energy has the slope %.1e at point %d", boundary, d, i)
			}
		}
	}
}

// lawAt is a law of u for what is given, and its gradient by u.
func lawAt(t *testing.T, kind string, p physics.Problem, a, u []float64) (float64, []float64) {
	t.Helper()
	loss, err := configs.New[physics.Loss](kind)
	if err != nil {
		t.Fatal(err)
	}
	law := loss.(physics.Law)
	if err := law.Init(p); err != nil {
		t.Fatal(err)
	}
	pool := kernel.NewPool(1)
	defer pool.Close()
	ps := &graph.Params{Precision: graph.F64}
	next := 0
	q := ps.New("u", append(append([]int{1, 1}, p.Grid.Points...), 1), func() float64 { next++; return u[next-1] })
	program, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, ps.List, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		start := g.Const("a", append(append([]int{1}, p.Grid.Points...), 1), a)
		return law.Node(g, physics.Trajectory{Grid: p.Grid, Dt: p.Dt, Start: start, Rest: g.Param(q)})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Run(nil); err != nil {
		t.Fatal(err)
	}
	return program.Scalar(), program.Grads[0].Values()
}

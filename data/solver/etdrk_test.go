package solver

import (
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/physics"
)

func TestStepAllocatesNothing(t *testing.T) {
	for _, kind := range spectralKinds(t) {
		for _, n := range []int{64, 97} {
			p := blank(t, kind, n, 32, 1e-3)
			s := solver(t, p, 4, 2)
			u := draw(t, p, 1)
			if a := testing.AllocsPerRun(10, func() {
				if err := s.Step(u, u); err != nil {
					t.Fatal(err)
				}
			}); a != 0 {
				t.Errorf("%s, %d points: %v allocations a step", kind, n, a)
			}
		}
	}
}

// A step depends on its state alone: not on the steps before, nor on whether
// the result goes to the same slice. Substeps are steps.
func TestStepIsAFunction(t *testing.T) {
	for _, kind := range spectralKinds(t) {
		p := blank(t, kind, 60, 32, 0.01)
		u, other := draw(t, p, 1), draw(t, p, 2)
		s := solver(t, p, 4, 1)
		want := make([]float64, len(u))
		if err := s.Step(want, u); err != nil {
			t.Fatal(err)
		}
		advance(t, s, other, 3)
		if got := advance(t, s, u, 1); !slices.Equal(got, want) {
			t.Errorf("%s: a second time, or in place, the result differs", kind)
		}
		q := p
		q.Dt *= 3
		one, three := advance(t, solver(t, q, 4, 3), u, 1), advance(t, s, u, 3)
		if d := maxDistance(one, three); d > 1e-14 {
			t.Errorf("%s: three substeps differ from three steps by %.1e", kind, d)
		}
	}
}

// Prime and odd numbers of points are as good as others.
func TestPointsOfAnyNumber(t *testing.T) {
	at := func(n int) []float64 {
		p := of(&physics.Burgers{Convection: 1, Viscosity: 0.1}, n, 2*math.Pi, 0.5)
		return advance(t, solver(t, p, 4, 50), sample(p.Grid, coleHopf(0.1, 0)), 1)
	}
	for _, n := range []int{101, 105, 127, 128, 135} {
		g := physics.Grid{Points: []int{n}, Extent: []float64{2 * math.Pi}}
		if d := maxDistance(at(n), sample(g, coleHopf(0.1, 0.5))); d > 1e-10 {
			t.Errorf("%d points: error %.1e", n, d)
		}
	}
}

func TestETDRKRefuses(t *testing.T) {
	good := ETDRK{Order: 2, Substeps: 1, Bound: 1e4}
	for _, test := range []struct {
		want   string
		change func(e *ETDRK, p *physics.Problem)
	}{
		{"order = 5", func(e *ETDRK, _ *physics.Problem) { e.Order = 5 }},
		{"order = 0, want 1 to 4", func(e *ETDRK, _ *physics.Problem) { e.Order = 0 }},
		{"substeps = 0", func(e *ETDRK, _ *physics.Problem) { e.Substeps = 0 }},
		{"bound = 0", func(e *ETDRK, _ *physics.Problem) { e.Bound = 0 }},
		{"dt = 0", func(_ *ETDRK, p *physics.Problem) { p.Dt = 0 }},
		{"no equation", func(_ *ETDRK, p *physics.Problem) { p.Equation.Value = nil }},
		{"want periodic", func(_ *ETDRK, p *physics.Problem) { p.Grid.Boundary = physics.Walls }},
		{"not defined in 2 dimensions", func(_ *ETDRK, p *physics.Problem) {
			p.Grid = physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 1}}
		}},
		{"0 axes", func(_ *ETDRK, p *physics.Problem) { p.Grid = physics.Grid{} }},
	} {
		e, p := good, blank(t, "ks_conservative", 32, 32, 0.1)
		test.change(&e, &p)
		if _, err := e.Stepper(p); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
	s, err := good.Stepper(blank(t, "ks", 32, 32, 0.1))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Step(make([]float64, 32), make([]float64, 31)); err == nil {
		t.Error("a state of 31 numbers was advanced on 32 points")
	}
}

package solver

import (
	"math"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

func TestMethodOfLinesRefuses(t *testing.T) {
	for _, test := range []struct {
		want   string
		change func(m *MethodOfLines, p *physics.Problem)
	}{
		{"order = 3, want 2 or 4", func(m *MethodOfLines, _ *physics.Problem) { m.Order = 3 }},
		{"integrator is not given", func(m *MethodOfLines, _ *physics.Problem) { m.Integrator.Value = nil }},
		{"substeps = 0", func(m *MethodOfLines, _ *physics.Problem) { m.Substeps = 0 }},
		{"bound = 0", func(m *MethodOfLines, _ *physics.Problem) { m.Bound = 0 }},
		{"dt = 0", func(_ *MethodOfLines, p *physics.Problem) { p.Dt = 0 }},
		{"no equation", func(_ *MethodOfLines, p *physics.Problem) { p.Equation.Value = nil }},
		{"has no time", func(_ *MethodOfLines, p *physics.Problem) { p.Equation.Value = &physics.Darcy{} }},
		{"want walls, cells or periodic", func(_ *MethodOfLines, p *physics.Problem) { p.Grid.Boundary = physics.HalfOpen }},
		{"ends of 0 axes", func(_ *MethodOfLines, p *physics.Problem) { p.Ends = nil }},
		{"not defined in 2 dimensions", func(_ *MethodOfLines, p *physics.Problem) {
			p.Equation.Value = &physics.KSConservative{}
			p.Grid = physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 1}}
		}},
		{"no inverse Laplacian", func(_ *MethodOfLines, p *physics.Problem) {
			p.Equation.Value, p.Ends = &physics.NavierStokes{}, nil
			p.Grid = physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 1}}
		}},
		{"2 points along axis 0, want more than 2", func(m *MethodOfLines, p *physics.Problem) {
			m.Order, p.Grid.Points = 4, []int{2}
		}},
	} {
		m := MethodOfLines{Order: 2, Integrator: configs.Of[Integrator]{Kind: "rkc2", Value: rkc2()}, Substeps: 1, Bound: 1e4}
		p := between(&physics.Diffusion{Diffusivity: 1}, physics.Walls, []int{9}, 1, 0.1, fixed(0))
		test.change(&m, &p)
		if _, err := m.Stepper(p); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
}

// Steps that cannot be stable are refused, and what blows up is no frame.
func TestMethodOfLinesRefusesSteps(t *testing.T) {
	wave := func(x float64) float64 { return 2 + math.Sin(2*math.Pi*x) }
	burgers := between(&physics.Burgers{Convection: 1, Viscosity: 1e-6}, physics.Periodic, []int{64}, 1, 0.1)
	advection := between(&physics.Advection{Velocity: []float64{1}}, physics.Periodic, []int{64}, 1, 0.1)
	heat := between(&physics.Diffusion{Diffusivity: 1}, physics.Walls, []int{65}, 1, 1, fixed(0))
	growth := between(&physics.FisherKPP{Diffusivity: 1e-3, Reactivity: 10}, physics.Periodic, []int{64}, 1, 1)
	sorption := between(defaults(t, "diffusion_sorption"), physics.Periodic, []int{64}, 1, 1)
	for _, test := range []struct {
		p          physics.Problem
		integrator Integrator
		start      float64 // times the wave
		want       string
	}{
		{burgers, rkc2(), 1, "convection is too fast for the diffusion"},
		{advection, rkc2(), 1, "convection is too fast for the diffusion"},
		{advection, &RK4{}, 1, "6.4 by waves per step"},
		{heat, &RK4{}, 1, "1.64e+04 by diffusion"},
		{heat, &RKC2{Stages: 20}, 1, "more than stages = 20"},
		{growth, rkc2(), -1, "blow-up: max|u| ="},
		{sorption, rkc2(), -1, "unstable: the rate of change has no bound"},
	} {
		m := MethodOfLines{Order: 2, Integrator: configs.Of[Integrator]{Value: test.integrator}, Substeps: 1, Bound: 1e4}
		s, err := m.Stepper(test.p)
		check(t, err)
		u := sample(test.p.Grid, func(x float64) float64 { return test.start * wave(x) })
		for err == nil {
			err = s.Step(u, u)
		}
		if !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
}

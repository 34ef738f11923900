package data

import (
	"math"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/data/solver"
	"eddy/physics"
)

// of returns the problem of an equation in one dimension.
func of(e physics.Equation, points int, extent, dt float64) physics.Problem {
	return physics.Problem{
		Equation: configs.Of[physics.Equation]{Value: e},
		Grid:     physics.Grid{Points: []int{points}, Extent: []float64{extent}},
		Dt:       dt,
	}
}

// blank returns the problem of an equation with its defaults in one dimension.
func blank(t testing.TB, kind string, points int, extent, dt float64) physics.Problem {
	e, err := configs.New[physics.Equation](kind)
	if err != nil {
		t.Fatal(err)
	}
	p := of(e, points, extent, dt)
	p.Equation.Kind = kind
	return p
}

// flow is a problem of Darcy's on a box of length 1 along each axis.
func flow(boundary physics.Boundary, points ...int) physics.Problem {
	return physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: "darcy", Value: &physics.Darcy{Source: 1}},
		Grid:     physics.Grid{Points: points, Extent: slices.Repeat([]float64{1}, len(points)), Boundary: boundary},
		Dt:       1,
	}
}

// advance takes steps of an etdrk solver without a bound from a copy of u.
func advance(t testing.TB, p physics.Problem, order, substeps int, u []float64, steps int) []float64 {
	s, err := (&solver.ETDRK{Order: order, Substeps: substeps, Bound: math.MaxFloat64}).Stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	u = slices.Clone(u)
	for range steps {
		if err := s.Step(u, u); err != nil {
			t.Fatal(err)
		}
	}
	return u
}

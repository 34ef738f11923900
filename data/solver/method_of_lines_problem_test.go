package solver

import (
	"math"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// between is the problem of an equation on a box of some dimensions, with the
// same conditions at both ends of all axes; periodic without any.
func between(e physics.Equation, boundary physics.Boundary, points []int, extent, dt float64, ends ...physics.Condition) physics.Problem {
	p := physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: "equation", Value: e},
		Grid:     physics.Grid{Points: points, Extent: slices.Repeat([]float64{extent}, len(points)), Boundary: boundary},
		Dt:       dt,
	}
	if boundary == physics.Periodic {
		return p
	}
	for range points {
		p.Ends = append(p.Ends, physics.Ends{
			Low:  configs.Of[physics.Condition]{Kind: "low", Value: ends[0]},
			High: configs.Of[physics.Condition]{Kind: "high", Value: ends[len(ends)-1]},
		})
	}
	return p
}

// lined returns a method of lines without a bound.
func lined(t testing.TB, p physics.Problem, order int, i Integrator, substeps int) *methodOfLines {
	t.Helper()
	m := MethodOfLines{Order: order, Integrator: configs.Of[Integrator]{Value: i}, Substeps: substeps, Bound: math.MaxFloat64}
	s, err := m.stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func rkc2() Integrator { return &RKC2{Stages: 1000} }

func fixed(value ...float64) physics.Condition { return &physics.Dirichlet{Value: value} }

func sloped(slope float64) physics.Condition { return &physics.Neumann{Slope: []float64{slope}} }

// defaults returns an equation with its defaults.
func defaults(t testing.TB, kind string) physics.Equation {
	t.Helper()
	e, err := configs.New[physics.Equation](kind)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

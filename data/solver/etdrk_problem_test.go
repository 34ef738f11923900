package solver

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/physics"
)

// blank returns the problem of an equation with its defaults in one dimension.
func blank(t testing.TB, kind string, points int, extent, dt float64) physics.Problem {
	e, err := configs.New[physics.Equation](kind)
	if err != nil {
		t.Fatal(err)
	}
	return physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: kind, Value: e},
		Grid:     physics.Grid{Points: []int{points}, Extent: []float64{extent}},
		Dt:       dt,
	}
}

// spectralKinds lists the kinds of equations that have a solution as Fourier
// series in one dimension.
func spectralKinds(t testing.TB) []string {
	var kinds []string
	for _, kind := range configs.Kinds[physics.Equation]() {
		p := blank(t, kind, 16, 1, 1)
		if _, ok := p.Equation.Value.(physics.Evolution); !ok || p.Channels() == 0 || isPositive(p.Equation.Value) {
			continue
		}
		_, err := (&ETDRK{Order: 4, Substeps: 1, Bound: 1}).Stepper(p)
		switch {
		case err == nil:
			kinds = append(kinds, kind)
		case !errors.As(err, new(physics.Unsupported)):
			t.Fatal(err)
		}
	}
	return kinds
}

// isPositive tells whether an equation has states of positive density alone.
func isPositive(e physics.Equation) bool {
	if _, ok := e.(*physics.DiffusionSorption); ok {
		return true
	}
	law, ok := e.(physics.ConservationLaw)
	if !ok {
		return false
	}
	_, _, err := law.Speeds(1, make([]float64, law.Channels(1)), 0)
	return err != nil
}

// of returns the problem of an equation in one dimension.
func of(e physics.Equation, points int, extent, dt float64) physics.Problem {
	return physics.Problem{
		Equation: configs.Of[physics.Equation]{Value: e},
		Grid:     physics.Grid{Points: []int{points}, Extent: []float64{extent}},
		Dt:       dt,
	}
}

// solver returns an etdrk solver without a bound.
func solver(t testing.TB, p physics.Problem, order, substeps int) *etdrk {
	s, err := (&ETDRK{Order: order, Substeps: substeps, Bound: math.MaxFloat64}).stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sample returns f on the points of an axis.
func sample(g physics.Grid, f func(x float64) float64) []float64 {
	u := make([]float64, g.Points[0])
	for i := range u {
		u[i] = f(g.X(0, i))
	}
	return u
}

// advance takes steps from a copy of u.
func advance(t testing.TB, s physics.Stepper, u []float64, steps int) []float64 {
	u = append([]float64{}, u...)
	for range steps {
		if err := s.Step(u, u); err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// draw returns a state of each channel as Fourier with its defaults draws it.
func draw(t testing.TB, p physics.Problem, seed uint64) []float64 {
	u := make([]float64, p.Size())
	if err := (&initial.Fourier{Cutoff: 5, MaxAbs: 1}).Draw(u, p.Grid, rand.New(rand.NewPCG(seed, 0))); err != nil {
		t.Fatal(err)
	}
	return u
}

// isNonlinear tells whether an equation has nonlinear terms.
func isNonlinear(t testing.TB, p physics.Problem) bool {
	return len(solver(t, p, 4, 1).nonlinear.outputs) > 0
}

// slope fits y = p x + const by least squares and returns p.
func slope(x, y []float64) float64 {
	var sx, sy, sxx, sxy float64
	for i := range x {
		sx, sy, sxx, sxy = sx+x[i], sy+y[i], sxx+x[i]*x[i], sxy+x[i]*y[i]
	}
	n := float64(len(x))
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

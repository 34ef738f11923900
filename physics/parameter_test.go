package physics_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// drawnBurgers is a problem with two parameters.
const drawnBurgers = `
problem:
  equation: {kind: burgers, viscosity: 0.5}
  grid: {points: [16], extent: [1.0]}
  dt: 0.1
  parameters:
    - {name: equation.viscosity, law: {kind: log_uniform, low: 0.001, high: 1.0}}
    - {name: equation.convection, law: {kind: uniform, low: -1.0, high: 2.0}}
`

type rooted struct{ Problem physics.Problem }

func parsed(t *testing.T, text string, overrides ...string) physics.Problem {
	t.Helper()
	var v rooted
	if err := configs.Parse("test", []byte(text), &v, overrides...); err != nil {
		t.Fatal(err)
	}
	return v.Problem
}

// A draw has the numbers it says, within their laws, and leaves the problem
// itself alone.
func TestDraw(t *testing.T) {
	p := parsed(t, drawnBurgers, "problem.design={kind: latin_hypercube, samples: 50}")
	var log, mean float64
	for i := range uint64(50) {
		drawn, values, err := p.Draw(1, 0, i)
		if err != nil {
			t.Fatal(err)
		}
		e := drawn.Equation.Value.(*physics.Burgers)
		if e.Viscosity != values[0] || e.Convection != values[1] {
			t.Errorf("equation %+v, want the values %v", e, values)
		}
		if v := values; v[0] < 1e-3 || v[0] > 1 || v[1] < -1 || v[1] > 2 {
			t.Errorf("values %v are outside of their laws", v)
		}
		log, mean = log+math.Log10(values[0])/50, mean+values[1]/50
		_, again, _ := p.Draw(1, 0, i)
		_, seed, _ := p.Draw(2, 0, i)
		_, stream, _ := p.Draw(1, 1, i)
		if !slices.Equal(values, again) || slices.Equal(values, seed) || slices.Equal(values, stream) {
			t.Errorf("values %v, again %v, of another seed %v and stream %v", values, again, seed, stream)
		}
	}
	// A set of 50 points has means that differ from 1/2 by less than 1/50 of the range.
	if math.Abs(log+1.5) > 0.06 || math.Abs(mean-0.5) > 0.06 {
		t.Errorf("means %.3f and %.3f, want −1.5 and 0.5", log, mean)
	}
	if e := p.Equation.Value.(*physics.Burgers); e.Viscosity != 0.5 || e.Convection != 1 {
		t.Errorf("the problem itself is now %+v", e)
	}
}

func TestWithoutParameters(t *testing.T) {
	p := parsed(t, "problem: {equation: burgers, grid: {points: [16], extent: [1.0]}, dt: 1.0}")
	if drawn, values, err := p.Draw(1, 0, 0); err != nil || values != nil || drawn.Equation != p.Equation {
		t.Errorf("got %v, %v, %v, want the problem itself", drawn.Equation, values, err)
	}
	if _, err := p.With([]float64{1}); err == nil {
		t.Error("a value of no parameter: want an error")
	}
}

// What is wrong with a parameter is said where it stands in the file.
func TestParameterRefusals(t *testing.T) {
	for _, test := range []struct{ override, wants string }{
		{"problem.parameters.0.name=equation.viskosity", "did you mean `equation.viscosity`?"},
		{"problem.parameters.0.name=viscosity", "known: equation.convection, equation.viscosity"},
		{"problem.parameters.0.name=grid.extent.0", "known: equation.convection, equation.viscosity"},
		{"problem.parameters.0.name=equation.convection", "equation.convection is given twice"},
		{"problem.parameters.0.law={kind: uniform, low: -1.0, high: 1.0}", "viscosity = -1, want a value in [0,inf)"},
	} {
		var v rooted
		err := configs.Parse("test", []byte(drawnBurgers), &v, test.override)
		if err == nil || !strings.Contains(err.Error(), test.wants) || !strings.Contains(err.Error(), "problem.parameters.") {
			t.Errorf("%s: %v, want %q", test.override, err, test.wants)
		}
	}
	var v rooted
	err := configs.Parse("test", []byte("problem: {grid: {points: [4], extent: [1.0]}, dt: 1.0, parameters: [{name: equation.viscosity, law: uniform}]}"), &v)
	if err == nil || !strings.Contains(err.Error(), "there are none") {
		t.Errorf("no equation: %v", err)
	}
	err = configs.Parse("test", []byte("problem: {equation: burgers, grid: {points: [4], extent: [1.0]}, dt: 1.0, parameters: [{name: equation.viscosity}]}"), &v)
	if err == nil || !strings.Contains(err.Error(), "has no law") {
		t.Errorf("no law: %v", err)
	}
}

package physics_test

import (
	"math"
	"testing"

	"eddy/physics"
)

// TestResidualEstimatesEnergy: for a vortex with a wave as the error of a step,
// the norm H⁻¹ of the residual is the energy of the error, up to the terms of
// the flow that a short step hardly has.
func TestResidualEstimatesEnergy(t *testing.T) {
	const nu, dt = 0.05, 0.01
	s := taylorGreen(16, dt)
	frames := s.frames(1)
	k := [3]int{2, -3}
	for i, e := range wave(s.problem.Grid, k) {
		frames[1][i] += 0.1 * e
	}
	l := residual(&physics.CrankNicolson{})
	l.Order, l.Alpha = -1, 2/(nu*dt)
	r, _ := lawOf(t, l, s.problem, frames)
	want := 0.01 * 0.5 * (1 + 0.5*nu*dt*(4+9))
	if got := 2 * dt / nu * r; math.Abs(got/want-1) > 0.02 {
		t.Errorf("energy of the error %.4g, want %.4g", got, want)
	}
}

func TestEstimatorRefuses(t *testing.T) {
	if _, err := physics.NewEstimator(heat(physics.Walls, 8, 0.1).problem, &physics.CrankNicolson{}); err == nil {
		t.Error("a grid with walls has no Fourier series")
	}
	if _, err := physics.NewEstimator(lawful()["darcy"], &physics.CrankNicolson{}); err == nil {
		t.Error("an elliptic equation has no steps")
	}
}

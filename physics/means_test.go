package physics_test

import (
	"slices"
	"testing"

	"eddy/physics"
)

func TestMeans(t *testing.T) {
	for _, c := range []struct {
		equation physics.Equation
		dims     int
		want     []bool
	}{
		{&physics.KSConservative{}, 1, []bool{true}},
		{&physics.KS{}, 1, []bool{false}},
		{&physics.Advection{Velocity: []float64{1}}, 1, []bool{true}},
		{&physics.ShallowWater{}, 2, []bool{true, true, true}},
		{&physics.Wave{}, 1, []bool{false, true}}, // the momentum alone
		{&physics.Schroedinger{}, 1, []bool{false, false}},
		{&physics.NavierStokes{}, 2, []bool{true}}, // beside energy and enstrophy
		{&physics.NavierStokes{Drag: 1}, 2, []bool{false}},
	} {
		if got := physics.Means(c.equation, c.dims); !slices.Equal(got, c.want) {
			t.Errorf("%T: %v, want %v", c.equation, got, c.want)
		}
	}
}

package solver

import (
	"math"
	"testing"

	"eddy/physics"
)

// golden holds Σ_i u_i cos(i) of a state with jumps after two frames, on 16×16
// cells with open ends: of each law by MUSCL and by WENO5. They were computed by
// these solvers when they had passed the tests of order, of Riemann problems
// and of conservation beside this one; a change says that the method is another
// one, which those tests must then judge.
var golden = []struct {
	law          physics.ConservationLaw
	muscl, weno5 float64
}{
	{&physics.Advection{Velocity: []float64{1, -0.5}}, 0.00192378290764889, -0.00924383587253077},
	{&physics.Burgers{Convection: 1}, -1.47063129771839, -1.25200753122609},
	{&physics.Burgers{Convection: 1, Viscosity: 0.01}, -0.393228322826325, -0.358522993454061},
	{&physics.ShallowWater{Gravity: 1}, 0.0860148052613389, 0.0987333621507258},
	{&physics.Euler{Gamma: gamma}, 0.708688127733813, 0.502733031633125},
}

func TestFiniteVolumeGolden(t *testing.T) {
	for _, test := range golden {
		p, u := rough(test.law, 2, 16, &physics.Outflow{})
		check := func(r Reconstruction, want float64) {
			got := 0.0
			for i, v := range advance(t, finite(t, p, r, 0.4), u, 2) {
				got += v * math.Cos(float64(i))
			}
			if math.Abs(got-want) > 1e-10 { // other processors round otherwise
				t.Errorf("%T, %v: %.15g, want %.15g", test.law, r, got, want)
			}
		}
		check(limited(t, "mc"), test.muscl)
		check(&WENO5{}, test.weno5)
	}
}

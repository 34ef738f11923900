package solver

import (
	"fmt"
	"math"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Over 1,000 steps that are small, or of equations without nonlinear terms, no
// invariant of any equation drifts by more than rounding, in one and in two
// dimensions: not the masses, nor the energies of KdV, of an ideal flow, of
// waves and of the nonlinear Schrödinger equation.
func TestNothingDrifts(t *testing.T) {
	equations := map[string]physics.Equation{"ideal flow": &physics.NavierStokes{}}
	for _, kind := range configs.Kinds[physics.Equation]() {
		equations[kind] = blank(t, kind, 1, 1, 1).Equation.Value
	}
	for name, equation := range equations {
		e, ok := equation.(physics.Conservative)
		if !ok {
			continue
		}
		for dims := 1; dims <= 2; dims++ {
			s := setting{equation, dims, 16, 2 * math.Pi, 2e-4, 0.5, 0.3}
			p := s.problem(t, name, s.points)
			if p.Channels() == 0 {
				continue
			}
			method := &ETDRK{Order: 4, Substeps: 1000, Bound: 10}
			p.Dt *= 1000
			stepper, err := method.Stepper(p)
			if err != nil {
				continue // no solution as Fourier series
			}
			t.Run(fmt.Sprintf("%s/%d", name, dims), func(t *testing.T) {
				u := s.start(p)
				v := advance(t, stepper, u, 1)
				if maxDistance(u, v) < 1e-6 {
					t.Error("nothing moves")
				}
				for _, invariant := range e.Invariants(dims) {
					before, after := average(t, p, invariant, u), average(t, p, invariant, v)
					if d := math.Abs(after/before - 1); !(d <= 1e-12) {
						t.Errorf("%s drifts by %.1e of its value %v", invariant.Name, d, before)
					}
				}
			})
		}
	}
}

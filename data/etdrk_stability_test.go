package data

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"eddy/physics"
)

// Forty frames at Courant numbers from 0.1 to 10, of every equation and method
// from five states: no run delivers a frame that is not finite or beyond the
// bound, none below the limit of stability is refused, and what is refused as
// unstable would have gone wrong.
func TestBlowUpIsRefused(t *testing.T) {
	const frames, bound = 40, 100
	for _, kind := range spectralKinds(t) {
		refused := 0
		for order := 1; order <= 4; order++ {
			for _, courant := range []float64{0.1, 0.2, 0.5, 1, 2, 5, 10} {
				p := blank(t, kind, 128, 20, 1)
				if !isNonlinear(t, p) {
					continue
				}
				p.Dt = courant * p.Grid.Spacing(0)
				if kind == "kdv" {
					p.Dt /= 6 // its waves move at 6u
				}
				if kind == "schroedinger" {
					p.Dt /= 5 // order 1 makes its waves grow by ½(κ|ψ|²Δt)² a step
				}
				s, err := (&ETDRK{Order: order, Substeps: 1, Bound: bound}).stepper(p)
				if err != nil {
					t.Fatal(err)
				}
				for seed := range uint64(5) {
					u := draw(t, p, seed)
					if kind == "fisher_kpp" || kind == "gray_scott" { // of concentrations, from 0 to 1
						for i := range u {
							u[i] = 0.5 + 0.5*u[i]
						}
					}
					u, err := run(s, u, frames, bound)
					if err == nil {
						continue
					}
					refused++
					where := fmt.Sprintf("%s, order %d, Courant number %v, state %d", kind, order, courant, seed)
					if courant <= 0.5 {
						t.Errorf("%s: %v", where, err)
					}
					if strings.Contains(err.Error(), "unstable") && harmless(t, p, s, u) {
						t.Errorf("%s: refused, but the step is good: %v", where, err)
					}
				}
			}
		}
		t.Logf("%s: %d of 140 runs refused", kind, refused)
	}
}

// run takes steps until one is refused, and returns the state before it.
func run(s *etdrk, u []float64, steps int, bound float64) ([]float64, error) {
	v := make([]float64, len(u))
	for range steps {
		if err := s.Step(v, u); err != nil {
			return u, err
		}
		for _, x := range v {
			if !(math.Abs(x) <= bound) {
				return u, fmt.Errorf("delivered %v", x)
			}
		}
		u, v = v, u
	}
	return u, nil
}

// harmless tells whether a refused step would have been right to 0.1 %.
func harmless(t *testing.T, p physics.Problem, s *etdrk, u []float64) bool {
	free := *s
	free.stability, free.Bound = stability{}, math.MaxFloat64
	got, want := make([]float64, len(u)), make([]float64, len(u))
	if free.Step(got, u) != nil || solver(t, p, 4, 400).Step(want, u) != nil {
		return false
	}
	return maxDistance(got, want) < 1e-3*maxDistance(want, make([]float64, len(want)))
}

func TestStateThatIsNoState(t *testing.T) {
	for _, kind := range spectralKinds(t) {
		p := blank(t, kind, 32, 20, 0.01)
		for _, bad := range []float64{math.NaN(), math.Inf(1), 1e300, 2e4} {
			s, err := (&ETDRK{Order: 4, Substeps: 1, Bound: 1e4}).Stepper(p)
			if err != nil {
				t.Fatal(err)
			}
			u := draw(t, p, 1)
			for i := range u {
				u[i] += bad / 2
			}
			u[5] = bad
			if err := s.Step(u, u); err == nil {
				t.Errorf("%s: a state with %v was advanced", kind, bad)
			}
			// The solver is not spoilt by it.
			v := draw(t, p, 1)
			if err := s.Step(v, v); err != nil {
				t.Errorf("%s: after a state with %v: %v", kind, bad, err)
			}
		}
	}
}

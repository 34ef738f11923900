package solver

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/physics"
)

// ordeal is an equation at Courant numbers from 0.1 to 10, for the fastest of
// its waves where states are of size 1.
type ordeal struct {
	problem  physics.Problem
	speed    float64
	positive bool // of concentrations, from 0 to 1
}

// ordeals has every nonlinear equation in one dimension, and flows in two.
func ordeals(t *testing.T) map[string]ordeal {
	all := map[string]ordeal{}
	for _, kind := range spectralKinds(t) {
		if p := blank(t, kind, 128, 20, 1); isNonlinear(t, p) {
			all[kind] = ordeal{p, 1, kind == "fisher_kpp" || kind == "gray_scott"}
		}
	}
	for _, kind := range []string{"burgers", "burgers_convective", "ks", "navier_stokes"} {
		p := setting{dims: 2, extent: 10}.problem(t, kind, 20)
		all[kind+" in the plane"] = ordeal{p, 2, false} // along both axes
	}
	fast := all["kdv"]
	fast.speed = 6 // its waves move at 6u
	all["kdv"] = fast
	slow := all["schroedinger"]
	slow.speed = 5 // order 1 makes its waves grow by ½(κ|ψ|²Δt)² a step
	all["schroedinger"] = slow
	return all
}

// Forty frames at Courant numbers from 0.1 to 10, of every equation and method
// from five states: no run delivers a frame that is not finite or beyond the
// bound, none below the limit of stability is refused, and what is refused as
// unstable would have gone wrong.
func TestBlowUpIsRefused(t *testing.T) {
	const frames, bound, states = 40, 100, 5
	for name, o := range ordeals(t) {
		refused := 0
		for order := 1; order <= 4; order++ {
			for _, courant := range []float64{0.1, 0.2, 0.5, 1, 2, 5, 10} {
				p := o.problem
				p.Dt = courant * p.Grid.Spacing(0) / o.speed
				s, err := (&ETDRK{Order: order, Substeps: 1, Bound: bound}).stepper(p)
				if err != nil {
					t.Fatal(err)
				}
				u := make([][]float64, states)
				for seed := range u {
					u[seed] = draw(t, p, uint64(seed))
					for i := range u[seed] {
						if o.positive {
							u[seed][i] = 0.5 + 0.5*u[seed][i]
						}
					}
				}
				for seed, err := range run(s, u, frames, bound) {
					if err == nil {
						continue
					}
					refused++
					where := fmt.Sprintf("%s, order %d, Courant number %v, state %d", name, order, courant, seed)
					if courant <= 0.5 {
						t.Errorf("%s: %v", where, err)
					}
					if strings.Contains(err.Error(), "unstable") && harmless(t, p, s, u[seed]) {
						t.Errorf("%s: refused, but the step is good: %v", where, err)
					}
				}
			}
		}
		t.Logf("%s: %d of 140 runs refused", name, refused)
	}
}

// run takes steps of each state until one is refused, and leaves the state
// before it.
func run(s *etdrk, u [][]float64, steps int, bound float64) []error {
	errs, next := make([]error, len(u)), make([][]float64, len(u))
	for range steps {
		for i := range u {
			if next[i] = nil; errs[i] == nil {
				next[i] = make([]float64, len(u[i]))
			}
		}
		s.StepAll(next, u, errs)
		for i, v := range next {
			if v == nil || errs[i] != nil {
				continue
			}
			if !(maxDistance(v, make([]float64, len(v))) <= bound) {
				errs[i] = fmt.Errorf("delivered %v", v)
				continue
			}
			u[i] = v
		}
	}
	return errs
}

// harmless tells whether a refused step and two more would have been right to
// 0.1 %: in these an unstable wave grows a thousand times.
func harmless(t *testing.T, p physics.Problem, s *etdrk, u []float64) bool {
	free := *s
	free.stability, free.Bound = stability{}, math.MaxFloat64
	got, want := slices.Clone(u), slices.Clone(u)
	fine := solver(t, p, 4, 100)
	for range 3 {
		if free.Step(got, got) != nil || fine.Step(want, want) != nil {
			return false
		}
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

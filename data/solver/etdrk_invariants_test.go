package solver

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"eddy/data/fourier"
	"eddy/physics"
)

// A declared invariant that is linear in the state, and every one of a linear
// equation, stays constant to rounding over 1,000 steps. The others are
// conserved by the method in space, so they drift only with the error of the
// one in time: at its order, or better.
func TestInvariants(t *testing.T) {
	for _, kind := range spectralKinds(t) {
		p := blank(t, kind, 64, 32, 0.004)
		e, ok := p.Equation.Value.(physics.Conservative)
		if !ok {
			continue
		}
		if kind == "schroedinger" {
			p.Dt /= 4 // its first order needs it
		}
		u := draw(t, p, 2)
		for i := range u {
			u[i] = 0.5 + 0.5*u[i]
		}
		for _, invariant := range e.Invariants(1) {
			t.Run(fmt.Sprintf("%s/%s", kind, invariant.Name), func(t *testing.T) {
				drift := func(order, steps int) float64 {
					q := p
					q.Dt = p.Dt * 1000 / float64(steps)
					before := average(t, q, invariant, u)
					after := average(t, q, invariant, advance(t, solver(t, q, order, 1), u, steps))
					return math.Abs(after-before) / math.Abs(before)
				}
				for order := 1; order <= 4; order++ {
					d := drift(order, 1000)
					if !isNonlinear(t, p) || isLinear(t, p, invariant) {
						if d > 1e-12 {
							t.Errorf("order %d: drifts by %.1e of its value", order, d)
						}
						continue
					}
					finer := drift(order, 2000)
					t.Logf("order %d: drift %.1e, falls at order %.2f", order, d, math.Log2(d/finer))
					// 1e-11 is the rounding error of some thousand steps.
					if observed := math.Log2(d / finer); finer > 1e-11 && observed < float64(order)-0.1 {
						t.Errorf("order %d: the drift falls at order %.2f", order, observed)
					}
				}
			})
		}
	}
}

// density returns a density in each channel.
func density(t *testing.T, p physics.Problem, invariant physics.Invariant) (*fourier.Series, *nonlinear) {
	s, err := fourier.NewSeries(p.Grid)
	if err != nil {
		t.Fatal(err)
	}
	n, err := newNonlinear(s, p.Channels(), func(_ int, u []physics.Field) []physics.Field {
		return slices.Repeat([]physics.Field{invariant.Density(u)}, len(u))
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, n
}

// isLinear tells whether an invariant is linear in the state.
func isLinear(t *testing.T, p physics.Problem, invariant physics.Invariant) bool {
	_, n := density(t, p, invariant)
	return len(n.products) == 0
}

// average is the mean of a density over the box.
func average(t *testing.T, p physics.Problem, invariant physics.Invariant, u []float64) float64 {
	s, n := density(t, p, invariant)
	channels := p.Channels()
	state, grid := make([][]complex128, channels), make([]float64, p.Grid.Size())
	for c := range channels {
		for i := range grid {
			grid[i] = u[i*channels+c]
		}
		state[c] = seriesOf(s, grid)
	}
	return real(n.of(state...)[0][0])
}

package data

import (
	"fmt"
	"math"
	"math/cmplx"
)

// stability tells, before a step is taken, whether it can be stable.
//
// To a wave v on top of a state, N adds g v, where g is proportional to a
// factor of a product, as u is in u ∂v/∂x. A step multiplies the wave by
// R(z, g), where the equation, with the state held fixed, does by exp(z + g).
// A step is refused where |R| is more than ten times exp(z + g), exp(z) and 1:
// there it makes waves that the equation does not have faster than a solution
// can carry them off. Steps less far beyond the limit of stability are tried,
// and end at the bound.
//
// It knows equations of one channel, and products of what is linear in it.
type stability struct{ limits []limit }

// limit is the largest value of a factor that a step can bear.
type limit struct {
	factor  *factor
	largest float64
}

// newStability reads the limits off the tables of a method.
func newStability(n *nonlinear, stages []stageTable, dt float64) stability {
	s := stability{}
	if len(n.outputs) != 1 {
		return s
	}
	for _, p := range n.products {
		a, b := p.a.kept.ofState(), p.b.kept.ofState()
		out := n.outputs[0].on(p.base)
		switch {
		case out == nil || a == nil || b == nil:
		case p.a == p.b: // the wave is in both
			s.limits = append(s.limits, limit{p.a, firstUnstable(stages, dt, gains(2, out, a))})
		default:
			s.limits = append(s.limits,
				limit{p.a, firstUnstable(stages, dt, gains(1, out, b))},
				limit{p.b, firstUnstable(stages, dt, gains(1, out, a))})
		}
	}
	return s
}

// check looks at the factors on the grid, as the last evaluation of N left
// them.
func (s stability) check() error {
	load := 0.0
	for _, l := range s.limits {
		largest := 0.0
		for _, v := range l.factor.grid {
			largest = max(largest, math.Abs(v))
		}
		load += largest / l.largest
	}
	if load > 1 {
		return fmt.Errorf("unstable: the time step is about %.2g times too long for this state; take more substeps", load)
	}
	return nil
}

// gains returns a ⊙ b times a number.
func gains(times float64, a, b []complex128) []complex128 {
	g := make([]complex128, len(a))
	for m := range g {
		g[m] = complex(times, 0) * a[m] * b[m]
	}
	return g
}

// firstUnstable returns the smallest value, to 10 %, of a factor with some
// gains [modes] at which a wave is unstable, infinity if there is none.
func firstUnstable(stages []stageTable, dt float64, gains []complex128) float64 {
	steepest := 0.0
	for _, g := range gains {
		steepest = max(steepest, dt*cmplx.Abs(g))
	}
	for x := 0.3; x < 1e4; x *= 1.1 { // the largest |Δt g|; no method here is unstable at 0.3
		value := x / steepest
		for m, g := range gains {
			if g != 0 && (amplifies(stages, dt, m, scaled(value, g)) || amplifies(stages, dt, m, scaled(-value, g))) {
				return value
			}
		}
	}
	return math.Inf(1)
}

// amplifies tells whether a step makes ten times too much of coefficient m of
// u_t = L u + g u.
func amplifies(stages []stageTable, dt float64, m int, g complex128) bool {
	var n [4]complex128 // N at the stages
	v := complex(1, 0)
	for i, stage := range stages {
		n[i] = g * v
		v = stage.decay[0][m]
		for j, w := range stage.weights {
			if w != nil {
				v += w[0][m] * n[j]
			}
		}
	}
	linear := stages[len(stages)-1].decay[0][m] // exp(z)
	exact := linear * cmplx.Exp(complex(dt, 0)*g)
	return cmplx.Abs(v) > 10*max(1, cmplx.Abs(linear), cmplx.Abs(exact))
}

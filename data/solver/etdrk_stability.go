package solver

import (
	"fmt"
	"math"
	"math/cmplx"
)

// stability tells, before a step is taken, whether it can be stable.
//
// To a wave v in a channel on top of a state, N adds g v to that channel, where
// g is proportional to a factor of a product, as u is in u ∂v/∂x. A step
// multiplies the wave by R(z, g), where the equation, with the state held
// fixed, does by exp(z + g). A step is refused where |R| is more than ten times
// exp(z + g), exp(z) and 1: there it makes waves that the equation does not
// have faster than a solution can carry them off. Steps less far beyond the
// limit of stability are tried, and end at the bound.
//
// It knows products of what is linear in the state, one factor at a time, and
// what a channel does to itself. Where L couples channels it refuses nothing; then the bound alone
// ends a blow-up.
type stability struct{ channels [][]limit }

// limit is the largest value of a factor that a step can bear.
type limit struct {
	peak    []float64 // [lanes] of the factor
	largest float64
}

// newStability reads the limits off the tables of a method.
func newStability(n *nonlinear, stages []stageTable, dt float64) stability {
	s := stability{}
	for c := range n.outputs {
		if coupled(stages[0].decay) {
			return s
		}
		var limits []limit
		bear := func(f *factor, gain []complex128) {
			if gain != nil {
				limits = append(limits, limit{f.peak, firstUnstable(stages, c, dt, gain)})
			}
		}
		for _, p := range n.products {
			out := n.outputs[c].on(p.base)
			for _, t := range p.terms {
				a, b := n.linearIn(t.a, c), n.linearIn(t.b, c)
				switch {
				case out == nil || p.power != 0:
				case t.a == t.b: // the wave is in both
					bear(t.a, gains(2*t.ratio, out, a))
				default:
					bear(t.a, gains(t.ratio, out, b))
					bear(t.b, gains(t.ratio, out, a))
				}
			}
		}
		s.channels = append(s.channels, limits)
	}
	return s
}

// coupled tells whether a channel acts on another.
func coupled(t table) bool {
	for c, row := range t {
		for d, entry := range row {
			if c != d && entry != nil {
				return true
			}
		}
	}
	return false
}

// linearIn returns what a factor makes of channel c, nil if that is nothing or
// if the factor has products in it.
func (n *nonlinear) linearIn(f *factor, c int) []complex128 {
	if f.kept.level() > 0 {
		return nil
	}
	return f.kept.on(n.bases[c])
}

// check sets the errors of the lanes that have none and cannot be stable, by
// the peaks of the factors as the last evaluation of N left them.
func (s stability) check(errs []error) {
	for l := range errs {
		worst := 0.0
		for _, limits := range s.channels {
			for _, m := range limits {
				worst = max(worst, m.peak[l]/m.largest)
			}
		}
		if worst > 1 && errs[l] == nil {
			errs[l] = fmt.Errorf("etdrk: unstable: the time step is about %.2g times too long for this state; take more substeps", worst)
		}
	}
}

// gains returns a ⊙ b times a number, nil where there is no b.
func gains(times float64, a, b []complex128) []complex128 {
	if b == nil {
		return nil
	}
	g := make([]complex128, len(a))
	for m := range g {
		g[m] = scaled(times, a[m]*b[m])
	}
	return g
}

// firstUnstable returns the smallest value, to 10 %, of a factor with some
// gains [modes] at which a wave of channel c is unstable, infinity if there is
// none.
func firstUnstable(stages []stageTable, c int, dt float64, gains []complex128) float64 {
	const harmless = 0.3 // no method here is unstable at a |Δt g| below
	steepness, steepest := make([]float64, len(gains)), 0.0
	for m, g := range gains {
		steepness[m] = dt * cmplx.Abs(g)
		steepest = max(steepest, steepness[m])
	}
	for x := harmless; x < 1e4; x *= 1.1 { // the largest |Δt g|
		value := x / steepest
		for m, g := range gains {
			if value*steepness[m] > harmless && (amplifies(stages, c, dt, m, scaled(value, g)) || amplifies(stages, c, dt, m, scaled(-value, g))) {
				return value
			}
		}
	}
	return math.Inf(1)
}

// amplifies tells whether a step makes ten times too much of coefficient m of
// u_t = L u + g u in channel c.
func amplifies(stages []stageTable, c int, dt float64, m int, g complex128) bool {
	var n [4]complex128 // N at the stages
	v := complex(1, 0)
	for i, stage := range stages {
		n[i] = g * v
		v = stage.decay.at(c, m)
		for j, w := range stage.weights {
			v += w.at(c, m) * n[j]
		}
	}
	linear := stages[len(stages)-1].decay.at(c, m) // exp(z)
	made := cmplx.Abs(v) / 10
	return made > max(1, cmplx.Abs(linear)) && made > cmplx.Abs(linear*cmplx.Exp(complex(dt, 0)*g))
}

// at is the entry [c][c] of coefficient m.
func (t table) at(c, m int) complex128 {
	if t[c][c] == nil {
		return 0
	}
	return t[c][c][m]
}

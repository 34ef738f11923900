package physics

import "eddy/configs"

func init() {
	configs.Register("linear", func() Equation { return &Linear{Coefficients: []float64{0, -0.25}} })
}

// Linear is the equation with any derivatives along the axes,
//
//	u_t = Σ_j a_j Σ_i ∂^j u/∂x_i^j,
//
// so a_0 is growth, −a_1 a velocity, a_2 a diffusivity, a_3 a dispersivity and
// −a_4 a hyper-diffusivity that does not mix the axes. Waves do not act on each
// other: the one of wavenumber k is multiplied by exp(t Σ_j a_j Σ_i (i k_i)^j).
// Good values: a = (0, −0.25, 0.008) for advection and diffusion at once,
// Extent 1, Points 160, Dt 0.1. The mean is conserved where a_0 = 0.
//
// With the same numbers it is GeneralLinearStepper of exponax, where a_0 counts
// once an axis, and with a = (0, 0, 0, 0, −ζ) its HyperDiffusion, which does not
// mix the axes by default.
type Linear struct {
	Coefficients []float64 `range:"(-inf,inf)" doc:"a_j, the coefficient of the derivatives of order j, from 0 on"`
}

// Channels is 1.
func (*Linear) Channels(int) int { return 1 }

// Linear returns Σ_j a_j Σ_i ∂^j/∂x_i^j.
func (e *Linear) Linear(dims int) Matrix { return Diagonal(alongAxes(dims, e.Coefficients)) }

// Nonlinear returns nil.
func (*Linear) Nonlinear(int, []Field) []Field { return nil }

// Invariants is the mean, without growth.
func (e *Linear) Invariants(int) []Invariant {
	if len(e.Coefficients) > 0 && e.Coefficients[0] != 0 {
		return nil
	}
	return []Invariant{mass(0)}
}

// alongAxes returns Σ_j a_j Σ_i ∂^j/∂x_i^j; a_0 counts once.
func alongAxes(dims int, a []float64) Operator {
	var l Operator
	for order, coefficient := range a {
		switch {
		case coefficient == 0:
		case order == 0:
			l = Identity().Scale(coefficient)
		default:
			l = l.Add(sumOfDerivs(dims, order).Scale(coefficient))
		}
	}
	return l
}

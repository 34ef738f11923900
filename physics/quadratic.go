package physics

import "eddy/configs"

func init() {
	configs.Register("quadratic", func() Equation {
		return &Quadratic{Coefficients: []float64{0, 0, 0.01}, Convection: -1}
	})
}

// Quadratic is the equation of one channel with any derivatives along the axes
// and three nonlinear terms,
//
//	u_t = Σ_j a_j Σ_i ∂^j u/∂x_i^j + s u² + c ½ Σ_i ∂(u²)/∂x_i + g ½ |∇u|²,
//
// all on the right. It has Burgers' equation of one channel (c = −1, a_2 = ν),
// whose waves move along the diagonal, KdV of one channel (c = −6, a_3 = −1),
// KS with fourth derivatives that do not mix the axes (g = a_2 = a_4 = −1), and
// Fisher's equation (a_0 = r, s = −r, a_2 = ν). Good values: those of these
// equations. The mean is conserved where a_0 = s = g = 0.
//
// With the same numbers it is GeneralNonlinearStepper of exponax, from which
// APEBench makes its Burgers of one channel, KdV and KS; there a_0 counts once
// an axis and the mean of |∇u|² is taken out.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024, arXiv 2411.00180.
type Quadratic struct {
	Coefficients []float64 `range:"(-inf,inf)" doc:"a_j, the coefficient of the derivatives of order j, from 0 on"`
	Square       float64   `range:"(-inf,inf)" doc:"coefficient s of u²"`
	Convection   float64   `range:"(-inf,inf)" doc:"coefficient c of ½ Σ_i ∂(u²)/∂x_i"`
	Slope        float64   `range:"(-inf,inf)" doc:"coefficient g of ½ |∇u|²"`
}

// Channels is 1.
func (*Quadratic) Channels(int) int { return 1 }

// Linear returns Σ_j a_j Σ_i ∂^j/∂x_i^j.
func (e *Quadratic) Linear(dims int) Matrix { return Diagonal(alongAxes(dims, e.Coefficients)) }

// Nonlinear returns s u² + c ½ Σ_i ∂(u²)/∂x_i + g ½ |∇u|², without the terms
// that are zero.
func (e *Quadratic) Nonlinear(dims int, u []Field) []Field {
	var n []Field
	if e.Square != 0 || e.Convection != 0 {
		operator := Identity().Scale(e.Square).Add(sumOfDerivs(dims, 1).Scale(e.Convection / 2))
		n = append(n, operator.Apply(u[0].Mul(u[0])))
	}
	if e.Slope != 0 {
		n = append(n, squaredSlope(dims, u[0]).Scale(e.Slope/2))
	}
	if len(n) == 2 {
		return []Field{n[0].Add(n[1])}
	}
	return n
}

// Invariants is the mean, where every term is a derivative.
func (e *Quadratic) Invariants(int) []Invariant {
	if len(e.Coefficients) > 0 && e.Coefficients[0] != 0 || e.Square != 0 || e.Slope != 0 {
		return nil
	}
	return []Invariant{mass(0)}
}

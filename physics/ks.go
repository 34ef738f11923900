package physics

import "eddy/configs"

func init() {
	configs.Register("ks", func() Equation {
		return &KS{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1}
	})
}

// KS is the Kuramoto–Sivashinsky equation of a flame front, in one dimension,
//
//	u_t + b ½ (u_x)² + ψ u_xx + ζ u_xxxx = 0,
//
// classically with b = ψ = ζ = 1. Waves longer than 2π√(ζ/ψ) grow and feed
// shorter ones; the motion is chaotic once the box is longer than about 30.
// The front advances: the mean of u falls at the rate b ½ mean(u_x²) and
// nothing is conserved. The mean has no influence on the rest; the solver kind
// zero_mean takes it out. Good values: Extent 60, Points 128, Dt 0.2, after a
// warmup of 100 time units.
//
// Ref: Sivashinsky, Acta Astronautica 4 (1977) 1177. The slope u_x obeys
// [KSConservative].
type KS struct {
	Convection       float64 `range:"(-inf,inf)" doc:"coefficient b of the squared slope ½(u_x)²"`
	AntiDiffusivity  float64 `range:"(-inf,inf)" doc:"coefficient ψ of u_xx, which makes long waves grow"`
	HyperDiffusivity float64 `range:"(0,inf)" doc:"coefficient ζ of u_xxxx, which damps short waves"`
}

// Linear returns −ψ ∂²/∂x² − ζ ∂⁴/∂x⁴.
func (e *KS) Linear(dims int) []Operator {
	if dims != 1 {
		return nil
	}
	return []Operator{instability(e.AntiDiffusivity, e.HyperDiffusivity)}
}

// Nonlinear returns −b ½ (u_x)².
func (e *KS) Nonlinear(u []Field) []Field {
	ux := u[0].D(0, 1)
	return []Field{ux.Mul(ux).Scale(-0.5 * e.Convection)}
}

// instability returns −ψ ∂²/∂x² − ζ ∂⁴/∂x⁴: growth of long waves, damping of
// short ones.
func instability(psi, zeta float64) Operator {
	return Deriv(0, 2).Scale(-psi).Add(Deriv(0, 4).Scale(-zeta))
}

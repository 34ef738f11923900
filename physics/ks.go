package physics

import "eddy/configs"

func init() {
	configs.Register("ks", func() Equation {
		return &KS{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1}
	})
}

// KS is the Kuramoto–Sivashinsky equation of a flame front,
//
//	u_t + b ½ |∇u|² + ψ Δu + ζ Δ²u = 0,
//
// classically with b = ψ = ζ = 1. Waves longer than 2π√(ζ/ψ) grow and feed
// shorter ones; the motion is chaotic once the box is longer than about 30.
// The front advances: the mean of u falls at the rate b ½ mean|∇u|² and
// nothing is conserved. The mean has no influence on the rest; the solver kind
// zero_mean takes it out. Good values: Extent 60, Points 128, Dt 0.2, after a
// warmup of 100 time units.
//
// In one dimension it is KuramotoSivashinsky of exponax, which in several has
// Σ_i ∂⁴u/∂x_i⁴ for Δ²u, as [Quadratic] has; exponax also takes out the mean.
//
// Ref: Sivashinsky, Acta Astronautica 4 (1977) 1177. The slope u_x obeys
// [KSConservative].
type KS struct {
	Convection       float64 `range:"(-inf,inf)" doc:"coefficient b of the squared slope ½|∇u|²"`
	AntiDiffusivity  float64 `range:"(-inf,inf)" doc:"coefficient ψ of u_xx, which makes long waves grow"`
	HyperDiffusivity float64 `range:"(0,inf)" doc:"coefficient ζ of u_xxxx, which damps short waves"`
}

// Channels is 1.
func (*KS) Channels(int) int { return 1 }

// Linear returns −ψΔ − ζΔ².
func (e *KS) Linear(dims int) Matrix {
	return Diagonal(instability(dims, e.AntiDiffusivity, e.HyperDiffusivity))
}

// Nonlinear returns −b ½ |∇u|².
func (e *KS) Nonlinear(dims int, u []Field) []Field {
	return []Field{squaredSlope(dims, u[0]).Scale(-0.5 * e.Convection)}
}

// squaredSlope returns |∇u|².
func squaredSlope(dims int, u Field) Field {
	square := u.D(0, 1).Pow(2)
	for axis := 1; axis < dims; axis++ {
		square = square.Add(u.D(axis, 1).Pow(2))
	}
	return square
}

// instability returns −ψΔ − ζΔ²: growth of long waves, damping of short ones.
func instability(dims int, psi, zeta float64) Operator {
	lap := Laplacian(dims)
	return lap.Scale(-psi).Add(lap.Mul(lap).Scale(-zeta))
}

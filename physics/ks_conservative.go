package physics

import "eddy/configs"

func init() {
	configs.Register("ks_conservative", func() Equation {
		return &KSConservative{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1}
	})
}

// KSConservative is the Kuramoto–Sivashinsky equation in conservative form, in
// one dimension,
//
//	u_t + b ½ (u²)_x + ψ u_xx + ζ u_xxxx = 0,
//
// classically with b = ψ = ζ = 1. It is chaotic once the box is longer than
// about 30, with |u| below 4. Good values: Extent 64, Points 128, Dt 0.2,
// after a warmup of 100 time units. The mean is conserved.
//
// Ref: Kassam & Trefethen, SIAM J. Sci. Comput. 26 (2005) 1214, §4.2. It is
// what the slope of a solution of [KS] obeys.
type KSConservative struct {
	Convection       float64 `range:"(-inf,inf)" doc:"coefficient b of the convection ½(u²)_x"`
	AntiDiffusivity  float64 `range:"(-inf,inf)" doc:"coefficient ψ of u_xx, which makes long waves grow"`
	HyperDiffusivity float64 `range:"(0,inf)" doc:"coefficient ζ of u_xxxx, which damps short waves"`
}

// Channels is 1 in one dimension.
func (*KSConservative) Channels(dims int) int { return onlyIn(1, dims) }

// Linear returns −ψ ∂²/∂x² − ζ ∂⁴/∂x⁴.
func (e *KSConservative) Linear(int) Matrix {
	return Diagonal(instability(1, e.AntiDiffusivity, e.HyperDiffusivity))
}

// Nonlinear returns −b ½ (u²)_x.
func (e *KSConservative) Nonlinear(_ int, u []Field) []Field { return convection(e.Convection, u) }

// Invariants is the mean.
func (*KSConservative) Invariants(int) []Invariant { return []Invariant{mass(0)} }

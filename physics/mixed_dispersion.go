package physics

import "eddy/configs"

func init() {
	configs.Register("mixed_dispersion", func() Equation { return &MixedDispersion{Dispersivity: 2.5e-4} })
}

// MixedDispersion is [Dispersion] with a Laplacian, which mixes the axes,
//
//	u_t = ξ Σ_i ∂(Δu)/∂x_i.
//
// The wave exp(i k·x) keeps its amplitude and moves at velocity ξ |k|² along
// every axis. In one dimension it is Dispersion. Good values: Dispersivity
// 2.5e-4, Extent 1, Points 160, Dt 0.001. The mean and the mean square are
// conserved. It is Dispersion of exponax with advect_on_diffusion.
type MixedDispersion struct {
	Dispersivity float64 `range:"(-inf,inf)" doc:"dispersivity ξ, length³ per time"`
}

// Channels is 1.
func (*MixedDispersion) Channels(int) int { return 1 }

// Linear returns ξ Σ_i ∂/∂x_i Δ.
func (e *MixedDispersion) Linear(dims int) Matrix {
	return Diagonal(sumOfDerivs(dims, 1).Mul(Laplacian(dims)).Scale(e.Dispersivity))
}

// Nonlinear returns nil.
func (*MixedDispersion) Nonlinear(int, []Field) []Field { return nil }

// Invariants are the mean and the mean square.
func (*MixedDispersion) Invariants(int) []Invariant { return []Invariant{mass(0), energy(0)} }

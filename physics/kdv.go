package physics

import (
	"slices"

	"eddy/configs"
)

func init() {
	configs.Register("kdv", func() Equation { return &KdV{Convection: 6, Dispersivity: 1} })
}

// KdV is the Korteweg–de Vries equation, with damping if wanted,
//
//	u_t + b ½ (u²)_x + δ u_xxx = ν u_xx − ζ u_xxxx,
//
// and in several dimensions, with a channel for each axis,
//
//	u_t + b ½ ∇·(u⊗u) + δ Σ_i ∂³u/∂x_i³ = ν Δu − ζ Σ_i ∂⁴u/∂x_i⁴.
//
// So b = 6, δ = 1 is the classical u_t + 6 u u_x + u_xxx = 0, whose waves are
// positive humps and travel to the right; b = −6 is the other sign convention.
// States break up into solitons
//
//	u = 3c/b sech²(½ √(c/δ) (x − ct)),
//
// which pass through each other. Good values: Extent 20, Points 128, Dt 0.05
// with 10 substeps of ETDRK4 for states of max|u| = 1. The mean is conserved;
// where ν = ζ = 0 so are, in one dimension, the mean of ½u² and of
// (b/6)u³ − (δ/2)u_x². It is KortewegDeVries of exponax, conservative, with the
// same numbers.
//
// Ref: Zabusky & Kruskal, Phys. Rev. Lett. 15 (1965) 240.
type KdV struct {
	Convection       float64 `range:"(-inf,inf)" doc:"coefficient b of the convection ½(u²)_x"`
	Dispersivity     float64 `range:"(-inf,inf)" doc:"coefficient δ of u_xxx"`
	Viscosity        float64 `range:"[0,inf)" doc:"viscosity ν, length² per time"`
	HyperDiffusivity float64 `range:"[0,inf)" doc:"hyper-diffusivity ζ, length⁴ per time"`
}

// Channels is one for each axis.
func (*KdV) Channels(dims int) int { return dims }

// Linear returns −δ Σ_i ∂³/∂x_i³ + νΔ − ζ Σ_i ∂⁴/∂x_i⁴ for each channel.
func (e *KdV) Linear(dims int) Matrix {
	l := alongAxes(dims, []float64{0, 0, e.Viscosity, -e.Dispersivity, -e.HyperDiffusivity})
	return Diagonal(slices.Repeat([]Operator{l}, dims)...)
}

// Nonlinear returns −b ½ ∇·(u⊗u).
func (e *KdV) Nonlinear(_ int, u []Field) []Field { return convection(e.Convection, u) }

// Invariants are the means and, in one dimension without damping, the next two
// of the infinitely many.
func (e *KdV) Invariants(dims int) []Invariant {
	if e.Viscosity != 0 || e.HyperDiffusivity != 0 || dims > 1 {
		return masses(dims)
	}
	hamiltonian := func(u []Field) Field {
		ux := u[0].D(0, 1)
		return u[0].Mul(u[0]).Mul(u[0]).Scale(e.Convection / 6).Add(ux.Mul(ux).Scale(-e.Dispersivity / 2))
	}
	return []Invariant{mass(0), energy(0), {"hamiltonian", hamiltonian}}
}

// Components are those of one vector.
func (*KdV) Components(dims int) []Component { return vector(dims) }

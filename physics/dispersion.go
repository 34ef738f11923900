package physics

import "eddy/configs"

func init() {
	configs.Register("dispersion", func() Equation { return &Dispersion{Dispersivity: 1e-4} })
}

// Dispersion makes waves of different length travel at different speed,
//
//	u_t = ξ u_xxx,
//
// with Σ_a ∂³u/∂x_a³ in several dimensions. A wave of wavenumber k keeps its
// amplitude and moves at velocity ξ k². Good values: Dispersivity 1e-4,
// Extent 1, Dt 0.1. The mean and the mean square are conserved. It is
// Dispersion of exponax with the same number.
type Dispersion struct {
	Dispersivity float64 `range:"(-inf,inf)" doc:"dispersivity ξ, length³ per time"`
}

// Channels is 1.
func (*Dispersion) Channels(int) int { return 1 }

// Linear returns ξ Σ_a ∂³/∂x_a³.
func (e *Dispersion) Linear(dims int) Matrix {
	return Diagonal(sumOfDerivs(dims, 3).Scale(e.Dispersivity))
}

// Nonlinear returns nil.
func (*Dispersion) Nonlinear(int, []Field) []Field { return nil }

// Invariants are the mean and the mean square.
func (*Dispersion) Invariants(int) []Invariant { return []Invariant{mass(0), energy(0)} }

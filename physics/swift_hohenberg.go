package physics

import "eddy/configs"

func init() {
	configs.Register("swift_hohenberg", func() Equation {
		return &SwiftHohenberg{Reactivity: 0.7, Critical: 1, Quadratic: 1, Cubic: 1}
	})
}

// SwiftHohenberg forms patterns of one wavelength, as convection between two
// plates does,
//
//	u_t = r u − (k + Δ)² u + g u² − h u³.
//
// Waves of wavenumber near √k grow at the rate r and saturate as stripes
// (g = 0) or hexagons (g > 0), which then arrange themselves. Good values:
// those of the defaults, Extent 10π, Points 64 along each of two axes, Dt 0.1
// in 5 substeps, from states of max|u| = 1. Nothing is conserved. It is
// SwiftHohenberg of exponax with critical_number k and the polynomial
// (0, 0, g, −h).
//
// Ref: Swift & Hohenberg, Phys. Rev. A 15 (1977) 319.
type SwiftHohenberg struct {
	Reactivity float64 `range:"(-inf,inf)" doc:"growth rate r of waves of the critical wavenumber, per time"`
	Critical   float64 `range:"[0,inf)" doc:"square k of the critical wavenumber"`
	Quadratic  float64 `range:"(-inf,inf)" doc:"coefficient g of u²"`
	Cubic      float64 `range:"[0,inf)" doc:"coefficient h of u³, which ends the growth"`
}

// Channels is 1.
func (*SwiftHohenberg) Channels(int) int { return 1 }

// Linear returns r − (k + Δ)².
func (e *SwiftHohenberg) Linear(dims int) Matrix {
	shifted := Identity().Scale(e.Critical).Add(Laplacian(dims))
	return Diagonal(Identity().Scale(e.Reactivity).Add(shifted.Mul(shifted).Scale(-1)))
}

// Nonlinear returns (g − h u) u².
func (e *SwiftHohenberg) Nonlinear(_ int, u []Field) []Field {
	square := u[0].Mul(u[0])
	return []Field{square.Scale(e.Quadratic).Add(square.Mul(u[0]).Scale(-e.Cubic))}
}

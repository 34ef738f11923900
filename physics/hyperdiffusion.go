package physics

import "eddy/configs"

func init() {
	configs.Register("hyperdiffusion", func() Equation { return &HyperDiffusion{HyperDiffusivity: 1e-5} })
}

// HyperDiffusion damps short waves much more than long ones, in any number of
// dimensions,
//
//	u_t = −ζ Δ²u.
//
// A wave of wavenumber k decays as exp(−ζ k⁴ t); only the mean stays. Good
// values: HyperDiffusivity 1e-5, Extent 1, Dt 0.1, where the longest wave
// loses 0.2 % a frame and the fifth 60 %. It is HyperDiffusion of exponax with
// diffuse_on_diffuse; what does not mix the axes is [Linear].
type HyperDiffusion struct {
	HyperDiffusivity float64 `range:"[0,inf)" doc:"hyper-diffusivity ζ, length⁴ per time"`
}

// Channels is 1.
func (*HyperDiffusion) Channels(int) int { return 1 }

// Linear returns −ζΔ².
func (e *HyperDiffusion) Linear(dims int) Matrix {
	lap := Laplacian(dims)
	return Diagonal(lap.Mul(lap).Scale(-e.HyperDiffusivity))
}

// Nonlinear returns nil.
func (*HyperDiffusion) Nonlinear(int, []Field) []Field { return nil }

// Invariants is the mean.
func (*HyperDiffusion) Invariants(int) []Invariant { return []Invariant{mass(0)} }

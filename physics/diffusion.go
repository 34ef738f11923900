package physics

import "eddy/configs"

func init() {
	configs.Register("diffusion", func() Equation { return &Diffusion{Diffusivity: 0.01} })
}

// Diffusion is the heat equation in any number of dimensions,
//
//	u_t = ν Δu.
//
// A wave of wavenumber k decays as exp(−ν k² t); only the mean stays. Good
// values: Diffusivity 0.01, Extent 1, Dt 0.01, where the longest wave loses
// 0.4 % a frame. It is Diffusion of exponax; [AnisotropicDiffusion] is that with
// a matrix.
type Diffusion struct {
	Diffusivity float64 `range:"[0,inf)" doc:"diffusivity ν, length² per time"`
}

// Channels is 1.
func (*Diffusion) Channels(int) int { return 1 }

// Linear returns νΔ.
func (e *Diffusion) Linear(dims int) Matrix {
	return Diagonal(Laplacian(dims).Scale(e.Diffusivity))
}

// Nonlinear returns nil.
func (*Diffusion) Nonlinear(int, []Field) []Field { return nil }

// Invariants is the mean.
func (*Diffusion) Invariants(int) []Invariant { return []Invariant{mass(0)} }

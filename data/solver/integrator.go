package solver

import "math"

// Integrator is a Runge–Kutta method for u_t = f(u).
type Integrator interface {
	// Scratch is the number of vectors that Step needs beside the state.
	Scratch() int

	// Step advances u by dt, unless that would not be stable.
	Step(u []float64, dt float64, f ODE, scratch [][]float64) error
}

// ODE is a system of ordinary differential equations u_t = f(u).
type ODE interface {
	// Rate writes f(u) to dst.
	Rate(dst, u []float64)

	// Spectrum bounds the eigenvalues of ∂f/∂u.
	Spectrum(u []float64) Spectrum
}

// Spectrum bounds eigenvalues z, those of growth aside: each is in an ellipse
// that touches 0 from the left,
//
//	(Re z + r/2)²/(r/2)² + (Im z)²/i² ≤ 1,
//
// as those of diffusion and of waves that move are on a grid.
type Spectrum struct {
	Real  float64 // largest r, per time
	Imag  float64 // largest i, per time
	Ratio float64 // largest i²/r, per time: about the squared velocity over the diffusivity
}

// finite tells whether the bounds are numbers.
func (s Spectrum) finite() bool {
	return !math.IsInf(s.Real+s.Imag, 0) && !math.IsNaN(s.Real+s.Imag)
}

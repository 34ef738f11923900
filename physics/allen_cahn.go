package physics

import "eddy/configs"

func init() {
	configs.Register("allen_cahn", func() Equation { return &AllenCahn{Diffusivity: 5e-3, Growth: 1, Saturation: 1} })
}

// AllenCahn separates two phases,
//
//	u_t = ν Δu + a u − b u³.
//
// States go to ±√(a/b) within a time of about 1/a; the fronts between, of the
// form √(a/b) tanh(x √(a/2ν)), move by their curvature and vanish slowly. Good
// values: Diffusivity 5e-3, Growth 1, Saturation 1, Extent 2π, Points 128, Dt
// 0.1, from states of max|u| = 1. Nothing is conserved; the mean of
// (ν/2)|∇u|² − (a/2)u² + (b/4)u⁴ never grows. It is AllenCahn of exponax with
// c₁ = a and c₃ = −b.
//
// Ref: Allen & Cahn, Acta Metall. 27 (1979) 1085.
type AllenCahn struct {
	Diffusivity float64 `range:"[0,inf)" doc:"diffusivity ν, length² per time"`
	Growth      float64 `range:"(-inf,inf)" doc:"growth rate a of small states, per time"`
	Saturation  float64 `range:"[0,inf)" doc:"coefficient b of u³, which ends the growth"`
}

// Channels is 1.
func (*AllenCahn) Channels(int) int { return 1 }

// Linear returns νΔ + a.
func (e *AllenCahn) Linear(dims int) Matrix {
	return Diagonal(Laplacian(dims).Scale(e.Diffusivity).Add(Identity().Scale(e.Growth)))
}

// Nonlinear returns −b u³.
func (e *AllenCahn) Nonlinear(_ int, u []Field) []Field {
	return []Field{u[0].Pow(3).Scale(-e.Saturation)}
}

package physics

import (
	"math"

	"eddy/configs"
)

// Forcing is a steady force on a flow in two dimensions.
type Forcing interface {
	// Curl returns the curl of the force, ∂f_y/∂x − ∂f_x/∂y, on the box of a
	// field, whatever that field is.
	Curl(on Field) Field
}

func init() {
	configs.Register("kolmogorov", func() Forcing { return &Kolmogorov{Mode: 4, Amplitude: 1} })
	configs.Register("diagonal", func() Forcing { return &DiagonalForcing{Amplitude: 0.1} })
}

// Kolmogorov is a force along x that changes its sign along y,
//
//	f = (A sin(2πny/L), 0).
//
// At rest it drives the flow A sin(2πny/L)/(νk² + μ) along x, with k = 2πn/L,
// which is unstable at low viscosity ν and drag μ. Good values: Mode 4,
// Amplitude 1 on Extent 2π.
//
// Ref: Chandler & Kerswell, J. Fluid Mech. 722 (2013) 554, §2.
type Kolmogorov struct {
	Mode      int     `range:"[1,4096]" doc:"waves n of the force along y"`
	Amplitude float64 `range:"(-inf,inf)" doc:"amplitude A of the force, length per time²"`
}

// Curl implements [Forcing]: −∂f_x/∂y = −A k cos ky, with k = 2πn/L.
func (f *Kolmogorov) Curl(on Field) Field {
	return on.Cosine([3]int{0, f.Mode, 0}, -math.Pi/2).D(1, 1).Scale(-f.Amplitude)
}

// DiagonalForcing is what the vorticity of the FNO paper is forced by, with
// A = 0.1 on Extent 1,
//
//	∇×f = A (sin 2π(x + y)/L + cos 2π(x + y)/L).
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, §5.3.
type DiagonalForcing struct {
	Amplitude float64 `range:"(-inf,inf)" doc:"amplitude A of the curl of the force, per time²"`
}

// Curl implements [Forcing].
func (f *DiagonalForcing) Curl(on Field) Field {
	k := [3]int{1, 1, 0}
	return on.Cosine(k, -math.Pi/2).Add(on.Cosine(k, 0)).Scale(f.Amplitude)
}

package physics

import "eddy/configs"

func init() {
	configs.Register("navier_stokes", func() Equation { return &NavierStokes{Viscosity: 1e-3} })
}

// NavierStokes is the incompressible Navier–Stokes equation in two dimensions,
// for the vorticity ω = ∂v/∂x − ∂u/∂y of the velocity (u, v),
//
//	ω_t + ∇·((u, v) ω) = ν Δω − μ ω + ∇×f,
//	(u, v) = (∂ψ/∂y, −∂ψ/∂x),  −Δψ = ω,
//
// where the mean velocity is zero. Unforced, vortices merge and decay. Good
// values, for states of max|ω| = 1 or so:
//
//   - decaying turbulence: Viscosity 1e-4, Extent 1, Points 160, Dt 0.1;
//   - Kolmogorov flow: Viscosity 0.01, Drag 0.1, the forcing kolmogorov, Extent
//     2π, Points 160, Dt 0.1 in 20 substeps, after a warmup of 500 frames; it is
//     chaotic;
//   - the FNO paper: Viscosity 1e-3 to 1e-5, the forcing diagonal, Extent 1,
//     Points 64, Dt 1 in 1,000 substeps or fewer.
//
// The mean of ω is conserved without drag; with neither viscosity nor forcing
// also the kinetic energy, the mean of ½ψω, and the enstrophy, that of ½ω².
//
// It is NavierStokesVorticity and KolmogorovFlowVorticity of exponax with
// drag = −μ on Extent 2π, for states mirrored in y: there the stream function
// has the other sign.
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, §5.3;
// Chandler & Kerswell, J. Fluid Mech. 722 (2013) 554, §2.
type NavierStokes struct {
	Viscosity float64             `range:"[0,inf)" doc:"viscosity ν, length² per time"`
	Drag      float64             `range:"[0,inf)" doc:"linear drag μ, per time"`
	Forcing   configs.Of[Forcing] `doc:"what drives the flow; nothing where it is absent"`
}

// Channels is 1 in two dimensions.
func (*NavierStokes) Channels(dims int) int { return onlyIn(2, dims) }

// Linear returns νΔ − μ.
func (e *NavierStokes) Linear(dims int) Matrix {
	return Diagonal(Laplacian(dims).Scale(e.Viscosity).Add(Identity().Scale(-e.Drag)))
}

// Nonlinear returns −∇·((u, v) ω) + ∇×f.
func (e *NavierStokes) Nonlinear(_ int, w []Field) []Field {
	psi := w[0].InverseLaplacian().Scale(-1)
	u, v := psi.D(1, 1), psi.D(0, 1).Scale(-1)
	n := u.Mul(w[0]).D(0, 1).Add(v.Mul(w[0]).D(1, 1)).Scale(-1)
	if e.Forcing.Value != nil {
		n = n.Add(e.Forcing.Value.Curl(w[0]))
	}
	return []Field{n}
}

// Invariants are the mean, without drag, and the energy and the enstrophy,
// without viscosity and forcing.
func (e *NavierStokes) Invariants(int) []Invariant {
	switch {
	case e.Drag != 0:
		return nil
	case e.Viscosity != 0 || e.Forcing.Value != nil:
		return masses(1)
	}
	kinetic := func(w []Field) Field { return w[0].InverseLaplacian().Mul(w[0]).Scale(-0.5) }
	enstrophy := energy(0)
	enstrophy.Name = "enstrophy"
	return []Invariant{mass(0), {"energy", kinetic}, enstrophy}
}

// Components is a pseudoscalar.
func (*NavierStokes) Components(int) []Component { return []Component{Pseudoscalar} }

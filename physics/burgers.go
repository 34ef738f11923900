package physics

import (
	"slices"

	"eddy/configs"
)

func init() {
	configs.Register("burgers", func() Equation { return &Burgers{Convection: 1, Viscosity: 0.05} })
}

// Burgers is the viscous Burgers equation in conservative form,
//
//	u_t + b ½ (u²)_x = ν u_xx,
//
// with b ½ ∇·(u⊗u) and a channel for each axis in several dimensions. Smooth
// waves steepen to fronts of width about ν/(b max|u|), which then decay; a
// grid must resolve the fronts. max|u| never grows in one dimension. Good
// values: Viscosity 0.05, Extent 2π, Points 256, Dt 0.05 for states of
// max|u| = 1. The mean of each channel is conserved. Without viscosity waves
// break into shocks, which the solver finite_volume follows.
//
// It is Burgers of exponax, conservative; that of one channel in several
// dimensions is [Quadratic], the other form [BurgersConvective].
//
// Ref: Hopf, Comm. Pure Appl. Math. 3 (1950) 201; Cole, Quart. Appl. Math. 9
// (1951) 225: the exact solution.
type Burgers struct {
	Convection float64 `range:"(-inf,inf)" doc:"coefficient b of the convection ½(u²)_x"`
	Viscosity  float64 `range:"[0,inf)" doc:"viscosity ν, length² per time"`
}

var _ ConservationLaw = (*Burgers)(nil)

// Channels is one for each axis.
func (*Burgers) Channels(dims int) int { return dims }

// Linear returns νΔ for each channel.
func (e *Burgers) Linear(dims int) Matrix {
	return Diagonal(slices.Repeat([]Operator{Laplacian(dims).Scale(e.Viscosity)}, dims)...)
}

// Nonlinear returns −b ½ ∇·(u⊗u).
func (e *Burgers) Nonlinear(_ int, u []Field) []Field { return convection(e.Convection, u) }

// Flux returns b ½ u⊗u along an axis.
func (e *Burgers) Flux(_ int, u []Field, axis int) []Field {
	flux := make([]Field, len(u))
	for i := range u {
		flux[i] = u[i].Mul(u[axis]).Scale(0.5 * e.Convection)
	}
	return flux
}

// Speeds returns the eigenvalues of ∂F/∂u, which are b u_a along axis a and, in
// several dimensions, half of it.
func (e *Burgers) Speeds(dims int, u []float64, axis int) (low, high float64, err error) {
	fast := e.Convection * u[axis]
	slow := fast
	if dims > 1 {
		slow = 0.5 * fast
	}
	return min(slow, fast), max(slow, fast), nil
}

// Diffusivity returns ν for each channel.
func (e *Burgers) Diffusivity(dims int) []float64 {
	return slices.Repeat([]float64{e.Viscosity}, dims)
}

// Invariants are the means.
func (*Burgers) Invariants(dims int) []Invariant { return masses(dims) }

// Components are those of one vector.
func (*Burgers) Components(dims int) []Component { return vector(dims) }

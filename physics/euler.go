package physics

import (
	"fmt"
	"math"

	"eddy/configs"
)

func init() {
	configs.Register("euler", func() Equation { return &Euler{Gamma: 1.4} })
}

// Euler is the flow of an ideal gas without viscosity,
//
//	ρ_t + ∇·(ρv) = 0,
//	(ρv)_t + ∇·(ρ v⊗v) + ∇p = 0,
//	E_t + ∇·((E + p) v) = 0,   p = (γ − 1)(E − ½ ρ|v|²),
//
// with the channels density ρ, momentum ρv, one along each axis, and energy E,
// all per volume. Sound moves at v ± √(γp/ρ) and steepens to shocks; contact
// discontinuities of the density move at v. ρ and p are positive. Good values:
// Gamma 1.4, air; ρ, p and the extent about 1, Points 200, Dt 0.02.
//
// Ref: Toro, Riemann Solvers and Numerical Methods for Fluid Dynamics (2009), §3.
type Euler struct {
	Gamma float64 `range:"(1,inf)" doc:"ratio γ of the specific heats"`
}

var _ ConservationLaw = (*Euler)(nil)

// Channels is the density, a momentum along each axis and the energy.
func (*Euler) Channels(dims int) int { return dims + 2 }

// Components are those of the density, the momentum and the energy.
func (*Euler) Components(dims int) []Component {
	return append(append([]Component{Scalar}, vector(dims)...), Scalar)
}

// Linear returns zero.
func (e *Euler) Linear(dims int) Matrix { return NewMatrix(e.Channels(dims)) }

// Nonlinear returns −∇·F.
func (e *Euler) Nonlinear(dims int, u []Field) []Field { return divergence(e, dims, u) }

// Flux returns ρv, ρ v⊗v + p and (E + p)v along an axis.
func (e *Euler) Flux(dims int, u []Field, axis int) []Field {
	density, momentum, energy := u[0], u[1:1+dims], u[1+dims]
	square := momentum[0].Mul(momentum[0])
	for _, m := range momentum[1:] {
		square = square.Add(m.Mul(m))
	}
	volume := density.Pow(-1)
	pressure := energy.Add(square.Mul(volume).Scale(-0.5)).Scale(e.Gamma - 1)
	velocity := momentum[axis].Mul(volume)

	flux := []Field{momentum[axis]}
	for a, m := range momentum {
		f := m.Mul(velocity)
		if a == axis {
			f = f.Add(pressure)
		}
		flux = append(flux, f)
	}
	return append(flux, energy.Add(pressure).Mul(velocity))
}

// Speeds returns v ± √(γp/ρ).
func (e *Euler) Speeds(dims int, u []float64, axis int) (low, high float64, err error) {
	density, energy := u[0], u[1+dims]
	if !(density > 0) {
		return 0, 0, fmt.Errorf("density %.3g, want a positive number", density)
	}
	square := 0.0
	for _, m := range u[1 : 1+dims] {
		square += m * m
	}
	pressure := (e.Gamma - 1) * (energy - 0.5*square/density)
	if !(pressure > 0) {
		return 0, 0, fmt.Errorf("pressure %.3g, want a positive number", pressure)
	}
	v, c := u[1+axis]/density, math.Sqrt(e.Gamma*pressure/density)
	return v - c, v + c, nil
}

// Diffusivity returns nil.
func (*Euler) Diffusivity(int) []float64 { return nil }

// Invariants are the integrals of all channels.
func (e *Euler) Invariants(dims int) []Invariant { return masses(e.Channels(dims)) }

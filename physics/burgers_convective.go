package physics

import (
	"slices"

	"eddy/configs"
)

func init() {
	configs.Register("burgers_convective", func() Equation { return &BurgersConvective{Convection: 1, Viscosity: 0.05} })
}

// BurgersConvective is the viscous Burgers equation of a velocity that carries
// itself,
//
//	u_t + b (u·∇)u = ν Δu,
//
// with a channel for each axis. In one dimension it is [Burgers]; in several
// only this form has the solutions of Cole and Hopf, u = −(2ν/b) ∇φ/φ with
// φ_t = νΔφ, and it keeps a velocity without vorticity so. Good values: those
// of Burgers. The mean is conserved in one dimension, nothing in several,
// though no velocity ever grows beyond its first maximum. It is Burgers of
// exponax with its defaults.
//
// Ref: Hopf, Comm. Pure Appl. Math. 3 (1950) 201; Cole, Quart. Appl. Math. 9
// (1951) 225.
type BurgersConvective struct {
	Convection float64 `range:"(-inf,inf)" doc:"coefficient b of the convection (u·∇)u"`
	Viscosity  float64 `range:"[0,inf)" doc:"viscosity ν, length² per time"`
}

// Channels is one for each axis.
func (*BurgersConvective) Channels(dims int) int { return dims }

// Linear returns νΔ for each channel.
func (e *BurgersConvective) Linear(dims int) Matrix {
	return Diagonal(slices.Repeat([]Operator{Laplacian(dims).Scale(e.Viscosity)}, dims)...)
}

// Nonlinear returns −b (u·∇)u.
func (e *BurgersConvective) Nonlinear(dims int, u []Field) []Field {
	n := make([]Field, dims)
	for i := range n {
		n[i] = u[0].Mul(u[i].D(0, 1))
		for j := 1; j < dims; j++ {
			n[i] = n[i].Add(u[j].Mul(u[i].D(j, 1)))
		}
		n[i] = n[i].Scale(-e.Convection)
	}
	return n
}

// Invariants is the mean in one dimension.
func (*BurgersConvective) Invariants(dims int) []Invariant {
	if dims > 1 {
		return nil
	}
	return masses(1)
}

// Components are those of one vector.
func (*BurgersConvective) Components(dims int) []Component { return vector(dims) }

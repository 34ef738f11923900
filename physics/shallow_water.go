package physics

import (
	"fmt"
	"math"

	"eddy/configs"
)

func init() {
	configs.Register("shallow_water", func() Equation { return &ShallowWater{Gravity: 9.81} })
}

// ShallowWater is a layer of water over flat ground, in one or two dimensions,
//
//	h_t + ∇·(hv) = 0,
//	(hv)_t + ∇·(h v⊗v) + ∇ ½ g h² = 0,
//
// with the channels depth h and discharge hv, one along each axis. Waves move
// at v ± √(gh) and break into bores, across which depth and discharge are
// conserved, but not the energy. The ground is never dry: h > 0. Good values:
// Gravity 9.81 m/s² with lengths in metres, or 1 with depths about 1; Extent
// 10, Points 200, Dt 0.05.
//
// Ref: LeVeque, Finite Volume Methods for Hyperbolic Problems (2002), §13.
type ShallowWater struct {
	Gravity float64 `range:"(0,inf)" doc:"gravity g, length per time²"`
}

var _ ConservationLaw = (*ShallowWater)(nil)

// Channels is the depth and a discharge along each axis.
func (*ShallowWater) Channels(dims int) int {
	if dims > 2 {
		return 0
	}
	return 1 + dims
}

// Components are those of the depth and of the discharge.
func (*ShallowWater) Components(dims int) []Component {
	return append([]Component{Scalar}, vector(dims)...)
}

// Linear returns zero.
func (e *ShallowWater) Linear(dims int) Matrix { return NewMatrix(e.Channels(dims)) }

// Nonlinear returns −∇·F.
func (e *ShallowWater) Nonlinear(dims int, u []Field) []Field { return divergence(e, dims, u) }

// Flux returns hv and h v⊗v + ½ g h² along an axis.
func (e *ShallowWater) Flux(dims int, u []Field, axis int) []Field {
	h, discharge := u[0], u[1:]
	velocity := discharge[axis].Mul(h.Pow(-1))
	flux := []Field{discharge[axis]}
	for a := range dims {
		f := discharge[a].Mul(velocity)
		if a == axis {
			f = f.Add(h.Mul(h).Scale(0.5 * e.Gravity))
		}
		flux = append(flux, f)
	}
	return flux
}

// Speeds returns v ± √(gh).
func (e *ShallowWater) Speeds(_ int, u []float64, axis int) (low, high float64, err error) {
	h := u[0]
	if !(h > 0) {
		return 0, 0, fmt.Errorf("depth %.3g, want a positive number", h)
	}
	v, c := u[1+axis]/h, math.Sqrt(e.Gravity*h)
	return v - c, v + c, nil
}

// Diffusivity returns nil.
func (*ShallowWater) Diffusivity(int) []float64 { return nil }

// Invariants are the integrals of all channels.
func (e *ShallowWater) Invariants(dims int) []Invariant { return masses(e.Channels(dims)) }

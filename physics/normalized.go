package physics

import (
	"math"

	"eddy/configs"
)

func init() {
	configs.Register("normalized", func() Equation {
		return &Normalized{Alpha: []float64{0, -0.025}, Extent: 1, Dt: 1}
	})
}

// Normalized is [Quadratic] by the numbers without units that alone decide what
// it does, with L the length of the box and Δt the time of a frame:
//
//	α_j = a_j Δt/L^j,  β_0 = s Δt,  β_1 = c Δt/L,  β_2 = g Δt/L².
//
// All terms are on the right, as they are in [Quadratic]. These numbers make
// the equation, wherever it is then solved: a finer grid or shorter frames do
// not change it. Good values: those of APEBench, which are for Extent 1 and
// Dt 1; α = (0, −0.025) moves the state by 2.5 % of the box a frame. The mean
// is conserved where α_0 = β_0 = β_2 = 0.
//
// With the same numbers it is NormalizedNonlinearStepper of exponax. There the
// mean of |∇u|² is taken out, as the solver zero_mean does, and α_0 counts once
// an axis, as it does here.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024, arXiv 2411.00180.
type Normalized struct {
	Alpha  []float64  `range:"(-inf,inf)" doc:"α_j, of the derivatives of order j, from 0 on"`
	Beta   [3]float64 `range:"(-inf,inf)" doc:"β_0 of u², β_1 of ½ Σ_i ∂(u²)/∂x_i and β_2 of ½ |∇u|²"`
	Extent float64    `range:"(0,inf)" doc:"length L that the numbers are in units of"`
	Dt     float64    `range:"(0,inf)" doc:"time Δt that the numbers are in units of"`
}

var _ Evolution = (*Normalized)(nil)

// physical returns the equation in the units of x and t.
func (e *Normalized) physical(dims int) *Quadratic {
	a := make([]float64, len(e.Alpha))
	for j, alpha := range e.Alpha {
		if a[j] = alpha * math.Pow(e.Extent, float64(j)) / e.Dt; j == 0 {
			a[j] *= float64(dims)
		}
	}
	return &Quadratic{
		Coefficients: a,
		Square:       e.Beta[0] / e.Dt,
		Convection:   e.Beta[1] * e.Extent / e.Dt,
		Slope:        e.Beta[2] * e.Extent * e.Extent / e.Dt,
	}
}

// Channels is 1.
func (*Normalized) Channels(int) int { return 1 }

// Linear implements [Evolution].
func (e *Normalized) Linear(dims int) Matrix { return e.physical(dims).Linear(dims) }

// Nonlinear implements [Evolution].
func (e *Normalized) Nonlinear(dims int, u []Field) []Field {
	return e.physical(dims).Nonlinear(dims, u)
}

// Invariants is the mean, where every term is a derivative.
func (e *Normalized) Invariants(dims int) []Invariant { return e.physical(dims).Invariants(dims) }

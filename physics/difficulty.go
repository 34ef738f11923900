package physics

import (
	"math"

	"eddy/configs"
)

func init() {
	configs.Register("difficulty", func() Equation {
		return &Difficulty{Gamma: []float64{0, -4}, Points: 160, Largest: 1, Extent: 1, Dt: 1}
	})
}

// Difficulty is [Quadratic] by numbers that say how hard a frame is for a
// network that sees N points along each of D axes, and states of max|u| = M.
// Of [Normalized]'s numbers they are
//
//	γ_0 = α_0,  γ_j = α_j N^j 2^(j−1) D,
//	δ_0 = β_0,  δ_1 = β_1 M N D,  δ_2 = β_2 M N² D,
//
// so |γ_1| is the number of points that waves move by in a frame, along all
// axes together, and the others are like it: what an explicit scheme of the
// fewest points would have for its number of stability.
//
// These numbers make the equation, wherever it is then solved: N is that of
// Points, so a finer grid of the problem does not change it. Good values: those
// of APEBench, in one dimension with 160 points
//
//	advection       γ = (0, −4)
//	diffusion       γ = (0, 0, 4)
//	dispersion      γ = (0, 0, 0, 4)
//	hyperdiffusion  γ = (0, 0, 0, 0, −4)
//	Burgers         γ = (0, 0, 1.5)              δ = (0, −1.5, 0)
//	KdV             γ = (0, 0, 0, −14, −9)       δ = (0, −2, 0)
//	KS              γ = (0, 0, −1.2, 0, −15)     δ = (0, 0, −6)
//	conservative KS γ = (0, 0, −2, 0, −18)       δ = (0, −1, 0)
//	Fisher's        γ = (0.02, 0, 0.2)           δ = (−0.02, 0, 0)
//
// with the solver zero_mean for KS. The mean is conserved where γ_0 = δ_0 =
// δ_2 = 0.
//
// With the same numbers it is DifficultyNonlinearStepper of exponax.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024, arXiv 2411.00180.
type Difficulty struct {
	Gamma   []float64  `range:"(-inf,inf)" doc:"γ_j, of the derivatives of order j, from 0 on"`
	Delta   [3]float64 `range:"(-inf,inf)" doc:"δ_0 of u², δ_1 of ½ Σ_i ∂(u²)/∂x_i and δ_2 of ½ |∇u|²"`
	Points  int        `range:"[1,65536]" doc:"points N along each axis that the numbers are for"`
	Largest float64    `range:"(0,inf)" doc:"largest |u|, M, that the numbers are for"`
	Extent  float64    `range:"(0,inf)" doc:"length of the box along each axis"`
	Dt      float64    `range:"(0,inf)" doc:"time of a frame"`
}

var _ Evolution = (*Difficulty)(nil)

// normalized returns the equation without N, M and D.
func (e *Difficulty) normalized(dims int) *Normalized {
	n, d := float64(e.Points), float64(dims)
	alpha := make([]float64, len(e.Gamma))
	for j, gamma := range e.Gamma {
		if alpha[j] = gamma; j > 0 {
			alpha[j] /= math.Pow(n, float64(j)) * math.Pow(2, float64(j-1)) * d
		}
	}
	beta := [3]float64{e.Delta[0], e.Delta[1] / (e.Largest * n * d), e.Delta[2] / (e.Largest * n * n * d)}
	return &Normalized{Alpha: alpha, Beta: beta, Extent: e.Extent, Dt: e.Dt}
}

// Channels is 1.
func (*Difficulty) Channels(int) int { return 1 }

// Linear implements [Evolution].
func (e *Difficulty) Linear(dims int) Matrix { return e.normalized(dims).Linear(dims) }

// Nonlinear implements [Evolution].
func (e *Difficulty) Nonlinear(dims int, u []Field) []Field {
	return e.normalized(dims).Nonlinear(dims, u)
}

// Invariants is the mean, where every term is a derivative.
func (e *Difficulty) Invariants(dims int) []Invariant { return e.normalized(dims).Invariants(dims) }

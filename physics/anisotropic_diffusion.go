package physics

import (
	"math"
	"slices"

	"eddy/configs"
)

func init() {
	configs.Register("anisotropic_diffusion", func() Equation {
		return &AnisotropicDiffusion{Diffusivity: [][]float64{{0.001, 0.0005}, {0.0005, 0.002}}}
	})
}

// AnisotropicDiffusion spreads faster along some directions than along others,
//
//	u_t = ∇·(A∇u) = Σ_ij A_ij ∂²u/∂x_i∂x_j,
//
// where A is symmetric and positive semidefinite, with a row for each axis. The
// wave exp(i k·x) decays as exp(−k·Ak t); only the mean stays. Good values:
// those of the defaults, Extent 1, Points 160, Dt 0.1. It is Diffusion of
// exponax with a matrix, and AnisotropicDiffusion of APEBench.
type AnisotropicDiffusion struct {
	Diffusivity [][]float64 `range:"(-inf,inf)" doc:"rows of the symmetric matrix A, length² per time"`
}

// Check refuses a matrix that is not square, symmetric and positive
// semidefinite.
func (e *AnisotropicDiffusion) Check() error {
	a := e.Diffusivity
	if len(a) < 1 || len(a) > 3 {
		return configs.At("diffusivity", "%d rows, want one for each of 1 to 3 axes", len(a))
	}
	for i, row := range a {
		if len(row) != len(a) {
			return configs.At("diffusivity", "row %d has %d numbers, want %d as there are rows", i, len(row), len(a))
		}
	}
	for i := range a {
		for j := range i {
			if a[i][j] != a[j][i] {
				return configs.At("diffusivity", "%v in row %d and %v in row %d, want a symmetric matrix", a[i][j], i, a[j][i], j)
			}
		}
	}
	if !semidefinite(a) {
		return configs.At("diffusivity", "%v makes some waves grow, want a positive semidefinite matrix", a)
	}
	return nil
}

// Channels is 1 in as many dimensions as A has rows.
func (e *AnisotropicDiffusion) Channels(dims int) int { return onlyIn(len(e.Diffusivity), dims) }

// Linear returns Σ_ij A_ij ∂²/∂x_i∂x_j.
func (e *AnisotropicDiffusion) Linear(int) Matrix {
	var l Operator
	for i, row := range e.Diffusivity {
		for j, a := range row {
			l = l.Add(Deriv(i, 1).Mul(Deriv(j, 1)).Scale(a))
		}
	}
	return Diagonal(l)
}

// Nonlinear returns nil.
func (*AnisotropicDiffusion) Nonlinear(int, []Field) []Field { return nil }

// Invariants is the mean.
func (*AnisotropicDiffusion) Invariants(int) []Invariant { return []Invariant{mass(0)} }

// semidefinite tells whether k·Ak ≥ 0 for all k, up to rounding: whether
// Gauss's elimination finds positive pivots once a little is added to the
// diagonal.
func semidefinite(a [][]float64) bool {
	var m [][]float64
	little := 1e-300
	for _, row := range a {
		m = append(m, slices.Clone(row))
		for _, v := range row {
			little = max(little, 1e-14*math.Abs(v))
		}
	}
	for k := range m {
		if m[k][k] += little; !(m[k][k] > 0) {
			return false
		}
		for i := k + 1; i < len(m); i++ {
			for j := k + 1; j < len(m); j++ {
				m[i][j] -= m[i][k] * m[k][j] / m[k][k]
			}
		}
	}
	return true
}

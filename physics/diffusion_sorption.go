package physics

import "eddy/configs"

func init() {
	configs.Register("diffusion_sorption", func() Equation {
		return &DiffusionSorption{Diffusivity: 5e-4, Porosity: 0.29, Density: 2880, Freundlich: 3.5e-4, Exponent: 0.874}
	})
}

// DiffusionSorption is the spread of a contaminant in ground water, held up by
// what sticks to the soil,
//
//	R(u) u_t = D Δu,  R = 1 + (1 − φ)/φ ρ k n (u + 10⁻⁶)^(n−1),
//
// for a concentration u ≥ 0. With n < 1 the retardation R is largest where there
// is little: 3.2 at u = 1 and 13 at 0 for the defaults, so fronts are steep.
// What is conserved, but for the ends, is u + (1 − φ)/φ ρ k (u + 10⁻⁶)^n.
//
// Good values: the defaults, on Extent 1, Points 1025 with walls, Dt 5 in 20
// substeps, from a constant of up to 0.2, with dirichlet 1 at the low end and,
// at the high one, robin with Slope 5e-4, so that u = −D u_x: what arrives is
// washed away. That is PDEBench's program; its text has the other sign, for
// which solutions blow up.
//
// Ref: Takamoto et al., PDEBench (2022), arXiv:2210.07182, §D.6; Freundlich,
// Z. Phys. Chem. 57 (1906) 385.
type DiffusionSorption struct {
	Diffusivity float64 `range:"[0,inf)" doc:"effective diffusivity D, length² per time"`
	Porosity    float64 `range:"(0,1]" doc:"share φ of the volume that is water"`
	Density     float64 `range:"[0,inf)" doc:"density ρ of the dry soil"`
	Freundlich  float64 `range:"[0,inf)" doc:"Freundlich's coefficient k"`
	Exponent    float64 `range:"(0,2]" doc:"Freundlich's exponent n"`
}

// Channels is 1.
func (*DiffusionSorption) Channels(int) int { return 1 }

// Least is 0: R has no value where there is less than nothing.
func (*DiffusionSorption) Least(int) []float64 { return []float64{0} }

// Linear returns 0.
func (*DiffusionSorption) Linear(int) Matrix { return NewMatrix(1) }

// leastConcentration keeps R finite at u = 0, as PDEBench's program does.
const leastConcentration = 1e-6

// Nonlinear returns D Δu / R(u).
func (e *DiffusionSorption) Nonlinear(dims int, u []Field) []Field {
	one := u[0].Cosine([3]int{}, 0)
	sorption := (1 - e.Porosity) / e.Porosity * e.Density * e.Freundlich * e.Exponent
	retardation := u[0].Add(one.Scale(leastConcentration)).Pow(e.Exponent - 1).Scale(sorption).Add(one)
	return []Field{retardation.Pow(-1).Mul(Laplacian(dims).Scale(e.Diffusivity).Apply(u[0]))}
}

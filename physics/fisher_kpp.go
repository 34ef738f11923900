package physics

import "eddy/configs"

func init() {
	configs.Register("fisher_kpp", func() Equation { return &FisherKPP{Diffusivity: 0.01, Reactivity: 1} })
}

// FisherKPP is the equation of Fisher, Kolmogorov, Petrovsky and Piskunov for
// the spread of a population,
//
//	u_t = ν Δu + r u (1 − u).
//
// States from 0 to 1 stay so and grow towards 1; fronts between the two move
// at velocity 2√(νr) or faster. Below 0 solutions blow up. Good values:
// Diffusivity 0.01, Reactivity 1, Extent 1, Points 128, Dt 0.1, from states
// within 0 and 1. Nothing is conserved.
//
// It is FisherKPP of exponax with the same numbers; APEBench takes ν = 0.004,
// r = 20, Dt 0.001.
//
// Ref: Fisher, Ann. Eugenics 7 (1937) 355.
type FisherKPP struct {
	Diffusivity float64 `range:"[0,inf)" doc:"diffusivity ν, length² per time"`
	Reactivity  float64 `range:"[0,inf)" doc:"growth rate r of small states, per time"`
}

// Channels is 1.
func (*FisherKPP) Channels(int) int { return 1 }

// Linear returns νΔ + r.
func (e *FisherKPP) Linear(dims int) Matrix {
	return Diagonal(Laplacian(dims).Scale(e.Diffusivity).Add(Identity().Scale(e.Reactivity)))
}

// Nonlinear returns −r u².
func (e *FisherKPP) Nonlinear(_ int, u []Field) []Field {
	return []Field{u[0].Pow(2).Scale(-e.Reactivity)}
}

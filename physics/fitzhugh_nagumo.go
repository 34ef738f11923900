package physics

import "eddy/configs"

func init() {
	configs.Register("fitzhugh_nagumo", func() Equation {
		return &FitzHughNagumo{DiffusivityU: 1e-3, DiffusivityV: 5e-3, Cubic: 1, Stimulus: -5e-3, Recovery: 1, Decay: 1}
	})
}

// FitzHughNagumo is the model of a nerve: an excitation u and the recovery v
// that ends it,
//
//	u_t = D_u Δu + u − c u³ − v + s,
//	v_t = D_v Δv + ε (u + a − γ v).
//
// With a small ε pulses run and turn to spirals; with D_v well above D_u and
// ε = 1 patterns grow. Good values: those of the defaults on Extent 2, Points
// 128 along each of two axes, Dt 0.05 from noise of size 1, which is the
// diffusion–reaction problem of PDEBench (its k is −s) but for the walls; and
// the nerve c = 1/3, s = 0.5, ε = 0.08, a = 0.7, γ = 0.8, D_u = 1, D_v = 0 on
// Extent 100. Nothing is conserved.
//
// Ref: FitzHugh, Biophys. J. 1 (1961) 445; Nagumo, Arimoto & Yoshizawa, Proc.
// IRE 50 (1962) 2061; Takamoto et al., PDEBench (2022), arXiv:2210.07182.
type FitzHughNagumo struct {
	DiffusivityU float64 `range:"[0,inf)" doc:"diffusivity D_u of the excitation, length² per time"`
	DiffusivityV float64 `range:"[0,inf)" doc:"diffusivity D_v of the recovery, length² per time"`
	Cubic        float64 `range:"[0,inf)" doc:"coefficient c of u³, which ends the growth"`
	Stimulus     float64 `range:"(-inf,inf)" doc:"current s that excites"`
	Recovery     float64 `range:"[0,inf)" doc:"rate ε of the recovery"`
	Offset       float64 `range:"(-inf,inf)" doc:"offset a of the excitation in the recovery"`
	Decay        float64 `range:"[0,inf)" doc:"decay γ of the recovery, in units of ε"`
}

// Channels is 2: u and v.
func (*FitzHughNagumo) Channels(int) int { return 2 }

// Linear returns D_u Δ + 1 and D_v Δ − εγ. What couples u and v is as slow as
// the rest of the reaction, so it is not here.
func (e *FitzHughNagumo) Linear(dims int) Matrix {
	lap := Laplacian(dims)
	return Diagonal(
		lap.Scale(e.DiffusivityU).Add(Identity()),
		lap.Scale(e.DiffusivityV).Add(Identity().Scale(-e.Recovery*e.Decay)),
	)
}

// Nonlinear returns −c u³ − v + s and ε (u + a).
func (e *FitzHughNagumo) Nonlinear(_ int, u []Field) []Field {
	one := u[0].Cosine([3]int{}, 0)
	excitation := u[0].Pow(3).Scale(-e.Cubic).Add(u[1].Scale(-1)).Add(one.Scale(e.Stimulus))
	return []Field{excitation, u[0].Add(one.Scale(e.Offset)).Scale(e.Recovery)}
}

package physics

import "eddy/configs"

func init() {
	configs.Register("gray_scott", func() Equation {
		return &GrayScott{DiffusivityU: 2e-5, DiffusivityV: 1e-5, Feed: 0.04, Kill: 0.06}
	})
}

// GrayScott is a reaction of two substances u and v, in which v makes more of
// itself from u,
//
//	u_t = ν_u Δu − u v² + f (1 − u),
//	v_t = ν_v Δv + u v² − (f + k) v.
//
// A fed mixture at rest is u = 1, v = 0; spots of v in it grow, split and fill
// the box with spots, stripes or waves, as f and k have it. Both stay from 0
// to 1. Good values: those of the defaults (Pearson's pattern θ), Extent 1,
// Points 128 along each of two axes, Dt 10 in 10 substeps, from blobs of v on
// a background of 1 − v. Nothing is conserved. It is GrayScott of exponax with
// the same numbers.
//
// Ref: Pearson, Science 261 (1993) 189, eq. (2).
type GrayScott struct {
	DiffusivityU float64 `range:"[0,inf)" doc:"diffusivity ν_u of what is fed, length² per time"`
	DiffusivityV float64 `range:"[0,inf)" doc:"diffusivity ν_v of what makes more of itself"`
	Feed         float64 `range:"[0,inf)" doc:"rate f of feeding, per time"`
	Kill         float64 `range:"[0,inf)" doc:"rate k at which v is taken away beside, per time"`
}

// Channels is 2: u and v.
func (*GrayScott) Channels(int) int { return 2 }

// Linear returns ν_u Δ − f and ν_v Δ − f − k.
func (e *GrayScott) Linear(dims int) Matrix {
	lap := Laplacian(dims)
	return Diagonal(
		lap.Scale(e.DiffusivityU).Add(Identity().Scale(-e.Feed)),
		lap.Scale(e.DiffusivityV).Add(Identity().Scale(-e.Feed-e.Kill)),
	)
}

// Nonlinear returns f − u v² and u v².
func (e *GrayScott) Nonlinear(_ int, u []Field) []Field {
	reaction := u[0].Mul(u[1].Mul(u[1]))
	one := u[0].Cosine([3]int{}, 0)
	return []Field{one.Scale(e.Feed).Add(reaction.Scale(-1)), reaction}
}

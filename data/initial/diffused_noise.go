package initial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("diffused_noise", func() physics.Initial { return &DiffusedNoise{Diffusion: 0.001, Sigma: 1, ZeroMean: true} })
}

// DiffusedNoise draws white noise and lets it diffuse, independently for each
// channel: u = w(t) where w_t = D Δw and w(0) is white. That is the Gaussian
// random field with
//
//	λ(k) ∝ exp(−2 D t |k|²),
//
// infinitely smooth, of correlation length 2√(Dt). It is scaled so that values
// have the variance σ², averaged over the box where that has ends; they have
// zero slope there.
//
// Good values: Diffusion 0.001 on a box of length 1, Sigma 1, ZeroMean, which
// is "diffused;0.001;true;false" of APEBench but for σ: there every state is
// divided by its own standard deviation, here all by the same.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024, arXiv 2411.00180.
type DiffusedNoise struct {
	Diffusion float64 `range:"(0,inf)" doc:"diffusivity times time, D t, in units of the box squared"`
	Sigma     float64 `range:"[0,inf)" doc:"standard deviation σ of a value"`
	ZeroMean  bool    `doc:"leave out the wave k = 0"`
}

var _ physics.Initial = (*DiffusedNoise)(nil)

// Draw fills u [N…, C].
func (f *DiffusedNoise) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	λ, err := f.spectrum(g)
	if err != nil {
		return fmt.Errorf("diffused_noise: %w", err)
	}
	if err := λ.draw(u, g, rng); err != nil {
		return fmt.Errorf("diffused_noise: %w", err)
	}
	return nil
}

// spectrum returns λ, which sums to σ² V.
func (f *DiffusedNoise) spectrum(g physics.Grid) (spectrum, error) {
	decay := func(k2 float64) float64 { return math.Exp(-2 * f.Diffusion * k2) }
	volume, total := 1.0, 1.0
	for _, l := range g.Extent {
		longest, same := math.Pi/l, 1.0
		if g.Boundary == physics.Periodic {
			longest, same = 2*math.Pi/l, 2 // k and −k
		}
		axis := 1.0
		for j := 1.0; decay(longest*longest*j*j) > 1e-18; j++ {
			axis += same * decay(longest*longest*j*j)
		}
		volume, total = volume*l, total*axis
	}
	if f.ZeroMean {
		total--
	}
	if total < 1e-12 {
		return nil, fmt.Errorf("diffusion = %g leaves nothing of the noise but its mean", f.Diffusion)
	}
	return func(k2 float64) float64 {
		if k2 == 0 && f.ZeroMean {
			return 0
		}
		return f.Sigma * f.Sigma * volume / total * decay(k2)
	}, nil
}

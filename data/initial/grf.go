package initial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("grf", func() physics.Initial { return &GRF{Sigma: 25, Tau: 5, Alpha: 2} })
}

// GRF draws from the Gaussian random field N(0, σ²(−Δ + τ²)^−α) on a box of
// volume V, independently for each channel. On a periodic grid that is
//
//	u = V^−½ Σ_k √λ_k ξ_k exp(i k·x),  λ_k = σ² (|k|² + τ²)^−α,
//
// where k_a is 2π/L_a times an integer, E|ξ_k|² = 1 and ξ_{−k} = conj(ξ_k).
// So every value of u has the variance V⁻¹ Σ_k λ_k, the correlation length
// is about 1/τ whatever the box, and the larger α the smoother u. On grids
// with ends, Δ has zero slope there, and the waves are products of cosines,
// k_a being π/L_a times a natural number. Equal generators give the same field
// on every grid, cut off at what the grid holds.
//
// Good values are those of the data of the FNO paper, on boxes of length 1. Its
// published programs draw from other laws than its text, and leave out the
// mean, ZeroMean:
//
//	Burgers        N(0, 625(−Δ + 25)^−2)           Sigma 25, Tau 5, Alpha 2
//	  program      N(0, 7⁴(−Δ + 49)^−2.5)          Sigma 49, Tau 7, Alpha 2.5
//	Navier–Stokes  N(0, 7^(3/2)(−Δ + 49)^−2.5)     Sigma 4.3035, Tau 7, Alpha 2.5
//	  program      N(0, 7³(−Δ + 49)^−2.5)          Sigma 18.520, Tau 7, Alpha 2.5
//	Darcy          N(0, (−Δ + 9)^−2), zero slopes  Sigma 1, Tau 3, Alpha 2
//	  program      N(0, 9(−Δ + 9)^−2), zero slopes Sigma 3, Tau 3, Alpha 2
//
// where Darcy's field is then cut into two phases, see [TwoPhase], for which
// its amplitude is irrelevant.
//
// Ref: Li et al., Fourier neural operator, ICLR 2021, §5.1 to §5.3; Lindgren,
// Rue & Lindström, J. R. Statist. Soc. B 73 (2011) 423.
type GRF struct {
	Sigma    float64 `range:"[0,inf)" doc:"amplitude σ"`
	Tau      float64 `range:"[0,inf)" doc:"inverse correlation length τ"`
	Alpha    float64 `range:"(0,inf)" doc:"smoothness α; more than half the dimensions, for values of finite variance"`
	ZeroMean bool    `doc:"leave out the wave k = 0"`
}

var _ physics.Initial = (*GRF)(nil)

// Check reports a spectrum that is infinite at k = 0.
func (f *GRF) Check() error {
	if f.Tau == 0 && !f.ZeroMean {
		return configs.At("tau", "tau = 0, want a positive number, or zero_mean: true")
	}
	return nil
}

// Draw fills u [N…, C].
func (f *GRF) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	if 2*f.Alpha <= float64(g.Dims()) {
		return fmt.Errorf("grf: alpha = %v, want more than %v in %d dimensions", f.Alpha, float64(g.Dims())/2, g.Dims())
	}
	if err := f.Check(); err != nil {
		return fmt.Errorf("grf: %w", err)
	}
	if err := spectrum(f.density).draw(u, g, rng); err != nil {
		return fmt.Errorf("grf: %w", err)
	}
	return nil
}

// density is λ(|k|²).
func (f *GRF) density(k2 float64) float64 {
	if k2 == 0 && f.ZeroMean {
		return 0
	}
	return f.Sigma * f.Sigma * math.Pow(k2+f.Tau*f.Tau, -f.Alpha)
}

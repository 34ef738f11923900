package initial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("matern", func() physics.Initial { return &Matern{Nu: 1.5, Length: 0.1, Sigma: 1} })
}

// Matern draws from the Gaussian random field of mean zero with Matérn's
// covariance,
//
//	C(r) = σ² 2^(1−ν)/Γ(ν) (κr)^ν K_ν(κr),  κ = √(2ν)/ℓ,
//
// independently for each channel. It is continuous, and has derivatives up to
// the order below ν; ν = 1/2 is C = σ² exp(−r/ℓ), and ν → ∞ is
// C = σ² exp(−r²/2ℓ²). Its spectrum in d dimensions is
//
//	λ(k) = σ² (4π)^(d/2) Γ(ν + d/2)/Γ(ν) κ^(2ν) (κ² + |k|²)^(−ν−d/2),
//
// which on a periodic box gives the sum of C over all images. On a box with
// ends the field has zero slope there, which adds the reflected images.
//
// Good values: Nu 1.5, Length a tenth of the box, Sigma 1. The longer Length is
// in comparison with the box, the more the variance exceeds σ².
//
// Ref: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006),
// §4.2.1, eq. (4.14) and (4.15).
type Matern struct {
	Nu     float64 `range:"(0,100]" doc:"smoothness ν"`
	Length float64 `range:"(0,inf)" doc:"correlation length ℓ, in units of the box"`
	Sigma  float64 `range:"[0,inf)" doc:"standard deviation σ of a value"`
}

var _ physics.Initial = (*Matern)(nil)

// Draw fills u [N…, C].
func (f *Matern) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	if err := f.spectrum(g.Dims()).draw(u, g, rng); err != nil {
		return fmt.Errorf("matern: %w", err)
	}
	return nil
}

// spectrum returns λ in a number of dimensions. Its factors overflow where the
// whole does not, so they are multiplied as logarithms.
func (f *Matern) spectrum(dims int) spectrum {
	half := float64(dims) / 2
	kappa2 := 2 * f.Nu / (f.Length * f.Length)
	above, _ := math.Lgamma(f.Nu + half)
	below, _ := math.Lgamma(f.Nu)
	factor := half*math.Log(4*math.Pi/kappa2) + above - below
	return func(k2 float64) float64 {
		return f.Sigma * f.Sigma * math.Exp(factor-(f.Nu+half)*math.Log1p(k2/kappa2))
	}
}

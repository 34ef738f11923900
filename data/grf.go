package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("grf", func() physics.Initial { return &GRF{Sigma: 25, Tau: 5, Alpha: 2} })
}

// GRF draws from the periodic Gaussian random field N(0, σ²(−Δ + τ²)^−α) on a
// box of volume V, independently for each channel:
//
//	u = V^−½ Σ_k √λ_k ξ_k exp(i k·x),  λ_k = σ² (|k|² + τ²)^−α,
//
// where k_a is 2π/L_a times an integer, E|ξ_k|² = 1 and ξ_{−k} = conj(ξ_k).
// So every value of u has the variance V⁻¹ Σ_k λ_k, the correlation length
// is about 1/τ whatever the box, and the larger α the smoother u. Waves are
// drawn from the longest to the shortest, so equal generators give the same
// field on every grid, cut off at what the grid holds: |k_a| < N_a/2.
//
// Good values: Sigma 25, Tau 5, Alpha 2 on a box of length 1, which is
// N(0, 625(−Δ + 25)^−2) of the Burgers data of the FNO paper, whose published
// program also leaves out the mean: ZeroMean.
//
// Ref: Li et al., Fourier neural operator, ICLR 2021, §5.1; Lindgren, Rue &
// Lindström, J. R. Statist. Soc. B 73 (2011) 423.
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
	space, err := newSpectral(g)
	if err != nil {
		return fmt.Errorf("grf: %w", err)
	}
	channels := len(u) / g.Size()
	switch {
	case channels*g.Size() != len(u):
		return fmt.Errorf("grf: a state of %d numbers on %d points", len(u), g.Size())
	case 2*f.Alpha <= float64(g.Dims()):
		return fmt.Errorf("grf: alpha = %v, want more than %v in %d dimensions", f.Alpha, float64(g.Dims())/2, g.Dims())
	}
	if err := f.Check(); err != nil {
		return fmt.Errorf("grf: %w", err)
	}
	waves := f.waves(g, channels, rng)
	for c := range channels {
		for i, v := range space.sum(waves[c]) {
			u[i*channels+c] = v
		}
	}
	return nil
}

// waves draws the series of each channel. It also draws the waves that one
// axis could hold but another cannot, and drops them.
func (f *GRF) waves(g physics.Grid, channels int, rng *rand.Rand) [][]wave {
	waves := make([][]wave, channels)
	for _, k := range halfSpace(g.Dims(), (slices.Max(g.Points)-1)/2) {
		amplitude := f.amplitude(k, g)
		for c := range channels {
			a := complex(rng.NormFloat64(), rng.NormFloat64())
			if holds(g, k) {
				waves[c] = append(waves[c], wave{k, scaled(amplitude, a)})
			}
		}
	}
	return waves
}

// amplitude is the standard deviation of the real and of the imaginary part of
// a coefficient.
func (f *GRF) amplitude(k []int, g physics.Grid) float64 {
	volume, k2, constant := 1.0, 0.0, true
	for axis, l := range g.Extent {
		volume *= l
		k2 += math.Pow(2*math.Pi*float64(k[axis])/l, 2)
		constant = constant && k[axis] == 0
	}
	lambda := f.Sigma * f.Sigma * math.Pow(k2+f.Tau*f.Tau, -f.Alpha)
	switch {
	case constant && f.ZeroMean:
		return 0
	case constant: // has no imaginary part
		return math.Sqrt(lambda / volume)
	default:
		return math.Sqrt(lambda / volume / 2)
	}
}

// holds tells whether a grid has a wave and its conjugate as two.
func holds(g physics.Grid, k []int) bool {
	for axis, j := range k {
		if 2*max(j, -j) >= g.Points[axis] {
			return false
		}
	}
	return true
}

// halfSpace lists the waves per box with |k_a| ≤ cutoff, of k and −k the one
// whose last component that is not 0 is positive. They are ordered by the
// largest |k_a|, so that those of a smaller cutoff come first.
func halfSpace(dims, cutoff int) [][]int {
	ks := slices.DeleteFunc(box(dims, cutoff), func(k []int) bool {
		for axis := dims - 1; axis >= 0; axis-- {
			if k[axis] != 0 {
				return k[axis] < 0
			}
		}
		return false
	})
	longest := func(k []int) int { return max(slices.Max(k), -slices.Min(k)) }
	slices.SortStableFunc(ks, func(a, b []int) int { return longest(a) - longest(b) })
	return ks
}

package rollout

import (
	"math"
	"slices"

	"eddy/configs"
)

func init() { configs.Register("spectral_thewell", func() Metric { return &SpectralTheWell{} }) }

// SpectralTheWell is The Well's mean square error in three bands of wavenumbers,
//
//	spectral/thewell_mse_band(t)   mean_{s,c} Σ_{k of the band} |p̂_k − ŷ_k|²
//	spectral/thewell_nmse_band(t)  mean_{s,c} Σ |p̂_k − ŷ_k|² / (Σ |ŷ_k|² + 1e-7),
//
// with Σ |û|² = mean u² over all modes. Wavenumbers are in radians per point,
// so the edges of the bands, at equal ratios from 2π/max(n) to π√D, depend on the
// grid; the first band begins at 0, and the last one holds its upper edge. The
// sum of the first over the bands is the mean square error.
//
// Ref: Ohana et al., The Well, NeurIPS 2024; metrics/spectral.py in its code.
type SpectralTheWell struct{}

var wellBands = []string{"low", "mid", "high"}

// Define implements [Metric].
func (*SpectralTheWell) Define() []Definition {
	var all []Definition
	for _, band := range wellBands {
		all = append(all, Definition{Name: "spectral/thewell_mse_" + band,
			Text: "mean over samples and channels of Σ|p̂−ŷ|² over the " + band + " band of three, whose sum is the mean square error of the frame"})
	}
	for _, band := range wellBands {
		all = append(all, Definition{Name: "spectral/thewell_nmse_" + band,
			Text: "mean over samples and channels of Σ|p̂−ŷ|² / (Σ|ŷ|² + 1e-7) over the " + band + " band of three of the frame"})
	}
	return all
}

// Evaluate implements [Metric].
func (*SpectralTheWell) Evaluate(e Ensemble) []Score {
	m := newModes(e.Truth.Grid)
	bands := m.wellBands()
	var absolute, relative []Score
	for b, band := range wellBands {
		in := func(i int) float64 {
			if bands[i] == b {
				return 1
			}
			return 0
		}
		absolute = append(absolute, frameScore("spectral/thewell_mse_"+band, e, math.Inf(1),
			channelMean(len(e.Truth.Channels), func(p, y []float64) float64 { return m.sum(missed(p, y), in) })))
		relative = append(relative, frameScore("spectral/thewell_nmse_"+band, e, math.Inf(1),
			channelMean(len(e.Truth.Channels), func(p, y []float64) float64 {
				return m.sum(missed(p, y), in) / (m.sum(y, in) + wellEpsilon)
			})))
	}
	return append(absolute, relative...)
}

// wellBands gives each mode its band.
func (m *modes) wellBands() []int {
	first := 2 * math.Pi / float64(slices.Max(m.grid.Points))
	last := math.Pi * math.Sqrt(float64(m.grid.Dims()))
	step := math.Pow(last/first, 1./3)
	bands := make([]int, m.grid.Size())
	for i := range bands {
		var sum float64
		for a, k := range m.waves[i] {
			kappa := 2 * math.Pi * float64(k) / float64(m.grid.Points[a])
			sum += kappa * kappa
		}
		for edge := first * step; bands[i] < 2 && math.Sqrt(sum) >= edge*(1-1e-12); edge *= step { // a wave on the edge is above it
			bands[i]++
		}
	}
	return bands
}

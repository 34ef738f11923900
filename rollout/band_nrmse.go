package rollout

import (
	"fmt"
	"math"

	"eddy/configs"
)

func init() { configs.Register("band_nrmse", func() Metric { return &BandNRMSE{High: 4} }) }

// BandNRMSE is the error of each frame in a band of scales, relative to what the
// truth has in that band,
//
//	band_nrmse(t) = mean_s √( Σ_{Low ≤ |k| < High} |p̂_k − ŷ_k|² / Σ_{Low ≤ |k| < High} |ŷ_k|² ),
//
// over all channels together, where |k| = √(Σ k_a²) counts waves in the box. It
// is meant for periodic grids. Of a band in which the truth has only rounding
// errors the number says nothing. For errors relative to the whole truth see
// [FineNRMSE]. Good values: bands of about an octave, as 0–4, 4–8, 8–16, 16–32.
type BandNRMSE struct {
	Low  float64 `range:"[0,inf)" doc:"waves in the box, in the band"`
	High float64 `range:"(0,inf)" doc:"waves in the box, no more in the band"`
}

// Check reports an empty band.
func (m *BandNRMSE) Check() error {
	if m.Low >= m.High {
		return configs.At("high", "high = %v, want more than low = %v", m.High, m.Low)
	}
	return nil
}

// Define implements [Metric].
func (*BandNRMSE) Define() []Definition {
	return []Definition{{
		Name: "band_nrmse",
		Text: "mean over samples of √(Σ|p̂−ŷ|²) / √(Σ|ŷ|²), sums over the Fourier modes with |k| from the first to below the second number after the @, of the frame",
	}}
}

// Evaluate implements [Metric].
func (m *BandNRMSE) Evaluate(e Ensemble) []Score {
	fourier, channels := newModes(e.Truth.Grid), len(e.Truth.Channels)
	weight := make([]float64, e.Truth.Grid.Size())
	for i := range weight {
		if k := fourier.radius(i); k >= m.Low && k < m.High {
			weight[i] = 1
		}
	}
	return []Score{frameScore(fmt.Sprintf("band_nrmse@%v-%v", m.Low, m.High), e, math.Inf(1), func(p, y []float64) float64 {
		err, size := fourier.weighted(p, y, channels, weight)
		return ratio(math.Sqrt(err), math.Sqrt(size))
	})}
}

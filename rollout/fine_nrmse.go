package rollout

import (
	"math"
	"strconv"

	"eddy/configs"
	"eddy/physics"
)

func init() { configs.Register("fine_nrmse", func() Metric { return &FineNRMSE{Above: 0.5} }) }

// FineNRMSE is the part of [NRMSE] that is in the fine scales, the Fourier modes
// k whose wavenumber along any axis is above a share of the largest, π/spacing:
//
//	fine_nrmse(t) = mean_s √( Σ_{|k| > Above k_max} |p̂_k − ŷ_k|² / Σ_k |ŷ_k|² ).
//
// Networks trained by the mean square error hardly see these scales, and long
// rollouts suffer for it. It is meant for periodic grids; elsewhere the jump
// between the ends is in the fine scales, too. Good values: Above 0.5.
//
// Ref: Lippe et al., PDE-Refiner (2023), arXiv:2308.05732, §3.1 and §4.1, who
// show the spectrum itself.
type FineNRMSE struct {
	Above float64 `range:"[0,1)" doc:"share of the largest wavenumber beyond which scales are fine"`
}

// Define implements [Metric].
func (*FineNRMSE) Define() []Definition {
	return []Definition{{
		Name: "fine_nrmse",
		Text: "mean over samples of √(Σ|p̂−ŷ|²) / √(Σ|ŷ|²), the sum above over Fourier modes beyond the share after the @ of the largest wavenumber, that below over all",
	}}
}

// Evaluate implements [Metric].
func (m *FineNRMSE) Evaluate(e Ensemble) []Score {
	fine := m.filter(e.Truth.Grid, len(e.Truth.Channels))
	name := "fine_nrmse@" + strconv.FormatFloat(m.Above, 'g', -1, 64)
	return []Score{frameScore(name, e, math.Inf(1), func(p, y []float64) float64 {
		_, size := squares(y, y)
		return ratio(fine(missed(p, y)), math.Sqrt(size))
	})}
}

// filter returns the function that maps a field [N…, C] to the norm √(Σ u²) of
// its fine scales.
func (m *FineNRMSE) filter(g physics.Grid, channels int) func(u []float64) float64 {
	fourier := newModes(g)
	fine := func(i int) float64 {
		for a, k := range fourier.waves[i] {
			if 2*math.Abs(float64(k)) > m.Above*float64(g.Points[a]) {
				return 1
			}
		}
		return 0
	}
	return func(u []float64) float64 {
		largest := 0.0 // squares of u/largest are finite
		for _, v := range u {
			largest = max(largest, math.Abs(v))
		}
		if largest == 0 || math.IsInf(largest, 1) {
			return largest
		}
		sum, field := 0.0, make([]float64, g.Size())
		for c := range channels {
			for i := range field {
				field[i] = u[i*channels+c] / largest
			}
			sum += fourier.sum(field, fine)
		}
		return largest * math.Sqrt(sum*float64(len(field)))
	}
}

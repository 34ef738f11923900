package rollout

import (
	"math"
	"strconv"

	"eddy/configs"
)

func init() {
	configs.Register("sobolev_torchcfd", func() Metric { return &SobolevTorchCFD{Order: -1} })
}

// SobolevTorchCFD is the relative error of whole forecasts in a Sobolev norm as
// torch-cfd computes it: its weight is already a root,
//
//	sobolev/torchcfd = mean_s √(Σ_t ‖w^{s/2} (p̂ − ŷ)‖²) / √(Σ_t ‖w^{s/2} ŷ‖²) / √T,  w = √(0.1 + 4π²|k/L|²),
//
// so that an order s gives the norm of order s/2, but for s = 0, which takes w
// itself, the norm of order 1; and the ratio of two sums over frames is
// divided by √T. For the norm of order s see [RelHs].
//
// Ref: Cao et al., Spectral-Refiner, ICLR 2025, arXiv:2405.17211; SobolevLoss in
// torch-cfd.
type SobolevTorchCFD struct {
	Order float64 `range:"[-8,8]" doc:"s, of which half counts"`
}

// Define implements [Metric].
func (*SobolevTorchCFD) Define() []Definition {
	return []Definition{{
		Name: "sobolev/torchcfd",
		Text: "mean over samples of ‖p−y‖ / ‖y‖ / √T over all T frames, with the norm Σ w^s |û|², w = √(0.1 + 4π²|k/L|²), of the s after the @, and w² for s = 0",
	}}
}

// Evaluate implements [Metric].
func (m *SobolevTorchCFD) Evaluate(e Ensemble) []Score {
	const alpha = 0.1
	fourier, channels := newModes(e.Truth.Grid), len(e.Truth.Channels)
	power := m.Order
	if m.Order == 0 {
		power = 2
	}
	weight := make([]float64, e.Truth.Grid.Size())
	for i := range weight {
		sum := alpha
		for a := range e.Truth.Grid.Dims() {
			sum += math.Pow(fourier.wavenumber(i, a), 2)
		}
		weight[i] = math.Pow(sum, power/2)
	}
	name := "sobolev/torchcfd@" + strconv.FormatFloat(m.Order, 'g', -1, 64)
	return []Score{sampleScore(name, e, math.Inf(1), func(s int) float64 {
		var err, size float64
		for t, y := range e.Truth.Frames[s] {
			frameErr, frameSize := fourier.weighted(e.Forecast[s][t], y, channels, weight)
			err += frameErr
			size += frameSize
		}
		return ratio(math.Sqrt(err), math.Sqrt(size)) / math.Sqrt(float64(e.Truth.Steps()))
	})}
}

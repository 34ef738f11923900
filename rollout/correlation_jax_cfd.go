package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("correlation_jax_cfd", func() Metric { return &CorrelationJaxCFD{} }) }

// CorrelationJaxCFD is the correlation of forecast and truth at each frame as
// jax-cfd computes it, the cosine of the angle between them: nothing is centred,
//
//	correlation/jax_cfd(t) = mean_s Σ p y / (‖p‖₂ ‖y‖₂),
//
// over all points and channels. It is 0 where either is zero.
//
// Ref: Kochkov et al., PNAS 118 (2021); state_correlation in jax-cfd.
type CorrelationJaxCFD struct{}

// Define implements [Metric].
func (*CorrelationJaxCFD) Define() []Definition {
	return []Definition{{
		Name:   "correlation/jax_cfd",
		Text:   "mean over samples of Σpy / (‖p‖₂ ‖y‖₂), not centred, all points and channels of the frame together",
		Larger: true,
	}}
}

// Evaluate implements [Metric].
func (*CorrelationJaxCFD) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("correlation/jax_cfd", e, 0, cosine)}
}

// cosine is that of the angle between two vectors, 0 where one of them is zero.
func cosine(p, y []float64) float64 {
	var product, sizeP, sizeY float64
	for i := range y {
		product += p[i] * y[i]
		sizeP += p[i] * p[i]
		sizeY += y[i] * y[i]
	}
	if sizeP == 0 || sizeY == 0 {
		return 0
	}
	return product / math.Sqrt(sizeP) / math.Sqrt(sizeY)
}

package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("correlation_thewell", func() Metric { return &CorrelationTheWell{} }) }

// CorrelationTheWell is Pearson's correlation at each frame as The Well computes
// it, of each channel by itself: the covariance has N below it and the standard
// deviations N − 1,
//
//	correlation/thewell(t) = mean_{s,c} cov_x(p, y) / (σ_x(p) σ_x(y) + 1e-7).
//
// So even a perfect forecast has (N−1)/N, and less where values are small.
//
// Ref: Ohana et al., The Well, NeurIPS 2024; PearsonR in its code.
type CorrelationTheWell struct{}

// Define implements [Metric].
func (*CorrelationTheWell) Define() []Definition {
	return []Definition{{
		Name:   "correlation/thewell",
		Text:   "mean over samples and channels of cov(p, y) / (σ(p) σ(y) + 1e-7), the covariance with N and the deviations with N−1 below, over the points of the frame",
		Larger: true,
	}}
}

// Evaluate implements [Metric].
func (*CorrelationTheWell) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("correlation/thewell", e, 0, channelMean(len(e.Truth.Channels), func(p, y []float64) float64 {
		var cov float64
		meanP, meanY := mean(p), mean(y)
		for i := range y {
			cov += (p[i] - meanP) * (y[i] - meanY)
		}
		n := float64(len(y))
		deviations := math.Sqrt(variance(p)*variance(y)) * n / (n - 1)
		return cov / n / (deviations + wellEpsilon)
	}))}
}

package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("vrmse", func() Metric { return &VRMSE{} }) }

// VRMSE is The Well's error relative to the variance, of each channel by itself,
//
//	vrmse/thewell(t) = mean_{s,c} √( mean_x (p − y)² / (σ_x(y)² + 1e-7) ),
//
// where σ² has N − 1 below it. A forecast of the right mean everywhere has
// √((N−1)/N), nearly 1.
//
// Ref: Ohana et al., The Well, NeurIPS 2024; metrics/spatial.py in its code.
type VRMSE struct{}

// Define implements [Metric].
func (*VRMSE) Define() []Definition {
	return []Definition{{Name: "vrmse/thewell", Text: "mean over samples and channels of √(mean (p−y)² / (σ² + 1e-7)), σ² the variance of y with N−1 below it, over the points of the frame"}}
}

// Evaluate implements [Metric].
func (*VRMSE) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("vrmse/thewell", e, math.Inf(1), channelMean(len(e.Truth.Channels), func(p, y []float64) float64 {
		err, _ := squares(p, y)
		n := float64(len(y))
		return math.Sqrt(err / n / (variance(y)*n/(n-1) + wellEpsilon))
	}))}
}

// wellEpsilon keeps The Well's metrics from dividing by zero.
const wellEpsilon = 1e-7

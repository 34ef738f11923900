package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("nrmse_thewell", func() Metric { return &NRMSETheWell{} }) }

// NRMSETheWell is The Well's normalised root mean square error, of each channel
// by itself,
//
//	nrmse/thewell(t) = mean_{s,c} √( mean_x (p − y)² / (mean_x y² + 1e-7) ).
//
// Ref: Ohana et al., The Well, NeurIPS 2024; metrics/spatial.py in its code.
type NRMSETheWell struct{}

// Define implements [Metric].
func (*NRMSETheWell) Define() []Definition {
	return []Definition{{Name: "nrmse/thewell", Text: "mean over samples and channels of √(mean (p−y)² / (mean y² + 1e-7)), means over the points of the frame"}}
}

// Evaluate implements [Metric].
func (*NRMSETheWell) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("nrmse/thewell", e, math.Inf(1), channelMean(len(e.Truth.Channels), func(p, y []float64) float64 {
		err, size := squares(p, y)
		n := float64(len(y))
		return math.Sqrt(err / n / (size/n + wellEpsilon))
	}))}
}

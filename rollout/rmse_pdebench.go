package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("rmse_pdebench", func() Metric { return &RMSEPDEBench{} }) }

// RMSEPDEBench is the root mean square error of each frame as PDEBench computes
// it, of each channel by itself,
//
//	rmse/pdebench(t) = mean_{s,c} √(mean_x (p − y)²).
//
// It has the units of the state. Tables of PDEBench show the mean over t. Its
// driver divides sums of batches by the index of the last batch instead of their
// number n, so that printed numbers are n/(n−1) times too large, for this metric
// and for its other five.
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, App. B; metric_func in its code.
type RMSEPDEBench struct{}

// Define implements [Metric].
func (*RMSEPDEBench) Define() []Definition {
	return []Definition{{Name: "rmse/pdebench", Text: "mean over samples and channels of √(mean (p−y)²), mean over the points of the frame"}}
}

// Evaluate implements [Metric].
func (*RMSEPDEBench) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("rmse/pdebench", e, math.Inf(1), channelMean(len(e.Truth.Channels), func(p, y []float64) float64 {
		err, _ := squares(p, y)
		return math.Sqrt(err / float64(len(y)))
	}))}
}

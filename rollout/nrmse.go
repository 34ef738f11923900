package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("nrmse", func() Metric { return &NRMSE{} }) }

// NRMSE is the normalised root mean square error of each frame, over all
// points x and channels c together,
//
//	nrmse(t) = mean_s √(mean_{x,c} (p − y)²) / √(mean_{x,c} y²).
//
// It is 0 for a perfect forecast, 1 for the forecast that all is zero, and √2
// for one that has nothing to do with the truth but its size. With one channel
// it is the nRMSE of PDEBench and of APEBench before they average over time;
// with several, PDEBench takes the mean and APEBench the sum over channels of
// each channel's own ratio.
type NRMSE struct{}

// Define implements Metric.
func (*NRMSE) Define() []Definition {
	return []Definition{{
		Name: "nrmse",
		Text: "mean over samples of √(mean (p−y)²) / √(mean y²), means over all points and channels of the frame",
	}}
}

// Evaluate implements Metric.
func (*NRMSE) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("nrmse", e, math.Inf(1), func(p, y []float64) float64 {
		err, size := squares(p, y)
		return ratio(math.Sqrt(err), math.Sqrt(size))
	})}
}

package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("nrmse_pdebench", func() Metric { return &NRMSEPDEBench{} }) }

// NRMSEPDEBench is the normalised root mean square error of each frame as
// PDEBench computes it, of each channel by itself and without a guard against
// division by zero,
//
//	nrmse/pdebench(t)   = mean_{s,c} √(mean_x (p − y)²) / √(mean_x y²)
//	mean_nrmse/pdebench = mean_t nrmse/pdebench(t).
//
// With one channel the first is [NRMSE]. The second is what tables of PDEBench
// show.
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, App. B; metric_func in its code.
type NRMSEPDEBench struct{}

// Define implements [Metric].
func (*NRMSEPDEBench) Define() []Definition {
	return []Definition{
		{Name: "nrmse/pdebench", Text: "mean over samples and channels of √(mean (p−y)²) / √(mean y²), means over the points of the frame"},
		{Name: "mean_nrmse/pdebench", Text: "mean of nrmse/pdebench over all frames"},
	}
}

// Evaluate implements [Metric].
func (*NRMSEPDEBench) Evaluate(e Ensemble) []Score {
	curve := frameScore("nrmse/pdebench", e, math.Inf(1), channelMean(len(e.Truth.Channels), func(p, y []float64) float64 {
		err, size := squares(p, y)
		return ratio(math.Sqrt(err), math.Sqrt(size))
	}))
	all := Score{Name: "mean_nrmse/pdebench"}
	if len(curve.Values) > 0 {
		samples := make([]float64, e.Truth.Samples())
		for _, frame := range curve.Samples {
			for s, v := range frame {
				samples[s] += v / float64(len(curve.Samples))
			}
		}
		all.Values, all.Samples = []float64{mean(curve.Values)}, [][]float64{samples}
	}
	return []Score{curve, all}
}

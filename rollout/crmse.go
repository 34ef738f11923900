package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("crmse", func() Metric { return &CRMSE{} }) }

// CRMSE is PDEBench's error of what should be conserved: of the sums over all
// N points, with the mean over samples inside the root,
//
//	crmse/pdebench(t) = mean_c √(mean_s (Σ_x p − Σ_x y)²) / N.
//
// It is 0 for a forecast whose means are right, wherever its mass is.
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, App. B; metric_func in its code.
type CRMSE struct{}

// Define implements [Metric].
func (*CRMSE) Define() []Definition {
	return []Definition{{Name: "crmse/pdebench", Text: "mean over channels of √(mean (Σp−Σy)²) / N, sums over the N points of the frame, mean over samples below the root"}}
}

// Evaluate implements [Metric].
func (*CRMSE) Evaluate(e Ensemble) []Score {
	channels, points := len(e.Truth.Channels), float64(e.Truth.Grid.Size())
	return []Score{pooledScore("crmse/pdebench", e, func(t int) float64 {
		var sum float64
		for c := range channels {
			var all float64
			for s, states := range e.Forecast {
				var missed float64
				for i := c; i < len(states[t]); i += channels {
					missed += states[t][i] - e.Truth.Frames[s][t][i]
				}
				all += missed * missed
			}
			sum += math.Sqrt(all/float64(e.Truth.Samples())) / points
		}
		return sum / float64(channels)
	})}
}

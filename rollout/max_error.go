package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("max_error", func() Metric { return &MaxError{} }) }

// MaxError is PDEBench's largest error of each frame, over all points and
// samples,
//
//	max_error/pdebench(t) = mean_c max_{s,x} |p − y|.
//
// It grows with the number of samples: only compare it for equally many.
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, App. B; metric_func in its code.
type MaxError struct{}

// Define implements [Metric].
func (*MaxError) Define() []Definition {
	return []Definition{{Name: "max_error/pdebench", Text: "mean over channels of the largest |p−y| over all samples and points of the frame"}}
}

// Evaluate implements [Metric].
func (*MaxError) Evaluate(e Ensemble) []Score {
	channels := len(e.Truth.Channels)
	return []Score{pooledScore("max_error/pdebench", e, func(t int) float64 {
		largest := make([]float64, channels)
		for s, states := range e.Forecast {
			for i, v := range states[t] {
				largest[i%channels] = max(largest[i%channels], math.Abs(v-e.Truth.Frames[s][t][i]))
			}
		}
		return mean(largest)
	})}
}

package rollout

import "eddy/configs"

func init() { configs.Register("nmse_cfdbench", func() Metric { return &NMSECFDBench{} }) }

// NMSECFDBench is the normalised mean square error of each frame as CFDBench
// computes it, over a whole batch at once,
//
//	nmse/cfdbench(t) = mean_{s,x,c} (p − y)² / mean_{s,x,c} y².
//
// In CFDBench the number depends on the size of the batch. Here the batch is all
// samples.
//
// Ref: Luo et al., CFDBench (2023), arXiv:2310.05963; src/models/loss.py in its
// code.
type NMSECFDBench struct{}

// Define implements [Metric].
func (*NMSECFDBench) Define() []Definition {
	return []Definition{{Name: "nmse/cfdbench", Text: "mean (p−y)² / mean y², means over all samples, points and channels of the frame together"}}
}

// Evaluate implements [Metric].
func (*NMSECFDBench) Evaluate(e Ensemble) []Score {
	return []Score{pooledScore("nmse/cfdbench", e, func(t int) float64 {
		var err, size float64
		for s, states := range e.Forecast {
			sampleErr, sampleSize := squares(states[t], e.Truth.Frames[s][t])
			err += sampleErr
			size += sampleSize
		}
		return ratio(err, size)
	})}
}

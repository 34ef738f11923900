package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("rel_l1_poseidon", func() Metric { return &RelL1Poseidon{} }) }

// RelL1Poseidon is the relative L1 error of each frame as Poseidon reports it,
// in percent and as the median over samples,
//
//	rel_l1/poseidon(t) = median_s 100 Σ_{c,x} |p − y| / Σ_{c,x} |y|,
//
// with 1e-10 below the division where y is zero.
//
// Ref: Herde et al., Poseidon, NeurIPS 2024; scOT/metrics.py in its code.
type RelL1Poseidon struct{}

// Define implements [Metric].
func (*RelL1Poseidon) Define() []Definition {
	return []Definition{{Name: "rel_l1/poseidon", Text: "percent: median over samples of 100 Σ|p−y| / Σ|y|, sums over all points and channels of the frame"}}
}

// Evaluate implements [Metric].
func (*RelL1Poseidon) Evaluate(e Ensemble) []Score {
	score := frameScore("rel_l1/poseidon", e, math.Inf(1), func(p, y []float64) float64 {
		var err, size float64
		for i := range y {
			err += math.Abs(p[i] - y[i])
			size += math.Abs(y[i])
		}
		if size == 0 {
			size = 1e-10
		}
		return 100 * err / size
	})
	for t, samples := range score.Samples {
		score.Values[t] = median(samples)
	}
	return []Score{score}
}

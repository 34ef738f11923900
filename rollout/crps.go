package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("crps", func() Metric { return &CRPS{Members: 16} }) }

// CRPS is the continuous ranked probability score of forecasts that are drawn:
// of Members draws x_i of each forecast, averaged over points and channels,
//
//	crps(t)       mean_s mean_x ( Σ_i |x_i − y| / M − Σ_ij |x_i − x_j| / 2M² )
//	crps/fair(t)  the same with M(M − 1) in place of M².
//
// The first is that of the M draws, the second an unbiased estimate of what
// infinitely many would have. Both have the units of the state and are the mean
// absolute error for a forecast that is always the same, as the baselines' are.
// Good values: Members 16.
//
// Ref: Gneiting & Raftery, J. Am. Stat. Assoc. 102 (2007), §4.2; Ferro, Q. J. R.
// Meteorol. Soc. 140 (2014).
type CRPS struct {
	Members int `range:"[2,1000]" doc:"draws of each forecast"`
}

// Draws implements [Doubting].
func (m *CRPS) Draws() int { return m.Members }

// Define implements [Metric].
func (*CRPS) Define() []Definition {
	return []Definition{{
		Name: "crps", Text: "mean over samples, points and channels of mean |x−y| − ½ mean |x−x'|, over draws x and x' of the forecast of the frame",
	}, {
		Name: "crps/fair", Text: "mean over samples, points and channels of mean |x−y| − ½ mean |x−x'|, over draws x and other draws x' of the forecast of the frame",
	}}
}

// Evaluate implements [Metric].
func (*CRPS) Evaluate(e Ensemble) []Score {
	return []Score{
		doubtScore("crps", e, meanAbsolute, func(d Doubt) float64 { return d.CRPS }),
		doubtScore("crps/fair", e, meanAbsolute, func(d Doubt) float64 { return d.CRPS - d.Pairs/float64(d.Draws-1) }),
	}
}

func meanAbsolute(p, y []float64) float64 {
	var sum float64
	for i := range y {
		sum += math.Abs(p[i] - y[i])
	}
	return sum / float64(len(y))
}

// doubtScore is the mean over samples of what draws tell of each frame, or of
// what there is to tell of a forecast that is not drawn.
func doubtScore(name string, e Ensemble, sure func(p, y []float64) float64, of func(d Doubt) float64) Score {
	score := frameScore(name, e, math.Inf(1), sure)
	if e.Doubts == nil {
		return score
	}
	for t, samples := range score.Samples {
		for s := range samples {
			if t < e.Bounded[s] {
				samples[s] = of(e.Doubts[s][t])
			}
			if math.IsNaN(samples[s]) { // one of the draws has diverged
				samples[s] = math.Inf(1)
			}
		}
		score.Values[t] = mean(samples)
	}
	return score
}

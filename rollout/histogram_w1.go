package rollout

import (
	"math"
	"slices"

	"eddy/configs"
)

func init() { configs.Register("histogram_w1", func() Metric { return &HistogramW1{} }) }

// HistogramW1 is the distance of the distributions of values in forecast and
// truth, over all points and frames of a sample, in standard deviations of the
// truth: how far values have to move on average to turn one into the other,
//
//	histogram/w1 = mean_{s,c} ∫ |F_p(v) − F_y(v)| dv / σ(y) = mean_{s,c} mean_i |p₍ᵢ₎ − y₍ᵢ₎| / σ(y),
//
// with the values of each in ascending order. It does not matter where and when
// they are, so it stays small for a long forecast with the right statistics. A
// truth that does not vary has the distance 0 from itself only.
//
// Ref: Villani, Topics in Optimal Transportation (2003), §2.2.
type HistogramW1 struct{}

// Define implements [Metric].
func (*HistogramW1) Define() []Definition {
	return []Definition{{
		Name: "histogram/w1",
		Text: "mean over samples and channels of the Wasserstein-1 distance of the values, over all points and frames, in standard deviations of the truth",
	}}
}

// Evaluate implements [Metric].
func (*HistogramW1) Evaluate(e Ensemble) []Score {
	channels := len(e.Truth.Channels)
	return []Score{sampleScore("histogram/w1", e, math.Inf(1), func(s int) float64 {
		var sum float64
		for c := range channels {
			var p, y []float64
			for t := range e.Truth.Frames[s] {
				p = append(p, channelOf(e.Forecast[s][t], c, channels)...)
				y = append(y, channelOf(e.Truth.Frames[s][t], c, channels)...)
			}
			slices.Sort(p)
			slices.Sort(y)
			var moved float64
			for i := range y {
				moved += math.Abs(p[i] - y[i])
			}
			sum += ratio(moved/float64(len(y)), math.Sqrt(variance(y)))
		}
		return sum / float64(channels)
	})}
}

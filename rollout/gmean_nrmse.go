package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("gmean_nrmse", func() Metric { return &GMeanNRMSE{} }) }

// apebenchSteps is how many frames APEBench's aggregate spans.
const apebenchSteps = 100

// GMeanNRMSE is the normalised root mean square error as APEBench computes it,
// the sum over channels of each channel's own ratio, and the number APEBench
// makes of the curve, its geometric mean over the first 100 frames,
//
//	nrmse/apebench(t)     = mean_s Σ_c ‖p_c − y_c‖₂ / ‖y_c‖₂
//	gmean_nrmse/apebench  = exp(mean_{t=1…min(100,T)} log nrmse/apebench(t)).
//
// The geometric mean is 0 where any frame is exact and +Inf where any sample
// has diverged by then. Forecasts of fewer than 100 frames do not compare with
// published numbers.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024; its _utils.py.
type GMeanNRMSE struct{}

// Define implements Metric.
func (*GMeanNRMSE) Define() []Definition {
	return []Definition{{
		Name: "nrmse/apebench",
		Text: "mean over samples of the sum over channels of ‖p−y‖₂ / ‖y‖₂, norms over the points of the frame",
	}, {
		Name: "gmean_nrmse/apebench",
		Text: "geometric mean of nrmse/apebench over the frames 1 to 100, or to the last if there are fewer",
	}}
}

// Evaluate implements Metric.
func (m *GMeanNRMSE) Evaluate(e Ensemble) []Score {
	channels := len(e.Truth.Channels)
	curve := frameScore("nrmse/apebench", e, math.Inf(1), func(p, y []float64) float64 {
		var sum float64
		for c := range channels {
			err, size := channelSquares(p, y, c, channels)
			sum += ratio(math.Sqrt(err), math.Sqrt(size))
		}
		return sum
	})
	aggregate := Score{Name: "gmean_nrmse/apebench"}
	if frames := min(apebenchSteps, len(curve.Values)); frames > 0 {
		aggregate.Values = []float64{geometricMean(curve.Values[:frames])}
		first := Score{Samples: curve.Samples[:frames]}
		aggregate.Interval = bootstrap(e.Truth.Samples(), func(samples []int) float64 {
			return geometricMean(meanCurve(first, samples))
		})
	}
	return []Score{curve, aggregate}
}

// channelSquares returns Σ (p − y)² and Σ y² over one channel of [N…, C].
func channelSquares(p, y []float64, channel, channels int) (err, size float64) {
	for i := channel; i < len(y); i += channels {
		d := p[i] - y[i]
		err += d * d
		size += y[i] * y[i]
	}
	return err, size
}

// geometricMean of values ≥ 0. One +Inf makes it +Inf, even beside a 0.
func geometricMean(x []float64) float64 {
	var logs float64
	for _, v := range x {
		if math.IsInf(v, 1) {
			return v
		}
		logs += math.Log(v)
	}
	return math.Exp(logs / float64(len(x)))
}

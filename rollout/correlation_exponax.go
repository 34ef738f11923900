package rollout

import "eddy/configs"

func init() { configs.Register("correlation_exponax", func() Metric { return &CorrelationExponax{} }) }

// CorrelationExponax is the correlation of forecast and truth at each frame as
// exponax computes it, not centred and of each channel by itself,
//
//	correlation/exponax(t) = mean_{s,c} Σ_x p y / (‖p‖₂ ‖y‖₂).
//
// With one channel it is [CorrelationJaxCFD].
//
// Ref: Koehler et al., APEBench, NeurIPS 2024; metrics/_correlation.py of
// exponax.
type CorrelationExponax struct{}

// Define implements [Metric].
func (*CorrelationExponax) Define() []Definition {
	return []Definition{{
		Name:   "correlation/exponax",
		Text:   "mean over samples and channels of Σpy / (‖p‖₂ ‖y‖₂), not centred, over the points of the frame",
		Larger: true,
	}}
}

// Evaluate implements [Metric].
func (*CorrelationExponax) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("correlation/exponax", e, 0, channelMean(len(e.Truth.Channels), cosine))}
}

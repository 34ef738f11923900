package rollout

import "eddy/configs"

func init() { configs.Register("bounded", func() Metric { return &Bounded{} }) }

// Bounded is the share of samples that have not diverged up to each time. A
// forecast can be bounded and wrong; an unbounded one is of no use at all.
type Bounded struct{}

// Define implements Metric.
func (*Bounded) Define() []Definition {
	return []Definition{{
		Name:     "bounded",
		Text:     "share of samples that have not diverged: finite, and within the bound set for the forecast",
		Larger:   true,
		Tolerant: true,
	}}
}

// Evaluate implements Metric.
func (*Bounded) Evaluate(e Ensemble) []Score {
	score := frameScore("bounded", e, 0, func(_, _ []float64) float64 { return 1 })
	score.Samples = nil // each is 0 or 1, and their spread says nothing new
	return []Score{score}
}

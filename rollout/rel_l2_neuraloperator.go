package rollout

import (
	"math"

	"eddy/configs"
)

func init() {
	configs.Register("rel_l2_neuraloperator", func() Metric { return &RelL2NeuralOperator{} })
}

// RelL2NeuralOperator is the relative L2 error of each frame as the package
// neuraloperator reports it: with the norms over the points only, and the sum,
// not the mean, over channels,
//
//	rel_l2/neuraloperator(t) = mean_s Σ_c ‖p_sc − y_sc‖₂ / (‖y_sc‖₂ + 1e-8).
//
// Ref: Kossaifi et al., Library for learning neural operators (2024),
// arXiv:2412.10354; LpLoss.rel and the trainer in its code.
type RelL2NeuralOperator struct{}

// Define implements [Metric].
func (*RelL2NeuralOperator) Define() []Definition {
	return []Definition{{Name: "rel_l2/neuraloperator", Text: "mean over samples of the sum over channels of ‖p−y‖₂ / (‖y‖₂ + 1e-8), norms over the points of the frame"}}
}

// Evaluate implements [Metric].
func (*RelL2NeuralOperator) Evaluate(e Ensemble) []Score {
	channels := len(e.Truth.Channels)
	return []Score{frameScore("rel_l2/neuraloperator", e, math.Inf(1), func(p, y []float64) float64 {
		var sum float64
		for c := range channels {
			err, size := channelSquares(p, y, c, channels)
			sum += math.Sqrt(err) / (math.Sqrt(size) + 1e-8)
		}
		return sum
	})}
}

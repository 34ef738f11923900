package rollout

import (
	"math"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("rel_h1_neuraloperator", func() Metric { return &RelH1NeuralOperator{} })
}

// RelH1NeuralOperator is the relative H¹ error of each frame as the package
// neuraloperator reports it, of values and their finite differences, with the
// sum, not the mean, over channels,
//
//	rel_h1/neuraloperator(t) = mean_s Σ_c |p − y|₁ / (|y|₁ + 1e-8),  |u|₁² = ‖u‖₂² + Σ_a ‖δ_a u‖₂².
//
// Differences δ_a are central, (u_{i+1} − u_{i−1})/2h, around the end of a
// periodic axis; at other ends they are one-sided, of first order.
//
// Ref: Kossaifi et al., Library for learning neural operators (2024),
// arXiv:2412.10354; H1Loss.rel in its code.
type RelH1NeuralOperator struct{}

// Define implements [Metric].
func (*RelH1NeuralOperator) Define() []Definition {
	return []Definition{{
		Name: "rel_h1/neuraloperator",
		Text: "mean over samples of the sum over channels of |p−y| / (|y| + 1e-8), |u|² the squares of values and central differences, over the points of the frame",
	}}
}

// Evaluate implements [Metric].
func (*RelH1NeuralOperator) Evaluate(e Ensemble) []Score {
	channels := len(e.Truth.Channels)
	return []Score{frameScore("rel_h1/neuraloperator", e, math.Inf(1), func(p, y []float64) float64 {
		var sum float64
		for c := range channels {
			truth := channelOf(y, c, channels)
			err := h1Squares(e.Truth.Grid, missed(channelOf(p, c, channels), truth))
			sum += math.Sqrt(err) / (math.Sqrt(h1Squares(e.Truth.Grid, truth)) + 1e-8)
		}
		return sum
	})}
}

// h1Squares is Σ u² + Σ_a Σ (δ_a u)² of one channel.
func h1Squares(g physics.Grid, u []float64) float64 {
	_, sum := squares(u, u)
	stride := g.Size()
	for a, n := range g.Points {
		stride /= n
		for i := range u {
			k := i / stride % n
			low, high := max(k-1, 0), min(k+1, n-1)
			if g.Boundary == physics.Periodic {
				low, high = k-1, k+1
			}
			at := func(j int) float64 { return u[i+((j+n)%n-k)*stride] }
			d := (at(high) - at(low)) / (float64(high-low) * g.Spacing(a))
			sum += d * d
		}
	}
	return sum
}

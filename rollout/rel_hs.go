package rollout

import (
	"math"
	"strconv"

	"eddy/configs"
)

func init() { configs.Register("rel_hs", func() Metric { return &RelHs{Order: 1} }) }

// RelHs is the relative error of each frame in the Sobolev norm of an order s,
// on a periodic box,
//
//	rel_hs(t) = mean_s ‖p − y‖_s / ‖y‖_s,  ‖u‖_s² = Σ_c Σ_k (1 + |2πk/L|²)^s |û_k|².
//
// Orders above 0 weigh fine scales more, those below large ones; 0 is [NRMSE],
// and 1 the error of values and slopes. Good values: −1, 1.
//
// Ref: Evans, Partial Differential Equations (2010), §5.8.5.
type RelHs struct {
	Order float64 `range:"[-8,8]" doc:"s of the norm H^s"`
}

// Define implements [Metric].
func (*RelHs) Define() []Definition {
	return []Definition{{
		Name: "rel_hs",
		Text: "mean over samples of ‖p−y‖ / ‖y‖ in the Sobolev norm Σ(1 + |2πk/L|²)^s |û|² of the order s after the @, of the frame",
	}}
}

// Evaluate implements [Metric].
func (m *RelHs) Evaluate(e Ensemble) []Score {
	fourier, channels := newModes(e.Truth.Grid), len(e.Truth.Channels)
	weight := make([]float64, e.Truth.Grid.Size())
	for i := range weight {
		weight[i] = 1
		for a := range e.Truth.Grid.Dims() {
			weight[i] += math.Pow(fourier.wavenumber(i, a), 2)
		}
		weight[i] = math.Pow(weight[i], m.Order)
	}
	name := "rel_hs@" + strconv.FormatFloat(m.Order, 'g', -1, 64)
	return []Score{frameScore(name, e, math.Inf(1), func(p, y []float64) float64 {
		err, size := fourier.weighted(p, y, channels, weight)
		return ratio(math.Sqrt(err), math.Sqrt(size))
	})}
}

// weighted returns Σ_k w_k |p̂_k − ŷ_k|² and Σ_k w_k |ŷ_k|² over all channels.
func (m *modes) weighted(p, y []float64, channels int, weight []float64) (err, size float64) {
	w := func(i int) float64 { return weight[i] }
	for c := range channels {
		truth := channelOf(y, c, channels)
		err += m.sum(missed(channelOf(p, c, channels), truth), w)
		size += m.sum(truth, w)
	}
	return err, size
}

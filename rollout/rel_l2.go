package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("rel_l2", func() Metric { return &RelL2{} }) }

// RelL2 is the relative L2 error of whole forecasts as the code of the FNO
// paper computes it, with the norm over all points, channels and frames of a
// sample and nothing added to the denominator,
//
//	rel_l2/fno = mean_s ‖p_s − y_s‖₂ / ‖y_s‖₂.
//
// For forecasts of a single frame it equals [NRMSE].
//
// Ref: Li et al., Fourier neural operator, ICLR 2021; LpLoss.rel in its code.
type RelL2 struct{}

// Define implements Metric.
func (*RelL2) Define() []Definition {
	return []Definition{{
		Name: "rel_l2/fno",
		Text: "mean over samples of ‖p−y‖₂ / ‖y‖₂, norms over all points, channels and frames",
	}}
}

// Evaluate implements Metric.
func (*RelL2) Evaluate(e Ensemble) []Score {
	samples := make([]float64, e.Truth.Samples())
	for s := range samples {
		var err, size float64
		for t, y := range e.Truth.Frames[s][:e.Bounded[s]] {
			frameErr, frameSize := squares(e.Forecast[s][t], y)
			err += frameErr
			size += frameSize
		}
		samples[s] = ratio(math.Sqrt(err), math.Sqrt(size))
		if e.Bounded[s] < e.Truth.Steps() {
			samples[s] = math.Inf(1)
		}
	}
	score := Score{Name: "rel_l2/fno"}
	if len(samples) > 0 && e.Truth.Steps() > 0 {
		score.Samples, score.Values = [][]float64{samples}, []float64{mean(samples)}
	}
	return []Score{score}
}

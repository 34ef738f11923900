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
	return []Score{sampleScore("rel_l2/fno", e, math.Inf(1), func(s int) float64 {
		err, size := e.squares(s)
		return ratio(math.Sqrt(err), math.Sqrt(size))
	})}
}

// squares returns Σ (p − y)² and Σ y² over all frames of a sample.
func (e Ensemble) squares(s int) (err, size float64) {
	for t, y := range e.Truth.Frames[s] {
		frameErr, frameSize := squares(e.Forecast[s][t], y)
		err += frameErr
		size += frameSize
	}
	return err, size
}

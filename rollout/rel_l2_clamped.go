package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("rel_l2_clamped", func() Metric { return &RelL2Clamped{} }) }

// RelL2Clamped is the relative L2 error of whole forecasts as PhysicsNeMo
// computes it, with a floor below the division instead of something added,
//
//	rel_l2/clamped = mean_s √( ‖p_s − y_s‖₂² / max(‖y_s‖₂², 1e-8) ).
//
// Ref: NVIDIA PhysicsNeMo, metrics/general/relative_error.py.
type RelL2Clamped struct{}

// Define implements [Metric].
func (*RelL2Clamped) Define() []Definition {
	return []Definition{{Name: "rel_l2/clamped", Text: "mean over samples of √(‖p−y‖₂² / max(‖y‖₂², 1e-8)), norms over all points, channels and frames"}}
}

// Evaluate implements [Metric].
func (*RelL2Clamped) Evaluate(e Ensemble) []Score {
	return []Score{sampleScore("rel_l2/clamped", e, math.Inf(1), func(s int) float64 {
		err, size := e.squares(s)
		return math.Sqrt(err / max(size, 1e-8))
	})}
}

package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("rel_l2_rowmean", func() Metric { return &RelL2RowMean{} }) }

// RelL2RowMean is the relative L2 error as papers on DeepONets report it, the
// mean over the rows of an array [S, T·N…, C]: of each channel of each sample,
//
//	rel_l2/rowmean = mean_{s,c} ‖p_sc − y_sc‖₂ / ‖y_sc‖₂.
//
// With one channel it is [RelL2].
//
// Ref: Lu et al., DeepXDE, SIAM Review 63 (2021); mean_l2_relative_error in its
// code.
type RelL2RowMean struct{}

// Define implements [Metric].
func (*RelL2RowMean) Define() []Definition {
	return []Definition{{Name: "rel_l2/rowmean", Text: "mean over samples and channels of ‖p−y‖₂ / ‖y‖₂, norms over all points and frames"}}
}

// Evaluate implements [Metric].
func (*RelL2RowMean) Evaluate(e Ensemble) []Score {
	channels := len(e.Truth.Channels)
	return []Score{sampleScore("rel_l2/rowmean", e, math.Inf(1), func(s int) float64 {
		var sum float64
		for c := range channels {
			var err, size float64
			for t, y := range e.Truth.Frames[s] {
				frameErr, frameSize := channelSquares(e.Forecast[s][t], y, c, channels)
				err += frameErr
				size += frameSize
			}
			sum += ratio(math.Sqrt(err), math.Sqrt(size))
		}
		return sum / float64(channels)
	})}
}

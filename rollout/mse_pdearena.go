package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("mse_pdearena", func() Metric { return &MSEPDEArena{} }) }

// MSEPDEArena is the mean square error of whole forecasts as PDEArena computes
// it, with sums over frames and channels,
//
//	mse/pdearena = mean_s Σ_t Σ_c mean_x (p − y)².
//
// It has the units of the square of the state, and grows with the length of the
// forecast.
//
// Ref: Gupta & Brandstetter, PDEArena (2022), arXiv:2209.15616; modules/loss.py
// in its code.
type MSEPDEArena struct{}

// Define implements [Metric].
func (*MSEPDEArena) Define() []Definition {
	return []Definition{{Name: "mse/pdearena", Text: "mean over samples of the sum over frames and channels of mean (p−y)², mean over points"}}
}

// Evaluate implements [Metric].
func (*MSEPDEArena) Evaluate(e Ensemble) []Score {
	return []Score{sampleScore("mse/pdearena", e, math.Inf(1), func(s int) float64 {
		err, _ := e.squares(s)
		return err / float64(e.Truth.Grid.Size())
	})}
}

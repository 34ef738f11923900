package rollout

import (
	"math"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("spatial_exponax", func() Metric { return &SpatialExponax{Measure: RMSE} })
}

// SpatialExponax is an error of each frame as exponax computes it, with the sum,
// not the mean, over channels,
//
//	x/exponax(t) = mean_s Σ_c A(p − y), A(p − y)/A(y) or 2 A(p − y)/(A(p) + A(y)),  A(u) = (V/N Σ_x |u|^p)^q,
//
// where V is the volume of the box. So the absolute ones grow with the box. Their
// nine names are mae, mse, rmse and, with an n or an s before, the normalized and
// the symmetric ones. nrmse/exponax is nrmse/apebench.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024; metrics/_spatial.py of exponax.
type SpatialExponax struct {
	Measure  Measure  `doc:"power of the values, and root"`
	Relation Relation `doc:"what the error is divided by"`
}

// Define implements [Metric].
func (*SpatialExponax) Define() []Definition {
	sizes := map[Measure]string{MAE: "V/N Σ|·|", MSE: "V/N Σ|·|²", RMSE: "√(V/N Σ|·|²)"}
	var all []Definition
	for _, m := range []Measure{MAE, MSE, RMSE} {
		for _, r := range []Relation{Normalized, Absolute, Symmetric} {
			all = append(all, Definition{Name: r.prefix() + m.String() + "/exponax",
				Text: "mean over samples of the sum over channels of " + r.text("A") + ", A(·) = " + sizes[m] + " over the N points of the frame in the volume V"})
		}
	}
	return all
}

// Evaluate implements [Metric].
func (m *SpatialExponax) Evaluate(e Ensemble) []Score {
	cell := cellVolume(e.Truth.Grid)
	size := func(u []float64) float64 {
		var sum float64
		for _, v := range u {
			sum += m.Measure.inner(math.Abs(v))
		}
		return m.Measure.outer(cell * sum)
	}
	name := m.Relation.prefix() + m.Measure.String() + "/exponax"
	return []Score{exponaxScore(name, e, m.Relation, size)}
}

// exponaxScore is the mean over samples of the sum over channels of an error
// whose size is given for one channel.
func exponaxScore(name string, e Ensemble, relation Relation, size func(u []float64) float64) Score {
	channels := len(e.Truth.Channels)
	return frameScore(name, e, math.Inf(1), func(p, y []float64) float64 {
		var sum float64
		for c := range channels {
			forecast, truth := channelOf(p, c, channels), channelOf(y, c, channels)
			sum += relation.of(size(missed(forecast, truth)), size(forecast), size(truth))
		}
		return sum
	})
}

// cellVolume is V/N, that of the box over the number of points.
func cellVolume(g physics.Grid) float64 {
	volume := 1 / float64(g.Size())
	for _, length := range g.Extent {
		volume *= length
	}
	return volume
}

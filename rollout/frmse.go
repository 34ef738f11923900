package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("frmse", func() Metric { return &FRMSE{} }) }

// FRMSE is PDEBench's error in three bands of Fourier modes, with the mean over
// samples inside the root and the volume V of the box before it,
//
//	F(k) = V/N √(mean_s |p̂_k − ŷ_k|²),  frmse/pdebench(t) = mean_c mean_{k of the band} F(k),
//
// with the transform that has no factor before its sum. Bands are k from 0 to 3,
// 4 to 11 and 12 on, up to half the points: the mean of the field is in the low
// one. A band that the grid does not reach is 0. In several dimensions F(k) has
// the sum over modes with k ≤ |k| < k+1 inside its mean, of those with 0 ≤ k_a <
// n_a/2 along each axis only, and k ends before the least n_a/2. There is no
// factor for the other half of the modes, and so no theorem of Parseval.
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, App. B; metric_func in its code.
type FRMSE struct{}

var (
	frmseBands = [3]string{"low", "mid", "high"}
	frmseEdges = [4]int{0, 4, 12, math.MaxInt}
)

// Define implements [Metric].
func (*FRMSE) Define() []Definition {
	var all []Definition
	for i, ks := range []string{"0 to 3", "4 to 11", "12 on"} {
		all = append(all, Definition{Name: "frmse/pdebench_" + frmseBands[i],
			Text: "mean over channels and over k = " + ks + " of V/N √(mean over samples of |p̂−ŷ|²), V the volume of the box, of the frame"})
	}
	return all
}

// Evaluate implements [Metric].
func (*FRMSE) Evaluate(e Ensemble) []Score {
	m, channels := newModes(e.Truth.Grid), len(e.Truth.Channels)
	volume := 1.0
	for _, length := range e.Truth.Grid.Extent {
		volume *= length
	}
	shells := m.pdebenchShells()
	perShell := make([][]float64, e.Truth.Steps()) // [T][k], the mean over channels of F
	scores := make([]Score, len(frmseBands))
	for b, band := range frmseBands {
		scores[b] = pooledScore("frmse/pdebench_"+band, e, func(t int) float64 {
			if perShell[t] == nil {
				perShell[t] = m.frmse(e, t, channels, volume, shells)
			}
			low, high := min(frmseEdges[b], len(perShell[t])), min(frmseEdges[b+1], len(perShell[t]))
			if low == high {
				return 0
			}
			return mean(perShell[t][low:high])
		})
	}
	return scores
}

// frmse is the mean over channels of F(k) at a frame.
func (m *modes) frmse(e Ensemble, t, channels int, volume float64, shells []int) []float64 {
	var f []float64
	for c := range channels {
		var sums []float64 // over samples, with Σ|û|² = mean u²
		for s, states := range e.Forecast {
			p, y := channelOf(states[t], c, channels), channelOf(e.Truth.Frames[s][t], c, channels)
			for i, v := range m.of(missed(p, y)) {
				k := shells[i]
				for len(sums) <= k {
					sums = append(sums, 0)
				}
				if k >= 0 {
					sums[k] += square(v)
				}
			}
		}
		for k, sum := range sums {
			if len(f) <= k {
				f = append(f, 0)
			}
			f[k] += volume * math.Sqrt(sum/float64(e.Truth.Samples())) / float64(channels)
		}
	}
	return f
}

// pdebenchShells gives each mode its k, −1 to those that are left out.
func (m *modes) pdebenchShells() []int {
	least := m.grid.Points[0] / 2
	for _, n := range m.grid.Points {
		least = min(least, n/2)
	}
	shells := make([]int, m.grid.Size())
	for i := range shells {
		if shells[i] = int(m.radius(i)); m.grid.Dims() == 1 {
			if 2*i > m.grid.Points[0] { // the other half of a real transform
				shells[i] = -1
			}
			continue
		}
		for a, k := range m.grid.Index(i) {
			if k >= m.grid.Points[a]/2 {
				shells[i] = -1
			}
		}
		if shells[i] >= least {
			shells[i] = -1
		}
	}
	return shells
}

package rollout

import (
	"fmt"
	"math"
	"math/cmplx"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("fourier_exponax", func() Metric { return &FourierExponax{Measure: RMSE, High: 65536} })
}

// FourierExponax is an error of each frame in a band of Fourier modes, or of its
// derivatives, as exponax computes it, with the sum over channels and over the
// derivatives along all axes,
//
//	fourier_x/exponax(t) = mean_s Σ_c A(p − y) or A(p − y)/A(y),  A(u) = Σ_a (V/N² Σ_k |κ_a^d ũ_k|^p)^q,
//
// where ũ is the transform without a factor before its sum, of which values below
// 1e-5 are taken for 0, and κ_a = 2πk_a/L_a. With d = 0 there is no sum over axes
// a. The band has the modes whose waves |k_a| are all at most High, but not all
// below Low. Over all modes and with d = 0, mse and rmse are those of
// [SpatialExponax].
//
// Ref: Koehler et al., APEBench, NeurIPS 2024; metrics/_fourier.py of exponax.
type FourierExponax struct {
	Measure    Measure  `doc:"power of the coefficients, and root"`
	Relation   Relation `doc:"what the error is divided by; not symmetric"`
	Low        int      `range:"[0,65536]" doc:"least number of waves along any axis, in the band"`
	High       int      `range:"[0,65536]" doc:"largest number of waves along all axes, in the band"`
	Derivative float64  `range:"[0,8]" doc:"order d of the derivative"`
}

// Check reports an empty band, and what exponax does not have.
func (m *FourierExponax) Check() error {
	switch {
	case m.Low > m.High:
		return configs.At("high", "high = %d, want low = %d or more", m.High, m.Low)
	case m.Relation == Symmetric:
		return configs.At("relation", "symmetric, want normalized or absolute")
	}
	return nil
}

// Define implements [Metric].
func (*FourierExponax) Define() []Definition {
	sizes := map[Measure]string{MAE: "V/N² Σ|·|", MSE: "V/N² Σ|·|²", RMSE: "√(V/N² Σ|·|²)"}
	var all []Definition
	for _, m := range []Measure{MAE, MSE, RMSE} {
		for _, r := range []Relation{Normalized, Absolute} {
			all = append(all, Definition{Name: "fourier_" + r.prefix() + m.String() + "/exponax",
				Text: "mean over samples of the sum over channels of " + r.text("A") + ", A(·) = " + sizes[m] +
					" over the Fourier modes (low-high after the @) of the frame or, with d, of its derivatives along all axes, added"})
		}
	}
	return all
}

// Evaluate implements [Metric].
func (m *FourierExponax) Evaluate(e Ensemble) []Score {
	size := m.size(e.Truth.Grid)
	name := fmt.Sprintf("fourier_%s%v/exponax", m.Relation.prefix(), m.Measure)
	switch {
	case m.Derivative != 0:
		name += fmt.Sprintf("@%d-%d d%v", m.Low, m.High, m.Derivative)
	case m.Low > 0 || m.High < 65536:
		name += fmt.Sprintf("@%d-%d", m.Low, m.High)
	}
	return []Score{exponaxScore(name, e, m.Relation, size)}
}

// size returns A, for one channel.
func (m *FourierExponax) size(g physics.Grid) func(u []float64) float64 {
	fourier, cell := newModes(g), cellVolume(g)
	n := float64(g.Size())
	axes := g.Dims()
	if m.Derivative == 0 {
		axes = 1
	}
	return func(u []float64) float64 {
		sums := make([]float64, axes)
		for i, v := range fourier.of(u) {
			magnitude := cmplx.Abs(v) * n
			if magnitude < 1e-5 || !m.holds(fourier.waves[i]) {
				continue
			}
			for a := range sums {
				slope := math.Pow(math.Abs(fourier.wavenumber(i, a)), m.Derivative)
				sums[a] += m.Measure.inner(slope * magnitude)
			}
		}
		var size float64
		for _, sum := range sums {
			size += m.Measure.outer(cell * sum / n)
		}
		return size
	}
}

// holds tells whether a mode is in the band.
func (m *FourierExponax) holds(waves []int) bool {
	most := 0
	for _, k := range waves {
		most = max(most, k, -k)
	}
	return most >= m.Low && most <= m.High
}

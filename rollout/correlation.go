package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("correlation", func() Metric { return &Correlation{} }) }

// Correlation is Pearson's correlation of forecast and truth at each frame,
// centred, over all points and channels together,
//
//	correlation/pdearena(t) = mean_s cov(p, y) / (σ(p) σ(y)),
//
// with standard deviations of the population and the denominator at least
// 2⁻¹²⁶, the smallest normal float32. So a constant field correlates 0 with
// anything, even with itself.
//
// Ref: PDEArena, modules/loss.py, pearson_correlation.
type Correlation struct{}

// Define implements Metric.
func (*Correlation) Define() []Definition {
	return []Definition{{
		Name:   "correlation/pdearena",
		Text:   "mean over samples of Pearson's centred correlation, all points and channels of the frame together",
		Larger: true,
	}}
}

// Evaluate implements Metric.
func (*Correlation) Evaluate(e Ensemble) []Score {
	return []Score{frameScore("correlation/pdearena", e, 0, pearson)}
}

// pearson centres after it has taken the first values off, so that a constant
// field has no variance at all, not that of rounding.
func pearson(p, y []float64) float64 {
	var meanP, meanY float64
	for i := range y {
		meanP += p[i] - p[0]
		meanY += y[i] - y[0]
	}
	n := float64(len(y))
	meanP, meanY = meanP/n, meanY/n
	var cov, varP, varY float64
	for i := range y {
		dp, dy := p[i]-p[0]-meanP, y[i]-y[0]-meanY
		cov += dp * dy
		varP += dp * dp
		varY += dy * dy
	}
	r := cov / n / max(math.Sqrt(varP/n)*math.Sqrt(varY/n), 0x1p-126)
	if math.IsNaN(r) { // squares beyond what a float64 holds
		return 0
	}
	return r
}

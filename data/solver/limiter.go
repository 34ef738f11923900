package solver

import (
	"math"

	"eddy/configs"
)

// Limiter chooses the slope of a cell, so that reconstructions make no new
// extrema.
//
// Ref: Sweby, SIAM J. Numer. Anal. 21 (1984) 995.
type Limiter interface {
	// Slope returns the difference over a cell from those to the cell below it
	// and to that above. It is zero where these have different signs.
	Slope(below, above float64) float64
}

func init() {
	configs.Register("minmod", func() Limiter { return minmod{} })
	configs.Register("van_leer", func() Limiter { return vanLeer{} })
	configs.Register("mc", func() Limiter { return mc{} })
	configs.Register("superbee", func() Limiter { return superbee{} })
}

// minmod is the smaller difference: the most diffusive.
type minmod struct{}

// Slope implements [Limiter].
func (minmod) Slope(a, b float64) float64 { return smaller(a, b) }

// vanLeer is the harmonic mean, which is smooth.
type vanLeer struct{}

// Slope implements [Limiter].
func (vanLeer) Slope(a, b float64) float64 {
	if a*b <= 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

// mc is the mean, but at most twice the smaller difference (monotonized
// central): the mean holds wherever the solution is smooth and has a slope.
type mc struct{}

// Slope implements [Limiter].
func (mc) Slope(a, b float64) float64 { return smaller(2*smaller(a, b), 0.5*(a+b)) }

// superbee is the largest slope without new extrema. It makes waves steeper
// than they are: only for discontinuities.
type superbee struct{}

// Slope implements [Limiter].
func (superbee) Slope(a, b float64) float64 {
	s, t := smaller(2*a, b), smaller(a, 2*b)
	if math.Abs(s) > math.Abs(t) {
		return s
	}
	return t
}

// smaller is the number next to zero, or zero between numbers of different
// signs.
func smaller(a, b float64) float64 {
	switch {
	case a*b <= 0:
		return 0
	case math.Abs(a) < math.Abs(b):
		return a
	default:
		return b
	}
}

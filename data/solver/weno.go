package solver

import (
	"math"

	"eddy/configs"
)

func init() {
	configs.Register("weno5", func() Reconstruction { return &WENO5{} })
}

// WENO5 weighs three parabolas by their smoothness: of order 5 where the
// solution is smooth, also at its extrema, and nearly free of oscillations at
// shocks. The weights are those called Z, with power 2.
//
// Ref: Jiang & Shu, J. Comput. Phys. 126 (1996) 202; Borges et al., J. Comput.
// Phys. 227 (2008) 3191, §3; Buchmüller & Helzel, J. Sci. Comput. 61 (2014)
// 343: the values in the middle of faces.
type WENO5 struct{}

func (*WENO5) String() string { return "WENO5" }

// Reach is 3.
func (*WENO5) Reach() int { return 3 }

// Faces implements [Reconstruction].
func (*WENO5) Faces(low, high, u []float64) {
	for i := range low {
		a, b, c, d, e, f := u[i], u[i+1], u[i+2], u[i+3], u[i+4], u[i+5]
		low[i] = weno5(a, b, c, d, e)
		high[i] = weno5(f, e, d, c, b)
	}
}

// weno5 is the value at the end of cell c towards d.
func weno5(a, b, c, d, e float64) float64 {
	// The smoothness of the parabolas through abc, bcd and cde.
	s0 := 13./12*squared(a-2*b+c) + 0.25*squared(a-4*b+3*c)
	s1 := 13./12*squared(b-2*c+d) + 0.25*squared(b-d)
	s2 := 13./12*squared(c-2*d+e) + 0.25*squared(3*c-4*d+e)
	const tiny = 1e-40 // against 0/0, as the authors have it
	all := math.Abs(s0 - s2)
	w0 := 0.1 * (1 + squared(all/(s0+tiny)))
	w1 := 0.6 * (1 + squared(all/(s1+tiny)))
	w2 := 0.3 * (1 + squared(all/(s2+tiny)))
	return (w0*(2*a-7*b+11*c) + w1*(-b+5*c+2*d) + w2*(2*c+5*d-e)) / (6 * (w0 + w1 + w2))
}

func squared(x float64) float64 { return x * x }

// Midpoint is of order 6.
func (*WENO5) Midpoint() (value, mean []float64) {
	return []float64{9. / 1920, -116. / 1920, 2134. / 1920, -116. / 1920, 9. / 1920},
		[]float64{-17. / 5760, 308. / 5760, 5178. / 5760, 308. / 5760, -17. / 5760}
}

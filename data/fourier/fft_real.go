package fourier

import "eddy/internal/kernel"

// RealFFT turns n real values in each lane into the coefficients of their
// Fourier series,
//
//	x_j = Σ_k c_k exp(2πi jk/n),  c_{−k} = conj(c_k),
//
// and back. Of the coefficients it holds the first, at most k = 0 … n/2. It
// keeps scratch space, so it serves one goroutine.
//
// An even length is one complex transform of half the length, whose real parts
// are the even values and whose imaginary parts the odd ones: in lanes the
// values are in this form as they are.
type RealFFT struct {
	n     int
	half  *FFT      // of n/2 numbers, of n where n is odd
	roots []float64 // exp(−2πi k/n) for k = 1 … n/4, for even n
	work  []float64 // [n][2][lanes], for odd n
	zero  []float64 // a coefficient that is 0
	waste []float64 // a coefficient that nobody wants
}

// NewRealFFT returns the transform of n values.
func NewRealFFT(n int) *RealFFT {
	if n%2 == 1 {
		return &RealFFT{n: n, half: NewFFT(n), work: make([]float64, n*Pair)}
	}
	f := &RealFFT{n: n, half: NewFFT(n / 2), zero: make([]float64, Pair), waste: make([]float64, Pair)}
	for k := 1; k <= n/4; k++ {
		w := root(k, n)
		f.roots = append(f.roots, real(w), imag(w))
	}
	return f
}

// Forward writes the first coefficients, times scale·n, of x [n][lanes] to c,
// as many as it holds. It spoils x.
func (f *RealFFT) Forward(c, x []float64, scale float64) {
	if f.n%2 == 1 {
		f.forwardOdd(c, x, scale)
		return
	}
	f.half.Forward(x, Pair)
	m, held := f.n/2, len(c)/Pair
	re, im := x[:Lanes], x[Lanes:Pair]
	for l, a := range re { // k = 0 and n/2, which are real
		c[l], c[Lanes+l] = scale*(a+im[l]), 0
		if held > m {
			c[m*Pair+l], c[m*Pair+Lanes+l] = scale*(a-im[l]), 0
		}
	}
	single, both := f.pairs(held)
	rising := func(k int) kernel.Rows[float64] { return kernel.Rows[float64]{Data: c, At: k * Pair, Step: Pair} }
	z, y := f.ends(x)
	kernel.SplitReal(single, rising(1), kernel.Rows[float64]{Data: f.waste}, z, y, f.roots[:2*single], scale/2)
	first := f.from(both)
	kernel.SplitReal(both, rising(first), kernel.Rows[float64]{Data: c, At: (m - first) * Pair, Step: -Pair},
		skip(z, first-1), skip(y, first-1), f.roots[2*(first-1):], scale/2)
}

// Inverse writes the values x [n][lanes] of the series that begins with c;
// coefficients that c does not hold are 0. The imaginary parts of c_0 and, for
// even n, of c_{n/2} are not used.
func (f *RealFFT) Inverse(x, c []float64) {
	if f.n%2 == 1 {
		f.inverseOdd(x, c)
		return
	}
	m, held := f.n/2, len(c)/Pair
	last := f.zero
	if held > m {
		last = c[m*Pair:]
	}
	for l, a := range c[:Lanes] {
		x[l], x[Lanes+l] = a+last[l], a-last[l]
	}
	single, both := f.pairs(held)
	z, y := f.ends(x)
	kernel.JoinReal(single, z, y, kernel.Rows[float64]{Data: c, At: Pair, Step: Pair}, kernel.Rows[float64]{Data: f.zero}, f.roots[:2*single])
	first := f.from(both)
	clear(x[(single+1)*Pair : first*Pair])
	clear(x[(m-first+1)*Pair : (m-single)*Pair])
	kernel.JoinReal(both, skip(z, first-1), skip(y, first-1), kernel.Rows[float64]{Data: c, At: first * Pair, Step: Pair},
		kernel.Rows[float64]{Data: c, At: (m - first) * Pair, Step: -Pair}, f.roots[2*(first-1):])
	f.half.Inverse(x, Pair)
}

// pairs counts the pairs k, n/2 − k with k = 1 … n/4 of which only k is held,
// and those of which both are. The latter have the largest k.
func (f *RealFFT) pairs(held int) (single, both int) {
	m := f.n / 2
	both = min(m/2, max(0, m/2-(m-held)))
	return min(m/2-both, held-1), both
}

// from is the first k of the pairs that are both held.
func (f *RealFFT) from(both int) int { return f.n/4 - both + 1 }

// ends are the numbers of x [n/2][2][lanes] from 1 up and from n/2 − 1 down.
func (f *RealFFT) ends(x []float64) (z, y kernel.Rows[float64]) {
	return kernel.Rows[float64]{Data: x, At: Pair, Step: Pair},
		kernel.Rows[float64]{Data: x, At: (f.n/2 - 1) * Pair, Step: -Pair}
}

// skip leaves out the first k rows.
func skip(r kernel.Rows[float64], k int) kernel.Rows[float64] {
	r.At += k * r.Step
	return r
}

func (f *RealFFT) forwardOdd(c, x []float64, scale float64) {
	clear(f.work)
	for j := range f.n {
		copy(f.work[j*Pair:], x[j*Lanes:][:Lanes])
	}
	f.half.Forward(f.work, Pair)
	kernel.Scale(c, scale, f.work[:len(c)])
}

func (f *RealFFT) inverseOdd(x, c []float64) {
	clear(f.work)
	copy(f.work, c[:Lanes])
	for k := 1; k < len(c)/Pair; k++ {
		from, mirror := c[k*Pair:][:Pair], f.work[(f.n-k)*Pair:][:Pair]
		copy(f.work[k*Pair:], from)
		copy(mirror, from[:Lanes])
		kernel.Scale(mirror[Lanes:], -1, from[Lanes:])
	}
	f.half.Inverse(f.work, Pair)
	for j := range f.n {
		copy(x[j*Lanes:][:Lanes], f.work[j*Pair:])
	}
}

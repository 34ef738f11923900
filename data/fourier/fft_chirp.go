package fourier

import "eddy/internal/kernel"

// chirp is the discrete Fourier transform of a length with large prime
// factors, as a convolution that is computed at a longer length without them:
// jk = (j² + k² − (k−j)²)/2.
//
// Ref: Bluestein, IEEE Trans. Audio Electroacoustics 18 (1970) 451.
type chirp struct {
	n    int
	long *kernel.FFT[float64]
	line []float64              // [m][2][lanes]
	wave []kernel.Term[float64] // exp(−πi j²/n) times the first n of line
	kern []kernel.Term[float64] // transform of the conjugate wave, over m, times line
}

func newChirp(n int) *chirp {
	m := 1
	for m < 2*n-1 {
		m *= 2
	}
	c := &chirp{n: n, long: kernel.NewFFT[float64](m, Lanes), line: make([]float64, m*Pair)}
	wave, conj := make([]float64, 2*n), make([]float64, m*Pair) // conj in the first lane
	for j := range n {
		w := root(j*j%(2*n), 2*n)
		wave[2*j], wave[2*j+1] = real(w), imag(w)
		for _, at := range []int{j, (m - j) % m} {
			conj[at*Pair], conj[at*Pair+Lanes] = real(w)/float64(m), -imag(w)/float64(m)
		}
	}
	c.long.Forward(conj, Pair)
	kern := make([]float64, 2*m)
	for j := range m {
		kern[2*j], kern[2*j+1] = conj[j*Pair], conj[j*Pair+Lanes]
	}
	c.wave = []kernel.Term[float64]{{W: wave, X: c.line[:n*Pair]}}
	c.kern = []kernel.Term[float64]{{W: kern, X: c.line}}
	return c
}

// transform replaces x, whose real and imaginary parts begin at re and im in
// each of its numbers.
func (c *chirp) transform(x []float64, stride, re, im int) {
	short := c.line[:c.n*Pair]
	for j := range c.n {
		copy(short[j*Pair:][:Lanes], x[j*stride+re:])
		copy(short[j*Pair+Lanes:][:Lanes], x[j*stride+im:])
	}
	kernel.Combine(short, c.wave, true)
	clear(c.line[len(short):])
	c.long.Forward(c.line, Pair)
	kernel.Combine(c.line, c.kern, true)
	c.long.Inverse(c.line, Pair)
	kernel.Combine(short, c.wave, true)
	for j := range c.n {
		copy(x[j*stride+re:][:Lanes], short[j*Pair:])
		copy(x[j*stride+im:][:Lanes], short[j*Pair+Lanes:])
	}
}

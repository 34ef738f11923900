package data

// chirp is the discrete Fourier transform of a length with large prime
// factors, as a convolution that is computed at a longer length without them:
// jk = (j² + k² − (k−j)²)/2.
//
// Ref: Bluestein, IEEE Trans. Audio Electroacoustics 18 (1970) 451.
type chirp struct {
	wave   []complex128 // [n] exp(−πi j²/n)
	kernel []complex128 // [m] transform of the conjugate wave, over m
	long   *fft
	buffer []complex128 // [m]
}

func newChirp(n int) *chirp {
	m := 1
	for m < 2*n-1 {
		m *= 2
	}
	c := &chirp{long: newFFT(m), buffer: make([]complex128, m), kernel: make([]complex128, m)}
	for j := range n {
		w := root(j*j%(2*n), 2*n)
		c.wave = append(c.wave, w)
		conj := complex(real(w)/float64(m), -imag(w)/float64(m))
		c.kernel[j], c.kernel[(m-j)%m] = conj, conj
	}
	c.long.transform(c.kernel)
	return c
}

func (c *chirp) transform(x []complex128) {
	clear(c.buffer)
	for j, w := range c.wave {
		c.buffer[j] = w * x[j]
	}
	c.long.transform(c.buffer)
	for j, k := range c.kernel {
		c.buffer[j] *= k
	}
	c.long.inverse(c.buffer)
	for j, w := range c.wave {
		x[j] = w * c.buffer[j]
	}
}

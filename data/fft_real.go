package data

// realFFT turns n real values into the coefficients of their Fourier series,
//
//	x_j = Σ_k c_k exp(2πi jk/n),  c_{−k} = conj(c_k),
//
// and back. Of the coefficients it holds k = 0 … n/2. It keeps scratch space,
// so it serves one goroutine.
//
// An even length is one complex transform of half the length.
type realFFT struct {
	n     int
	half  *fft         // of n/2 numbers, of n where n is odd
	roots []complex128 // [n/2] exp(−2πi k/n) for even n
	work  []complex128
}

func newRealFFT(n int) *realFFT {
	if n%2 == 1 {
		return &realFFT{n: n, half: newFFT(n), work: make([]complex128, n)}
	}
	f := &realFFT{n: n, half: newFFT(n / 2), work: make([]complex128, n/2)}
	for k := range n / 2 {
		f.roots = append(f.roots, root(k, n))
	}
	return f
}

// forward writes the coefficients [n/2+1] of x [n] to c.
func (f *realFFT) forward(c []complex128, x []float64) {
	x = x[:f.n]
	if f.n%2 == 1 {
		for j, v := range x {
			f.work[j] = complex(v, 0)
		}
		f.half.transform(f.work)
		for k := range f.n/2 + 1 {
			c[k] = scaled(1/float64(f.n), f.work[k])
		}
		return
	}
	for j := range f.work {
		f.work[j] = complex(x[2*j], x[2*j+1])
	}
	f.half.transform(f.work)
	f.split(c)
}

// split separates the transforms of the even and the odd values, which are the
// real and the imaginary part of what was transformed, and combines them.
func (f *realFFT) split(c []complex128) {
	m := f.n / 2
	scale := 1 / float64(f.n)
	z := f.work[0]
	c[0], c[m] = complex(scale*(real(z)+imag(z)), 0), complex(scale*(real(z)-imag(z)), 0)
	scale /= 2
	for k, l := 1, m-1; k <= l; k, l = k+1, l-1 {
		a, b := f.work[k], f.work[l]
		even := complex(real(a)+real(b), imag(a)-imag(b))
		odd := f.roots[k] * complex(imag(a)+imag(b), real(b)-real(a))
		c[k] = scaled(scale, even+odd)
		c[l] = complex(scale*(real(even)-real(odd)), scale*(imag(odd)-imag(even)))
	}
}

// inverse writes the values [n] of the series c [n/2+1] to x. The imaginary
// parts of c_0 and, for even n, of c_{n/2} are not used.
func (f *realFFT) inverse(x []float64, c []complex128) {
	x = x[:f.n]
	if f.n%2 == 1 {
		f.work[0] = complex(real(c[0]), 0)
		for k := 1; k <= f.n/2; k++ {
			f.work[k], f.work[f.n-k] = complex(real(c[k]), -imag(c[k])), c[k]
		}
		f.half.transform(f.work)
		for j := range x {
			x[j] = real(f.work[j])
		}
		return
	}
	f.join(c)
	f.half.transform(f.work)
	for j, z := range f.work {
		x[2*j], x[2*j+1] = real(z), -imag(z)
	}
}

// join undoes split, up to the scale and a conjugation that turns the
// transform into its inverse.
func (f *realFFT) join(c []complex128) {
	m := f.n / 2
	f.work[0] = complex(real(c[0])+real(c[m]), real(c[m])-real(c[0]))
	for k, l := 1, m-1; k <= l; k, l = k+1, l-1 {
		a, b := c[k], c[l]
		even := complex(real(a)+real(b), imag(a)-imag(b))
		w := f.roots[k]
		odd := complex(real(w), -imag(w)) * complex(real(a)-real(b), imag(a)+imag(b))
		// k: even + i odd, l: conj(even) + i conj(odd), both conjugated.
		f.work[k] = complex(real(even)-imag(odd), -imag(even)-real(odd))
		f.work[l] = complex(real(even)+imag(odd), imag(even)-real(odd))
	}
}

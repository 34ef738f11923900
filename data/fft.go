package data

import "math"

// fft is the discrete Fourier transform of n complex numbers,
// X_k = Σ_j x_j exp(−2πi jk/n), for any n. It keeps scratch space, so it
// serves one goroutine.
//
// The factors 4, 2, 3 and 5 of n are passes of the self-sorting algorithm of
// Stockham; lengths with other prime factors go through a convolution.
//
// Ref: Van Loan, Computational Frameworks for the Fast Fourier Transform
// (1992), §1.7.
type fft struct {
	n       int
	passes  []pass
	scratch []complex128
	chirp   *chirp // for lengths with other prime factors, else nil
}

// pass combines transforms of a length l/radix to ones of length l, at every
// stride-th number.
type pass struct {
	radix, stride int
	twiddles      []complex128 // [l/radix, radix−1]: exp(−2πi jp/l)
}

// newFFT returns the transform of n numbers.
func newFFT(n int) *fft {
	f := &fft{n: n, scratch: make([]complex128, n)}
	stride := 1
	for l := n; l > 1; {
		r := smallFactor(l)
		if r == 0 {
			return &fft{n: n, chirp: newChirp(n)}
		}
		p := pass{radix: r, stride: stride}
		for i := range l / r {
			for j := 1; j < r; j++ {
				p.twiddles = append(p.twiddles, root(i*j, l))
			}
		}
		f.passes = append(f.passes, p)
		l /= r
		stride *= r
	}
	return f
}

// smallFactor returns the radix of the next pass, 0 if there is none.
func smallFactor(n int) int {
	for _, r := range []int{4, 2, 3, 5} {
		if n%r == 0 {
			return r
		}
	}
	return 0
}

// root returns exp(−2πi j/n), exact to rounding for any j ≥ 0.
func root(j, n int) complex128 {
	s, c := math.Sincos(-2 * math.Pi * float64(j%n) / float64(n))
	return complex(c, s)
}

// transform replaces x by its transform.
func (f *fft) transform(x []complex128) {
	if f.chirp != nil {
		f.chirp.transform(x)
		return
	}
	from, to := x[:f.n], f.scratch
	for _, p := range f.passes {
		switch p.radix {
		case 4:
			p.radix4(to, from)
		case 2:
			p.radix2(to, from)
		case 3:
			p.radix3(to, from)
		case 5:
			p.radix5(to, from)
		}
		from, to = to, from
	}
	if len(f.passes)%2 == 1 {
		copy(x, from)
	}
}

// inverse replaces x by Σ_k x_k exp(+2πi jk/n).
func (f *fft) inverse(x []complex128) {
	conjugate(x)
	f.transform(x)
	conjugate(x)
}

func conjugate(x []complex128) {
	for i, v := range x {
		x[i] = complex(real(v), -imag(v))
	}
}

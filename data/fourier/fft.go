package fourier

import (
	"math"

	"eddy/internal/kernel"
)

// FFT is the discrete Fourier transform of n complex numbers in each lane,
// X_k = Σ_j x_j exp(−2πi jk/n), for any n. It keeps scratch space, so it serves
// one goroutine.
//
// Lengths with other prime factors than 2, 3 and 5 go through a convolution.
type FFT struct {
	n      int
	direct *kernel.FFT[float64]
	chirp  *chirp // for lengths with other prime factors, else nil
}

// NewFFT returns the transform of n numbers.
func NewFFT(n int) *FFT {
	if !isSmooth(n) {
		return &FFT{n: n, chirp: newChirp(n)}
	}
	return &FFT{n: n, direct: kernel.NewFFT[float64](n, Lanes)}
}

// isSmooth tells whether n has no prime factor beyond 5.
func isSmooth(n int) bool {
	for _, r := range []int{2, 3, 5} {
		for n%r == 0 {
			n /= r
		}
	}
	return n == 1
}

// root returns exp(−2πi j/n), exact to rounding for any j ≥ 0.
func root(j, n int) complex128 {
	s, c := math.Sincos(-2 * math.Pi * float64(j%n) / float64(n))
	return complex(c, s)
}

// Forward replaces x by its transform. Number j begins at x[j·stride].
func (f *FFT) Forward(x []float64, stride int) {
	if f.chirp != nil {
		f.chirp.transform(x, stride, 0, Lanes)
		return
	}
	f.direct.Forward(x, stride)
}

// Inverse replaces x by Σ_k x_k exp(+2πi jk/n): the transform, where the real
// and the imaginary parts are exchanged before and after.
func (f *FFT) Inverse(x []float64, stride int) {
	if f.chirp != nil {
		f.chirp.transform(x, stride, Lanes, 0)
		return
	}
	f.direct.Inverse(x, stride)
}

package graph

import "eddy/internal/kernel"

// fftPays tells whether a fast transform of n points takes less time than the
// products for m modes, which grow with m. The border is measured
// (BenchmarkDFT): it lies near 20 modes, and higher for lines that leave the
// second-level cache, which products take a part at a time.
func fftPays(n, m int) bool { return m > 20+n/200 }

// lineFFT is a [line] by fast Fourier transforms of n complex points, whose
// real part is the first half of the channels and whose imaginary part is the
// second: a point [C] of the line is such a number as it stands.
type lineFFT[T kernel.Float] struct {
	n, m    int
	weights [2][]T      // of the modes, forward and inverse
	whole   []lineChunk // the line, as one chunk
}

func newLineFFT[T kernel.Float](n, m, total int) *lineFFT[T] {
	t := &lineFFT[T]{n: n, m: m, whole: []lineChunk{{hi: n, mirror: n}}}
	for k := range m {
		t.weights[forward] = append(t.weights[forward], 1)
		t.weights[inverse] = append(t.weights[inverse], T(weight(k, n, total)))
	}
	return t
}

func (t *lineFFT[T]) chunks() []lineChunk { return t.whole }
func (t *lineFFT[T]) room(c int) int      { return t.n * c }

func (t *lineFFT[T]) fold(_ lineChunk, w *work[T], points, _ []T, c int) {
	copy(w.e[:t.n*c], points)
}

// analyse separates the transforms X and Y of the two halves of the channels:
// with Z = X + iY, 2 X_k = Z_k + conj(Z_−k) and 2i Y_k = Z_k − conj(Z_−k).
func (t *lineFFT[T]) analyse(of matrix, _ lineChunk, modes []T, w *work[T], c int, _ bool) {
	lanes := c / 2
	w.fft(t.n, lanes).Forward(w.e[:t.n*c], c)
	for k := range t.m {
		a, b := halves(w.e[k*c:], lanes)
		p, q := halves(w.e[(t.n-k)%t.n*c:], lanes)
		xr, yr := halves(modes[k*c:], lanes)
		xi, yi := halves(modes[(t.m+k)*c:], lanes)
		kernel.AddInto(xr, a, p)
		kernel.SubInto(xi, b, q)
		kernel.AddInto(yr, b, q)
		kernel.SubInto(yi, p, a)
		scale(t.weights[of][k]/2, modes[k*c:][:c], modes[(t.m+k)*c:][:c])
	}
}

// synthesise puts Z = X + iY together, where a line is the real part of
// Σ_k X_k exp(2πi jk/n).
func (t *lineFFT[T]) synthesise(of matrix, _ lineChunk, points, _, modes []T, w *work[T], c int) {
	lanes, z := c/2, w.e[:t.n*c]
	clear(z)
	for k := range t.m {
		a, b := halves(z[k*c:], lanes)
		xr, yr := halves(modes[k*c:], lanes)
		xi, yi := halves(modes[(t.m+k)*c:], lanes)
		s := t.weights[of][k]
		if k == 0 || 2*k == t.n { // its own mirror image, whose sines are zero
			kernel.Scale(a, s, xr)
			kernel.Scale(b, s, yr)
			continue
		}
		p, q := halves(z[(t.n-k)*c:], lanes)
		kernel.SubInto(a, xr, yi)
		kernel.AddInto(b, xi, yr)
		kernel.AddInto(p, xr, yi)
		kernel.SubInto(q, yr, xi)
		scale(s/2, z[k*c:][:c], z[(t.n-k)*c:][:c])
	}
	w.fft(t.n, lanes).Inverse(z, c)
	kernel.AddTo(points[:t.n*c], z)
}

// scale multiplies two rows in place.
func scale[T kernel.Float](s T, x, y []T) {
	kernel.Scale(x, s, x)
	kernel.Scale(y, s, y)
}

// halves are the first two runs of n numbers.
func halves[T any](x []T, n int) (a, b []T) { return x[:n], x[n : 2*n] }

// axisFFT is an [axis] by fast Fourier transforms.
type axisFFT[T kernel.Float] struct{ n, m int }

func (a *axisFFT[T]) points() int                    { return a.n }
func (a *axisFFT[T]) kept() int                      { return 2 * a.m }
func (a *axisFFT[T]) room(inner int) (folded, p int) { return a.n * 2 * inner, 0 }

func (a *axisFFT[T]) analyse(dst, src []T, w *work[T], inner int) {
	row := 2 * inner
	z := w.e[:a.n*row]
	copy(z, src)
	w.fft(a.n, inner).Forward(z, row)
	for i := range 2 * a.m {
		re, im := halves(z[a.mode(i)*row:], inner)
		copy(dst[i*inner:], re)
		copy(dst[(2*a.m+i)*inner:], im)
	}
}

func (a *axisFFT[T]) synthesise(dst, src []T, w *work[T], inner int) {
	row := 2 * inner
	z := dst[:a.n*row]
	clear(z)
	for i := range 2 * a.m {
		re, im := halves(z[a.mode(i)*row:], inner)
		copy(re, src[i*inner:])
		copy(im, src[(2*a.m+i)*inner:])
	}
	w.fft(a.n, inner).Inverse(z, row)
}

// mode is which of the n modes is number i of those kept.
func (a *axisFFT[T]) mode(i int) int {
	if i < a.m {
		return i
	}
	return a.n - 2*a.m + i
}

package graph

import "eddy/internal/kernel"

// dft is the truncated discrete Fourier transform of real arrays [N…, C] over
// their grid axes. Of the last axis it keeps the modes 0 … m−1, of the others
// the modes −m … m−1; the result, called hat, is [2, K, C]: real and imaginary
// parts, K modes with the last axis fastest.
//
// For the few modes that neural operators keep, matrix products are faster than
// a fast Fourier transform; where many are kept, see [fftPays], they are not.
type dft[T kernel.Float] struct {
	rows   int // lines of the last axis: product of the other axes' points
	n, m   int // points and modes of the last axis
	last   line[T]
	others []axis[T]
}

// line transforms lines of real points [n, C] along the last axis to the modes
// [2, m, C] and back. It takes a line apart into chunks, so that what is done
// to a chunk before and after stays in the first-level cache.
type line[T kernel.Float] interface {
	chunks() []lineChunk
	room(c int) int // numbers of w.e and of w.o that C channels take

	// fold prepares a chunk, from its points and their mirror images.
	fold(k lineChunk, w *work[T], points, images []T, c int)

	// analyse adds a folded chunk's part to the modes, or sets them.
	analyse(of matrix, k lineChunk, modes []T, w *work[T], c int, set bool)

	// synthesise adds to a chunk's points and to their images what the modes make
	// of them by the transposed matrix.
	synthesise(of matrix, k lineChunk, points, images, modes []T, w *work[T], c int)
}

// axis transforms complex arrays [N, 2, inner] along an axis of N points to the
// modes 0 … m−1, −m … −1, and back; real parts stand before imaginary ones,
// [2, 2m, inner].
type axis[T kernel.Float] interface {
	points() int
	kept() int                      // modes 2m
	room(inner int) (folded, p int) // numbers of w.e and w.o, and of w.p and w.q

	// analyse computes X_k = Σ_j exp(−2πi jk/n) x_j.
	analyse(dst, src []T, w *work[T], inner int)

	// synthesise computes x_j = Σ_k exp(2πi jk/n) X_k, the adjoint of analyse.
	synthesise(dst, src []T, w *work[T], inner int)
}

// matrix is one of the two that a line is multiplied by.
type matrix int

const (
	forward matrix = iota // of the transform
	inverse               // of its inverse, transposed
)

// linePad keeps the stride of a matrix off the multiples of 4 KB, whose rows
// would share one set of the first-level cache.
const linePad = 16

// newDFT makes the transform of arrays whose numbers of channels are even, or
// not.
func newDFT[T kernel.Float](points, modes []int, even bool) *dft[T] {
	last, total := len(points)-1, 1
	for _, n := range points {
		total *= n
	}
	t := &dft[T]{rows: total / points[last], n: points[last], m: modes[last]}
	if even && fftPays(t.n, t.m) {
		t.last = newLineFFT[T](t.n, t.m, total)
	} else {
		t.last = newLineDFT[T](t.n, t.m, total)
	}
	for a := range last {
		if fftPays(points[a], modes[a]) {
			t.others = append(t.others, &axisFFT[T]{n: points[a], m: modes[a]})
		} else {
			t.others = append(t.others, newAxisDFT[T](points[a], modes[a]))
		}
	}
	return t
}

// weight is what a mode of the last axis counts in the inverse, on a grid with
// total points: once for k and once for −k, where they differ.
func weight(k, n, total int) float64 {
	if k == 0 || 2*k == n {
		return 1 / float64(total)
	}
	return 2 / float64(total)
}

// modes is the number K of complex modes.
func (t *dft[T]) modes() int {
	k := t.m
	for _, a := range t.others {
		k *= a.kept()
	}
	return k
}

// work is the space that a transform of one sample takes.
type work[T kernel.Float] struct {
	lines, spare []T // all lines, between the axes
	e, o         []T // even and odd parts along the axis at hand
	p, q         []T // their products, of an axis that is not the last
	plans        map[[2]int]*kernel.FFT[T]
}

// fft returns the transform of n points in a number of lanes, planned when it
// is first asked for.
func (w *work[T]) fft(n, lanes int) *kernel.FFT[T] {
	at := [2]int{n, lanes}
	if w.plans[at] == nil {
		w.plans[at] = kernel.NewFFT[T](n, lanes)
	}
	return w.plans[at]
}

// newWork returns the space for arrays of c channels, for each worker.
func (t *dft[T]) newWork(g *Graph, c int) []*work[T] {
	all := make([]*work[T], g.pool.Workers())
	folded, products, lines := t.last.room(c), 0, 0
	inner, rows := t.m*c, t.rows
	for i := len(t.others) - 1; i >= 0; i-- {
		a := t.others[i]
		lines = max(lines, rows*2*inner)
		f, p := a.room(inner)
		folded, products = max(folded, f), max(products, p)
		rows, inner = rows/a.points(), inner*a.kept()
	}
	for i := range all {
		all[i] = &work[T]{
			lines: alloc[T](g, lines), spare: alloc[T](g, lines), e: alloc[T](g, folded), o: alloc[T](g, folded),
			p: alloc[T](g, products), q: alloc[T](g, products), plans: map[[2]int]*kernel.FFT[T]{},
		}
	}
	return all
}

// linesOf is where the transformed lines [rows, 2, m, C] of a sample go.
func (t *dft[T]) linesOf(hat []T, w *work[T]) []T {
	if len(t.others) == 0 {
		return hat
	}
	return w.lines
}

// analyse computes hat from x.
func (t *dft[T]) analyse(hat, x []T, w *work[T], c int) {
	lines, n, size := t.linesOf(hat, w), t.n*c, 2*t.m*c
	for r := range t.rows {
		line := x[r*n : (r+1)*n]
		for i, k := range t.last.chunks() {
			t.last.fold(k, w, line[k.lo*c:], line[k.mirror*c:], c)
			t.last.analyse(forward, k, lines[r*size:], w, c, i == 0)
		}
	}
	t.reduce(hat, w, c)
}

// reduce transforms the lines in w along all axes but the last.
func (t *dft[T]) reduce(hat []T, w *work[T], c int) {
	inner, rows, src, dst := t.m*c, t.rows, w.lines, w.spare
	for i := len(t.others) - 1; i >= 0; i-- {
		a := t.others[i]
		if i == 0 {
			dst = hat
		}
		rows /= a.points()
		for o := range rows {
			a.analyse(dst[o*2*a.kept()*inner:], src[o*2*a.points()*inner:], w, inner)
		}
		src, dst, inner = dst, src, inner*a.kept()
	}
}

// expand undoes reduce, and returns the lines [rows, 2, m, C] from which the
// last axis is synthesised.
func (t *dft[T]) expand(hat []T, w *work[T], c int) []T {
	inner, rows, src, dst, spare := t.modes()*c, 1, hat, w.lines, w.spare
	for _, a := range t.others {
		inner /= a.kept()
		for o := range rows {
			a.synthesise(dst[o*2*a.points()*inner:], src[o*2*a.kept()*inner:], w, inner)
		}
		src, dst, spare, rows = dst, spare, dst, rows*a.points()
	}
	return src
}

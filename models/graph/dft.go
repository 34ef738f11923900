package graph

import "eddy/internal/kernel"

// dft is the truncated discrete Fourier transform of real arrays [N…, C] over
// their grid axes, by matrix products. Of the last axis it keeps the modes
// 0 … m−1, of the others the modes −m … m−1; the result, called hat, is
// [2, K, C]: real and imaginary parts, K modes with the last axis fastest.
//
// For the few modes that neural operators keep, products are as fast as a fast
// Fourier transform, and they take any number of points. Since a cosine is even
// and a sine odd around the middle of an axis, each line is folded there first,
// and the two halves of a product are half as long.
type dft[T kernel.Float] struct {
	rows   int // lines of the last axis: product of the other axes' points
	last   *lineDFT[T]
	others []*axisDFT[T]
}

// linePad keeps the stride of a matrix off the multiples of 4 KB, whose rows
// would share one set of the first-level cache.
const linePad = 16

func newDFT[T kernel.Float](points, modes []int) *dft[T] {
	last, total := len(points)-1, 1
	for _, n := range points {
		total *= n
	}
	t := &dft[T]{rows: total / points[last], last: newLineDFT[T](points[last], modes[last], total)}
	for a := range last {
		t.others = append(t.others, newAxisDFT[T](points[a], modes[a]))
	}
	return t
}

// modes is the number K of complex modes.
func (t *dft[T]) modes() int {
	k := t.last.m
	for _, a := range t.others {
		k *= 2 * a.m
	}
	return k
}

// work is the space that a transform of one sample takes.
type work[T kernel.Float] struct {
	lines, spare []T // all lines, between the axes
	e, o         []T // even and odd parts along the axis at hand
	p, q         []T // their products, of an axis that is not the last
}

// newWork returns the space for arrays of c channels, for each worker.
func (t *dft[T]) newWork(g *Graph, c int) []*work[T] {
	all := make([]*work[T], g.pool.Workers())
	folded, products, lines := t.last.chunk()*c, 0, 0
	inner, rows := 2*t.last.m*c, t.rows
	for i := len(t.others) - 1; i >= 0; i-- {
		a := t.others[i]
		lines = max(lines, rows*inner)
		folded, products = max(folded, a.half*inner), max(products, (a.m+1)*inner)
		rows, inner = rows/a.n, inner*2*a.m
	}
	for i := range all {
		all[i] = &work[T]{
			lines: alloc[T](g, lines), spare: alloc[T](g, lines), e: alloc[T](g, folded), o: alloc[T](g, folded),
			p: alloc[T](g, products), q: alloc[T](g, products),
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

// analyse computes hat from x with the matrices m of the last axis: of the
// transform, or of the adjoint of its inverse.
func (t *dft[T]) analyse(m lineMatrix[T], hat, x []T, w *work[T], c int) {
	lines, n, size := t.linesOf(hat, w), t.last.n*c, 2*t.last.m*c
	for r := range t.rows {
		line := x[r*n : (r+1)*n]
		for i, k := range t.last.chunks {
			t.last.fold(k, w, line[k.lo*c:], line[k.mirror*c:], c)
			t.last.analyse(m, k, lines[r*size:], w, c, i == 0)
		}
	}
	t.reduce(hat, w, c)
}

// reduce transforms the lines in w along all axes but the last.
func (t *dft[T]) reduce(hat []T, w *work[T], c int) {
	inner, rows, src, dst := t.last.m*c, t.rows, w.lines, w.spare
	for i := len(t.others) - 1; i >= 0; i-- {
		a := t.others[i]
		if i == 0 {
			dst = hat
		}
		rows /= a.n
		for o := range rows {
			a.analyse(dst[o*4*a.m*inner:], src[o*2*a.n*inner:], w, inner)
		}
		src, dst, inner = dst, src, inner*2*a.m
	}
}

// expand undoes reduce, and returns the lines [rows, 2, m, C] from which the
// last axis is synthesised.
func (t *dft[T]) expand(hat []T, w *work[T], c int) []T {
	inner, rows, src, dst, spare := t.modes()*c, 1, hat, w.lines, w.spare
	for _, a := range t.others {
		inner /= 2 * a.m
		for o := range rows {
			a.synthesise(dst[o*2*a.n*inner:], src[o*4*a.m*inner:], w, inner)
		}
		src, dst, spare, rows = dst, spare, dst, rows*a.n
	}
	return src
}

package graph

import (
	"math"

	"eddy/internal/kernel"
)

// dft is the truncated discrete Fourier transform of real arrays [N…, C] over
// their grid axes, by matrix products. Of the last axis it keeps the modes
// 0 … m−1, of the others the modes −m … m−1; the result, called hat, is
// [2, K, C]: real and imaginary parts, K modes with the last axis fastest.
//
// For the few modes that neural operators keep, products are as fast as a fast
// Fourier transform; they take any number of points.
type dft[T kernel.Float] struct {
	points, kept []int // per axis: points, modes that are kept
	rows         int   // of the last axis: product of the other axes' points
	ld           int   // stride of the matrices of the last axis
	f            []T   // [2m, N]: cos and −sin, the analysis of the last axis
	g            []T   // [2m, N]: the transposed synthesis of the last axis
	cos, sin     [][]T // [2m, N] of the other axes
}

// linePad keeps the stride of a matrix off the multiples of 4 KB, whose rows
// would share one set of the first-level cache.
const linePad = 16

func newDFT[T kernel.Float](points, modes []int) *dft[T] {
	last := len(points) - 1
	t := &dft[T]{points: points, rows: 1, ld: points[last] + linePad}
	total := points[last]
	for a := range last {
		t.rows *= points[a]
		total *= points[a]
		t.kept = append(t.kept, 2*modes[a])
		t.addAxis(points[a], modes[a])
	}
	t.kept = append(t.kept, modes[last])
	m, n := modes[last], points[last]
	t.f, t.g = make([]T, 2*m*t.ld), make([]T, 2*m*t.ld)
	for k := range m {
		weight := 2 / float64(total) // for k and −k
		if k == 0 || 2*k == n {
			weight = 1 / float64(total)
		}
		for i := range n {
			s, c := math.Sincos(2 * math.Pi * float64(k*i%n) / float64(n))
			t.f[k*t.ld+i], t.f[(m+k)*t.ld+i] = T(c), T(-s)
			t.g[k*t.ld+i], t.g[(m+k)*t.ld+i] = T(weight*c), T(-weight*s)
		}
	}
	return t
}

// addAxis adds the matrices of an axis with modes of both signs.
func (t *dft[T]) addAxis(n, m int) {
	cos, sin := make([]T, 2*m*n), make([]T, 2*m*n)
	for q := range 2 * m {
		k := q
		if q >= m {
			k = n - 2*m + q
		}
		for i := range n {
			s, c := math.Sincos(2 * math.Pi * float64(k*i%n) / float64(n))
			cos[q*n+i], sin[q*n+i] = T(c), T(s)
		}
	}
	t.cos, t.sin = append(t.cos, cos), append(t.sin, sin)
}

// modes is the number K of complex modes.
func (t *dft[T]) modes() int {
	k := 1
	for _, m := range t.kept {
		k *= m
	}
	return k
}

// scratch is the length of the buffer that analyse and synthesise need.
func (t *dft[T]) scratch(c int) int {
	last := len(t.points) - 1
	n := 2 * t.rows * t.kept[last] * c
	if last == 0 {
		return 0
	}
	return 2 * n
}

// analyse computes hat from x with the matrix of the last axis: f for the
// transform, g for the adjoint of its inverse.
func (t *dft[T]) analyse(m, hat, x, buf []T, c int) {
	last := len(t.points) - 1
	n, k2 := t.points[last], 2*t.kept[last]
	dst, spare := hat, hat
	if last > 0 {
		dst, spare = buf[:len(buf)/2], buf[len(buf)/2:]
	}
	for r := range t.rows {
		kernel.Gemm(k2, c, n, m, t.ld, 1, x[r*n*c:], c, dst[r*k2*c:], c, kernel.Set)
	}
	inner, rows := t.kept[last]*c, t.rows
	for a := last - 1; a >= 0; a-- {
		src := dst
		if dst = spare; a == 0 {
			dst = hat
		}
		rows /= t.points[a]
		for o := range rows {
			t.fold(a, dst[o*2*t.kept[a]*inner:], src[o*t.points[a]*2*inner:], inner)
		}
		spare, inner = src, inner*t.kept[a]
	}
}

// fold transforms axis a of src [N, 2, inner] to dst [2, 2m, inner].
func (t *dft[T]) fold(a int, dst, src []T, inner int) {
	n, k := t.points[a], t.kept[a]
	re, im := src, src[inner:]
	dre, dim := dst, dst[k*inner:]
	kernel.Gemm(k, inner, n, t.cos[a], n, 1, re, 2*inner, dre, inner, kernel.Set)
	kernel.Gemm(k, inner, n, t.sin[a], n, 1, im, 2*inner, dre, inner, kernel.Plus)
	kernel.Gemm(k, inner, n, t.cos[a], n, 1, im, 2*inner, dim, inner, kernel.Set)
	kernel.Gemm(k, inner, n, t.sin[a], n, 1, re, 2*inner, dim, inner, kernel.Minus)
}

// unfold is the adjoint of fold: src [2, 2m, inner] to dst [N, 2, inner].
func (t *dft[T]) unfold(a int, dst, src []T, inner int) {
	n, k := t.points[a], t.kept[a]
	re, im := src, src[k*inner:]
	dre, dim := dst, dst[inner:]
	kernel.Gemm(n, inner, k, t.cos[a], 1, n, re, inner, dre, 2*inner, kernel.Set)
	kernel.Gemm(n, inner, k, t.sin[a], 1, n, im, inner, dre, 2*inner, kernel.Minus)
	kernel.Gemm(n, inner, k, t.sin[a], 1, n, re, inner, dim, 2*inner, kernel.Set)
	kernel.Gemm(n, inner, k, t.cos[a], 1, n, im, inner, dim, 2*inner, kernel.Plus)
}

// expand undoes fold on all axes but the last, and returns the array of rows
// [2, m, C] from which synthesise makes lines.
func (t *dft[T]) expand(hat, buf []T, c int) []T {
	last := len(t.points) - 1
	inner := t.modes() * c
	src, dst, spare := hat, buf[:len(buf)/2], buf[len(buf)/2:]
	rows := 1
	for a := range last {
		inner /= t.kept[a]
		for o := range rows {
			t.unfold(a, dst[o*t.points[a]*2*inner:], src[o*2*t.kept[a]*inner:], inner)
		}
		rows *= t.points[a]
		src, dst, spare = dst, spare, dst
	}
	return src
}

// synthesise computes n points, from point p on, of line r of the last axis:
// x [n, C] from an expanded array. The matrix is g for the inverse transform,
// f for the adjoint of the transform.
func (t *dft[T]) synthesise(m, x, expanded []T, r, p, n, c int, acc kernel.Acc) {
	k2 := 2 * t.kept[len(t.kept)-1]
	kernel.Gemm(n, c, k2, m[p:], 1, t.ld, expanded[r*k2*c:], c, x, c, acc)
}

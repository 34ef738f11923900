package graph

import (
	"math"

	"eddy/internal/kernel"
)

// lineDFT is a [line] by products. Since a cosine is even and a sine odd around
// the middle of a line, it is folded there first, and the two halves of a
// product are half as long.
type lineDFT[T kernel.Float] struct {
	n, m     int
	ld       int              // stride of the matrices
	matrices [2]lineMatrix[T] // forward and inverse
	parts    []lineChunk
}

// lineMatrix is a transform of folded lines: mode k has the real part
// Σ_j cos[k,j] e_j and the imaginary part Σ_j sin[k,j] o_j.
type lineMatrix[T kernel.Float] struct{ cos, sin []T }

// lineChunk is a part of a line that is folded at a time: the points lo … hi−1
// of the first half and their mirror images, which begin at point mirror. The
// points pairLo … pairHi−1 have an image that is another point.
type lineChunk struct{ lo, hi, pairLo, pairHi, mirror int }

// images is the number of mirror images.
func (k lineChunk) images() int { return k.pairHi - k.pairLo }

// parts calls f for each stretch of neighbouring points of the chunk: n of them
// from point p on.
func (k lineChunk) parts(f func(p, n int)) {
	n := k.hi - k.lo
	if k.mirror == k.hi {
		f(k.lo, n+k.images())
		return
	}
	f(k.lo, n)
	f(k.mirror, k.images())
}

// newLineDFT makes the transform of lines on a grid with total points.
func newLineDFT[T kernel.Float](n, m, total int) *lineDFT[T] {
	half := n/2 + 1
	t := &lineDFT[T]{n: n, m: m, ld: half + linePad}
	matrix := func() lineMatrix[T] { return lineMatrix[T]{make([]T, m*t.ld), make([]T, m*t.ld)} }
	t.matrices = [2]lineMatrix[T]{matrix(), matrix()}
	there, back := t.matrices[forward], t.matrices[inverse]
	for k := range m {
		weight := weight(k, n, total)
		for j := range half {
			s, c := math.Sincos(2 * math.Pi * float64(k*j%n) / float64(n))
			there.cos[k*t.ld+j], there.sin[k*t.ld+j] = T(c), T(-s)
			back.cos[k*t.ld+j], back.sin[k*t.ld+j] = T(weight*c), T(-weight*s)
		}
	}
	for lo := 0; lo < half; lo += rowBlock / 2 {
		k := lineChunk{lo: lo, hi: min(half, lo+rowBlock/2)}
		k.pairLo, k.pairHi = max(lo, 1), min(k.hi, (n-1)/2+1)
		k.pairHi = max(k.pairHi, k.pairLo)
		k.mirror = n - k.pairHi + 1
		if k.images() == 0 {
			k.mirror = k.hi
		}
		t.parts = append(t.parts, k)
	}
	return t
}

func (t *lineDFT[T]) chunks() []lineChunk { return t.parts }
func (t *lineDFT[T]) room(c int) int      { return min(t.n/2+1, rowBlock/2) * c }

// fold computes the even and the odd part of a chunk's points and their images.
func (t *lineDFT[T]) fold(k lineChunk, w *work[T], points, images []T, c int) {
	first := (k.pairLo - k.lo) * c
	even, odd := kernel.Rows[T]{Data: w.e, At: first, Step: c}, kernel.Rows[T]{Data: w.o, At: first, Step: c}
	kernel.Butterfly(k.images(), c, even, odd, kernel.Rows[T]{Data: points, At: first, Step: c},
		kernel.Rows[T]{Data: images, At: (k.images() - 1) * c, Step: -c})
	for j := k.lo; j < k.hi; j++ {
		if j < k.pairLo || j >= k.pairHi { // its own image
			copy(w.e[(j-k.lo)*c:][:c], points[(j-k.lo)*c:])
			clear(w.o[(j-k.lo)*c:][:c])
		}
	}
}

func (t *lineDFT[T]) analyse(of matrix, k lineChunk, modes []T, w *work[T], c int, set bool) {
	m, acc := t.matrices[of], kernel.Plus
	if set {
		acc = kernel.Set
	}
	n := k.hi - k.lo
	kernel.Gemm(t.m, c, n, m.cos[k.lo:], t.ld, 1, w.e, c, modes, c, acc)
	kernel.Gemm(t.m, c, n, m.sin[k.lo:], t.ld, 1, w.o, c, modes[t.m*c:], c, acc)
}

func (t *lineDFT[T]) synthesise(of matrix, k lineChunk, points, images, modes []T, w *work[T], c int) {
	m, n := t.matrices[of], k.hi-k.lo
	kernel.Gemm(n, c, t.m, m.cos[k.lo:], 1, t.ld, modes, c, w.e, c, kernel.Set)
	kernel.Gemm(n, c, t.m, m.sin[k.lo:], 1, t.ld, modes[t.m*c:], c, w.o, c, kernel.Set)
	first := (k.pairLo - k.lo) * c
	kernel.ButterflyAdd(k.images(), c, kernel.Rows[T]{Data: points, At: first, Step: c},
		kernel.Rows[T]{Data: images, At: (k.images() - 1) * c, Step: -c},
		kernel.Rows[T]{Data: w.e, At: first, Step: c}, kernel.Rows[T]{Data: w.o, At: first, Step: c})
	for j := k.lo; j < k.hi; j++ {
		if j < k.pairLo || j >= k.pairHi {
			kernel.AddTo(points[(j-k.lo)*c:][:c], w.e[(j-k.lo)*c:][:c])
		}
	}
}

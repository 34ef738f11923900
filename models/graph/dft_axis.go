package graph

import (
	"math"

	"eddy/internal/kernel"
)

// axisDFT is an [axis] by products. Lines are folded around their middle, and so are the modes around zero:
// k and −k need the same two products.
type axisDFT[T kernel.Float] struct {
	n, m, half int
	ld         int
	cos, sin   []T // [m+1, half]
}

func newAxisDFT[T kernel.Float](n, m int) *axisDFT[T] {
	a := &axisDFT[T]{n: n, m: m, half: n/2 + 1}
	a.ld = a.half + linePad
	a.cos, a.sin = make([]T, (m+1)*a.ld), make([]T, (m+1)*a.ld)
	for k := range m + 1 {
		for j := range a.half {
			s, c := math.Sincos(2 * math.Pi * float64(k*j%n) / float64(n))
			a.cos[k*a.ld+j], a.sin[k*a.ld+j] = T(c), T(s)
		}
	}
	return a
}

func (a *axisDFT[T]) points() int { return a.n }
func (a *axisDFT[T]) kept() int   { return 2 * a.m }

func (a *axisDFT[T]) room(inner int) (folded, p int) {
	return a.half * 2 * inner, (a.m + 1) * 2 * inner
}

// pairs is the number of points that have a mirror image which is another
// point; they are the points 1 … pairs.
func (a *axisDFT[T]) pairs() int { return (a.n - 1) / 2 }

// With the even part e and the odd part o of x along the axis,
// X_±k = C e ∓ i S o for the matrices C of cosines and S of sines.
func (a *axisDFT[T]) analyse(dst, src []T, w *work[T], inner int) {
	row := 2 * inner
	rows := func(data []T, at, step int) kernel.Rows[T] {
		return kernel.Rows[T]{Data: data, At: at * row, Step: step * row}
	}
	kernel.Butterfly(a.pairs(), row, rows(w.e, 1, 1), rows(w.o, 1, 1), rows(src, 1, 1), rows(src, a.n-1, -1))
	copy(w.e[:row], src)
	clear(w.o[:row])
	if a.n%2 == 0 {
		copy(w.e[(a.half-1)*row:a.half*row], src[(a.half-1)*row:])
		clear(w.o[(a.half-1)*row : a.half*row])
	}
	kernel.Gemm(a.m+1, row, a.half, a.cos, a.ld, 1, w.e, row, w.p, row, kernel.Set)
	kernel.Gemm(a.m+1, row, a.half, a.sin, a.ld, 1, w.o, row, w.q, row, kernel.Set)

	re, im := dst[:2*a.m*inner], dst[2*a.m*inner:4*a.m*inner]
	mode := func(data []T, k, step int) kernel.Rows[T] {
		return kernel.Rows[T]{Data: data, At: k * inner, Step: step * inner}
	}
	pair := func(data []T, part int) kernel.Rows[T] { return mode(data, 2+part, 2) } // modes 1 … of p or q
	kernel.Butterfly(a.m-1, inner, mode(re, 1, 1), mode(re, 2*a.m-1, -1), pair(w.p, 0), pair(w.q, 1))
	kernel.Butterfly(a.m-1, inner, mode(im, 2*a.m-1, -1), mode(im, 1, 1), pair(w.p, 1), pair(w.q, 0))
	copy(re[:inner], w.p) // mode 0, whose sines are zero
	copy(im[:inner], w.p[inner:])
	end := a.m * row // mode −m, whose partner m is not kept
	kernel.SubInto(re[a.m*inner:][:inner], w.p[end:][:inner], w.q[end+inner:][:inner])
	kernel.AddInto(im[a.m*inner:][:inner], w.p[end+inner:][:inner], w.q[end:][:inner])
}

// With A = X_k + X_−k and B = X_k − X_−k, x_j = C A + i S B and x_−j = C A − i S B.
func (a *axisDFT[T]) synthesise(dst, src []T, w *work[T], inner int) {
	row := 2 * inner
	re, im := src[:2*a.m*inner], src[2*a.m*inner:4*a.m*inner]
	mode := func(data []T, k, step int) kernel.Rows[T] {
		return kernel.Rows[T]{Data: data, At: k * inner, Step: step * inner}
	}
	pair := func(data []T, part int) kernel.Rows[T] { return mode(data, 2+part, 2) }
	kernel.Butterfly(a.m-1, inner, pair(w.p, 0), pair(w.q, 1), mode(re, 1, 1), mode(re, 2*a.m-1, -1))
	kernel.Butterfly(a.m-1, inner, pair(w.p, 1), pair(w.q, 0), mode(im, 2*a.m-1, -1), mode(im, 1, 1))
	copy(w.p[:inner], re)
	copy(w.p[inner:row], im[:inner])
	clear(w.q[:row])
	end := a.m * row
	copy(w.p[end:][:inner], re[a.m*inner:])
	copy(w.p[end+inner:][:inner], im[a.m*inner:][:inner])
	copy(w.q[end:][:inner], im[a.m*inner:][:inner])
	kernel.Scale(w.q[end+inner:][:inner], -1, re[a.m*inner:][:inner])

	kernel.Gemm(a.half, row, a.m+1, a.cos, 1, a.ld, w.p, row, w.e, row, kernel.Set)
	kernel.Gemm(a.half, row, a.m+1, a.sin, 1, a.ld, w.q, row, w.o, row, kernel.Set)
	rows := func(data []T, at, step int) kernel.Rows[T] {
		return kernel.Rows[T]{Data: data, At: at * row, Step: step * row}
	}
	kernel.Butterfly(a.pairs(), row, rows(dst, 1, 1), rows(dst, a.n-1, -1), rows(w.e, 1, 1), rows(w.o, 1, 1))
	copy(dst[:row], w.e)
	if a.n%2 == 0 {
		copy(dst[(a.half-1)*row:a.half*row], w.e[(a.half-1)*row:])
	}
}

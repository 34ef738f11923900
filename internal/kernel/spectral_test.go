package kernel

import (
	"math"
	"math/cmplx"
	"testing"
)

func TestCombine(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testCombine[float32], testCombine[float64]) })
}

func testCombine[T Float](t *testing.T) {
	point := 2 * groupOf[T]()
	for _, n := range []int{0, 1, 2, 7, 3000} {
		for terms := range 5 {
			list, weights := make([]Term[T], terms), make([]Term[T], terms)
			for i := range list {
				x := fill(make([]T, n*point), uint64(i))
				list[i] = Term[T]{fill(make([]T, n), uint64(i+10)), x}
				weights[i] = Term[T]{fill(make([]T, 2*n), uint64(i+20)), x}
			}
			all, dst := guard[T](n * point)
			Combine(dst, list, false)
			for i, v := range dst {
				want := 0.0
				for _, term := range list {
					want += float64(term.W[i/point]) * float64(term.X[i])
				}
				if !near[T](float64(v), want, terms) {
					t.Fatalf("%d points, %d terms: element %d is %v, want %v", n, terms, i, v, want)
				}
			}
			Combine(dst, weights, true)
			for m := range n {
				for l := range point / 2 {
					at, want := m*point+l, complex(0, 0)
					for _, term := range weights {
						want += complex(float64(term.W[2*m]), float64(term.W[2*m+1])) * complex(float64(term.X[at]), float64(term.X[at+point/2]))
					}
					if !near[T](float64(dst[at]), real(want), 2*terms) || !near[T](float64(dst[at+point/2]), imag(want), 2*terms) {
						t.Fatalf("%d points, %d complex terms: point %d, lane %d is %v + %vi, want %v", n, terms, m, l, dst[at], dst[at+point/2], want)
					}
				}
			}
			checkGuard(t, "Combine", all)
		}
	}
}

// JoinReal and SplitReal are their formulas, also where a step is 0 and where
// both points of a pair are one.
func TestJoinAndSplitReal(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testJoinAndSplit[float32], testJoinAndSplit[float64]) })
}

func testJoinAndSplit[T Float](t *testing.T) {
	group := groupOf[T]()
	point := 2 * group
	const n = 9
	up := func(x []T) Rows[T] { return Rows[T]{x, 0, point} }
	down := func(x []T) Rows[T] { return Rows[T]{x, (n - 1) * point, -point} }
	at := func(r Rows[T], i, l int) complex128 {
		re, im := r.lanesOf(i)
		return complex(float64(re[l]), float64(im[l]))
	}
	for _, repeat := range []bool{false, true} {
		x, y := fill(make([]T, n*point), 1), fill(make([]T, n*point), 2)
		roots := fill(make([]T, 2*n), 3)
		_, p := guard[T](n * point)
		all, q := guard[T](n * point)
		a, b, c, d := up(x), down(y), up(p), down(q)
		if repeat {
			b.Step = 0
		}
		for _, split := range []bool{false, true} {
			if split {
				SplitReal(n, c, d, a, b, roots, 0.5)
			} else {
				JoinReal(n, c, d, a, b, roots)
			}
			for i := range n {
				w := complex(float64(roots[2*i]), float64(roots[2*i+1]))
				for l := range group {
					u, v := at(a, i, l), cmplx.Conj(at(b, i, l))
					even, odd := u+v, cmplx.Conj(w)*(u-v)
					first, second := even+1i*odd, cmplx.Conj(even)+1i*cmplx.Conj(odd)
					if split {
						odd = -1i * w * (u - v)
						first, second = 0.5*(even+odd), 0.5*cmplx.Conj(even-odd)
					}
					if cmplx.Abs(at(c, i, l)-first) > 5*epsilon[T]() || cmplx.Abs(at(d, i, l)-second) > 5*epsilon[T]() {
						t.Fatalf("split %v: pair %d, lane %d is %v, %v, want %v, %v", split, i, l, at(c, i, l), at(d, i, l), first, second)
					}
				}
			}
		}
		checkGuard(t, "SplitReal", all)
	}
	one := Rows[T]{fill(make([]T, point), 4), 0, point}
	re, im := one.lanesOf(0)
	r, i := re[1], im[1]
	JoinReal(1, one, one, one, one, []T{0, -1}) // the middle: 2 conj(a)
	if re[1] != 2*r || im[1] != -2*i {
		t.Errorf("the middle of %v + %vi gives %v + %vi", r, i, re[1], im[1])
	}
}

func TestPeak(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testPeak[float32], testPeak[float64]) })
}

func testPeak[T Float](t *testing.T) {
	group := groupOf[T]()
	x := fill(make([]T, 5000*group), 5)
	x[3*group] = T(math.NaN())
	x[4*group], x[9*group+1] = 7, -8
	top := make([]T, group)
	top[2] = 3
	Peak(top, x)
	if top[0] != 7 || top[1] != 8 || top[2] != 3 || !(top[3] > 0.9 && top[3] < 1) {
		t.Errorf("peaks %v, want 7, 8, 3 and numbers just below 1", top)
	}
}

package kernel

import (
	"fmt"
	"math"
	"testing"
)

// product is a case for Gemm with everything it reads and writes.
type product[T Float] struct {
	m, n, k     int
	a, b        []T
	ra, ka, ldb int
	bias        []T
	all, c      []T // c in guard zones
	ldc         int
	acc         Acc
}

// newProduct makes a case; pad is added to each stride, trans reads A as Aᵀ.
func newProduct[T Float](m, n, k, pad int, trans bool, acc Acc) *product[T] {
	q := &product[T]{m: m, n: n, k: k, ra: k + pad, ka: 1, ldb: n + pad, ldc: n + pad, acc: acc}
	q.a = fill(make([]T, m*(k+pad)+1), 1)[1:]
	if trans {
		q.a, q.ra, q.ka = fill(make([]T, k*(m+pad)+1), 1)[1:], 1, m+pad
	}
	q.b = fill(make([]T, k*q.ldb+1), 2)[1:]
	q.bias = fill(make([]T, n), 3)
	q.all, q.c = guard[T](max(0, (m-1)*q.ldc+n))
	for i := range m {
		fill(q.c[i*q.ldc:][:n], uint64(4+i))
	}
	return q
}

func (q *product[T]) run() {
	Gemm(q.m, q.n, q.k, q.a, q.ra, q.ka, q.b, q.ldb, q.c, q.ldc, q.acc)
}

// want is the product in float64, on top of start.
func (q *product[T]) want(i, j int, start float64) float64 {
	s := 0.0
	for p := range q.k {
		s += float64(q.a[i*q.ra+p*q.ka]) * float64(q.b[p*q.ldb+j])
	}
	switch q.acc {
	case Plus:
		return start + s
	case Minus:
		return start - s
	}
	return s
}

// check runs the case and compares.
func (q *product[T]) check(t *testing.T) {
	t.Helper()
	before := append([]T(nil), q.c...)
	q.run()
	name := fmt.Sprintf("m, n, k = %d, %d, %d, ra, ka = %d, %d, acc = %d", q.m, q.n, q.k, q.ra, q.ka, q.acc)
	for i := range q.m {
		for j := range q.n {
			at := i*q.ldc + j
			if got, want := float64(q.c[at]), q.want(i, j, float64(before[at])); !near[T](got, want, q.k) {
				t.Fatalf("%s: C(%d,%d) = %v, want %v", name, i, j, got, want)
			}
		}
		for j := q.n; i+1 < q.m && j < q.ldc; j++ {
			if q.c[i*q.ldc+j] != guardValue {
				t.Fatalf("%s: written between rows %d and %d", name, i, i+1)
			}
		}
	}
	checkGuard(t, name, q.all)
}

func TestGemm(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testGemm[float32], testGemm[float64]) })
}

func testGemm[T Float](t *testing.T) {
	ms := []int{0, 1, 2, 5, 6, 7, 12, 13, 25, 31}
	ns := []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 47, 48, 63, 64, 65, 67}
	ks := []int{0, 1, 2, 3, 4, 7, 16, 17, 20}
	for _, m := range ms {
		for _, n := range ns {
			for _, k := range ks {
				trans, acc, pad := (m+n+k)%2 == 0, Acc((m+2*n+k)%3), (m+n)%3
				newProduct[T](m, n, k, pad, trans, acc).check(t)
			}
		}
	}
}

// TestGemmShapes has the shapes of training, cut to what a test may cost, and
// sums longer than a block.
func TestGemmShapes(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testGemmShapes[float32], testGemmShapes[float64]) })
}

func testGemmShapes[T Float](t *testing.T) {
	for _, s := range [][3]int{
		{100, 64, 64}, {64, 64, 300}, {32, 64, 1031}, {200, 32, 32}, {20, 128, 128}, {5, 12, 12}, {97, 20, 20},
		{130, 128, 128}, {300, 1, 128}, {37, 1, 1}, {37, 1, 1031}, {300, 3, 64}, {37, 200, 4}, {1, 64, 500}, {1, 1, 997}, {13, 300, 513},
	} {
		for trans := range 2 {
			for acc := Set; acc <= Minus; acc++ {
				newProduct[T](s[0], s[1], s[2], trans, trans == 1, acc).check(t)
			}
		}
	}
}

func TestGemmBias(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testGemmBias[float32], testGemmBias[float64]) })
}

func testGemmBias[T Float](t *testing.T) {
	for _, s := range [][3]int{{0, 3, 2}, {1, 1, 0}, {7, 19, 0}, {7, 19, 1}, {13, 33, 5}, {30, 64, 64}, {12, 1, 40}, {25, 130, 300}, {9, 5, 777}} {
		q := newProduct[T](s[0], s[1], s[2], 1, false, Set)
		GemmBias(q.m, q.n, q.k, q.a, q.ra, q.ka, q.b, q.ldb, q.bias, q.c, q.ldc)
		for i := range q.m {
			for j := range q.n {
				got, want := float64(q.c[i*q.ldc+j]), float64(q.bias[j])+q.want(i, j, 0)
				if !near[T](got, want, q.k) {
					t.Fatalf("%v: C(%d,%d) = %v, want %v", s, i, j, got, want)
				}
			}
		}
		checkGuard(t, "GemmBias", q.all)
	}
}

// Rows of C keep their bits when the rows are computed in other groups.
func TestGemmRowsIndependent(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testRows[float32], testRows[float64]) })
}

func testRows[T Float](t *testing.T) {
	for _, s := range [][3]int{{61, 64, 64}, {61, 1, 300}, {61, 5, 300}, {250, 130, 700}, {61, 3, 4}} {
		for trans := range 2 {
			whole := newProduct[T](s[0], s[1], s[2], 0, trans == 1, Plus)
			parts := newProduct[T](s[0], s[1], s[2], 0, trans == 1, Plus)
			whole.run()
			for i, rows := 0, 1; i < parts.m; i, rows = i+rows, rows%13+1 {
				rows = min(rows, parts.m-i)
				Gemm(rows, parts.n, parts.k, parts.a[i*parts.ra:], parts.ra, parts.ka, parts.b, parts.ldb, parts.c[i*parts.ldc:], parts.ldc, Plus)
			}
			for i := range whole.c {
				if bits(whole.c[i]) != bits(parts.c[i]) {
					t.Fatalf("%v trans %d: element %d differs when rows are split: %v, %v", s, trans, i, whole.c[i], parts.c[i])
				}
			}
		}
	}
}

// A zero in one factor does not hide a NaN or an infinity in the other.
func TestGemmNaN(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testGemmNaN[float32], testGemmNaN[float64]) })
}

func testGemmNaN[T Float](t *testing.T) {
	nan, inf := T(math.NaN()), T(math.Inf(1))
	for _, n := range []int{1, 2, 5, 16, 37, 70} {
		for _, bad := range []T{nan, inf, -inf} {
			q := newProduct[T](14, n, 9, 0, false, Set)
			clear(q.a)
			q.b[4*q.ldb+n-1] = bad
			q.run()
			for i := range q.m {
				for j := range n {
					if got := q.c[i*q.ldc+j]; (got != got) != (j == n-1) {
						t.Fatalf("n = %d: 0·%v gave %v in column %d", n, bad, got, j)
					}
				}
			}
			clear(q.b)
			q.a[3*q.ra+8] = bad
			q.run()
			for i := range q.m {
				if got := q.c[i*q.ldc]; (got != got) != (i == 3) {
					t.Fatalf("n = %d: %v·0 gave %v in row %d", n, bad, got, i)
				}
			}
		}
	}
}

// Strides of zero use a row or a number again; rows of A may overlap.
func TestGemmStrides(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		q := newProduct[float32](9, 21, 6, 0, false, Plus)
		q.ra, q.ka = 0, 0
		q.check(t)
		q = newProduct[float32](9, 21, 6, 0, false, Minus)
		q.ra = 2
		q.check(t)
		q = newProduct[float32](9, 21, 6, 0, false, Set)
		q.ldb = 0
		q.check(t)
	})
}

func TestGemmMisuse(t *testing.T) {
	x := make([]float64, 10)
	for name, f := range map[string]func(){
		"short a":    func() { Gemm(3, 2, 4, x, 4, 1, x, 2, x, 2, Set) },
		"short b":    func() { Gemm(1, 3, 4, x, 4, 1, x, 3, x, 3, Set) },
		"short c":    func() { Gemm(4, 3, 1, x, 1, 1, x, 3, x, 3, Set) },
		"narrow c":   func() { Gemm(2, 3, 1, x, 1, 1, x, 3, x, 2, Set) },
		"negative m": func() { Gemm(-1, 3, 1, x, 1, 1, x, 3, x, 3, Set) },
		"stride":     func() { Gemm(2, 3, 1, x, -1, 1, x, 3, x, 3, Set) },
		"acc":        func() { Gemm(2, 3, 1, x, 1, 1, x, 3, x, 3, 7) },
		"bias":       func() { GemmBias(2, 3, 1, x, 1, 1, x, 3, x[:2], x, 3) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

func FuzzGemm(f *testing.F) {
	f.Add(uint8(3), uint8(17), uint16(5), uint8(1), true, uint8(1))
	f.Add(uint8(0), uint8(0), uint16(0), uint8(0), false, uint8(0))
	f.Add(uint8(60), uint8(70), uint16(520), uint8(3), false, uint8(2))
	f.Fuzz(func(t *testing.T, m, n uint8, k uint16, pad uint8, trans bool, acc uint8) {
		before := Path()
		defer Select(before)
		for _, name := range paths() {
			Select(name)
			newProduct[float32](int(m), int(n), int(k%1000), int(pad), trans, Acc(acc%3)).check(t)
			newProduct[float64](int(m), int(n), int(k%1000), int(pad), trans, Acc(acc%3)).check(t)
		}
	})
}

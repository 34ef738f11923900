package kernel

import (
	"math"
	"testing"
)

func TestReductions(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testReductions[float32], testReductions[float64]) })
}

func testReductions[T Float](t *testing.T) {
	for _, n := range sizes {
		x, y := fill(make([]T, n+1), 1)[1:], fill(make([]T, n+2), 2)[2:]
		var s, d, q float64
		for i := range x {
			s += float64(x[i])
			d += float64(x[i]) * float64(y[i])
			q += float64(x[i]) * float64(x[i])
		}
		for name, v := range map[string][2]float64{"Sum": {float64(Sum(x)), s}, "Dot": {float64(Dot(x, y)), d}, "SumSquares": {float64(SumSquares(x)), q}} {
			if !near[T](v[0], v[1], n) {
				t.Errorf("%s n = %d: %v, want %v", name, n, v[0], v[1])
			}
		}
	}
}

// Sums have the same bits wherever the slice starts.
func TestReductionsAlignment(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		const n = 4999
		first := fill(make([]float32, n), 1)
		for shift := 1; shift < 17; shift++ {
			moved := make([]float32, n+shift)[shift:]
			copy(moved, first)
			if bits(Sum(moved)) != bits(Sum(first)) || bits(Dot(moved, first)) != bits(Dot(first, first)) {
				t.Fatalf("a shift by %d elements changes the sum", shift)
			}
		}
	})
}

func TestColSum(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testColSum[float32], testColSum[float64]) })
}

func testColSum[T Float](t *testing.T) {
	for _, rows := range []int{0, 1, 2, 3, 17, 300, 700} {
		for _, cols := range []int{0, 1, 2, 3, 5, 8, 12, 16, 20, 33, 64, 65, 130} {
			x := fill(make([]T, rows*cols), 1)
			all, dst := guard[T](cols)
			want := make([]float64, cols)
			for j := range fill(dst, 2) {
				want[j] = float64(dst[j])
				for i := range rows {
					want[j] += float64(x[i*cols+j])
				}
			}
			ColSum(dst, x, rows, cols)
			for j := range dst {
				if !near[T](float64(dst[j]), want[j], rows) {
					t.Fatalf("%d x %d: column %d is %v, want %v", rows, cols, j, dst[j], want[j])
				}
			}
			checkGuard(t, "ColSum", all)
		}
	}
}

func TestFinite(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testFinite[float32], testFinite[float64]) })
}

func testFinite[T Float](t *testing.T) {
	for _, n := range []int{0, 1, 3, 8, 15, 16, 17, 33, 64, 127, 257} {
		x := fill(make([]T, n+2), 1)
		x[0], x[n+1] = T(math.NaN()), T(math.NaN()) // neighbours do not count
		x = x[1 : n+1]
		if n > 0 {
			x[n/2] = T(math.MaxFloat32)
		}
		if !Finite(x) {
			t.Fatalf("n = %d: finite numbers are not", n)
		}
		for i := range x {
			for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
				old := x[i]
				x[i] = T(bad)
				if Finite(x) {
					t.Fatalf("n = %d: %v at %d is finite", n, bad, i)
				}
				x[i] = old
			}
		}
	}
}

func TestReductionsNaN(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for at := range 70 {
			x, zero := make([]float32, 70), make([]float32, 70)
			x[at] = float32(math.Inf(1))
			if s := Sum(x); !math.IsInf(float64(s), 1) {
				t.Fatalf("Sum with an infinity at %d: %v", at, s)
			}
			if d := Dot(x, zero); d == d {
				t.Fatalf("0·∞ at %d: %v", at, d)
			}
		}
	})
}

package kernel

import (
	"math"
	"testing"
)

// elementOp is a kernel of the form dst = f(dst, x, y), with f on numbers.
type elementOp[T Float] struct {
	name string
	run  func(dst, x, y []T)
	want func(d, x, y float64) float64
}

func elementOps[T Float]() []elementOp[T] {
	return []elementOp[T]{
		{"AddTo", func(d, x, y []T) { AddTo(d, x) }, func(d, x, y float64) float64 { return d + x }},
		{"AddInto", func(d, x, y []T) { AddInto(d, x, y) }, func(d, x, y float64) float64 { return x + y }},
		{"SubInto", func(d, x, y []T) { SubInto(d, x, y) }, func(d, x, y float64) float64 { return x - y }},
		{"Mul", func(d, x, y []T) { Mul(d, x, y) }, func(d, x, y float64) float64 { return x * y }},
		{"Gate", func(d, x, y []T) { Gate(d, x, y) }, func(d, x, y float64) float64 {
			if y > 0 {
				return x
			}
			return 0
		}},
		{"Scale", func(d, x, y []T) { Scale(d, 0.75, x) }, func(d, x, y float64) float64 { return 0.75 * x }},
		{"Axpy", func(d, x, y []T) { Axpy(d, -1.5, x) }, func(d, x, y float64) float64 { return d - 1.5*x }},
		{"Lerp", func(d, x, y []T) { Lerp(d, x, 0.75) }, func(d, x, y float64) float64 { return 0.75*d + 0.25*x }},
	}
}

func TestElementwise(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testElementwise[float32], testElementwise[float64]) })
}

func testElementwise[T Float](t *testing.T) {
	for _, op := range elementOps[T]() {
		for _, n := range sizes {
			x, y := fill(make([]T, n+1), 1)[1:], fill(make([]T, n+3), 2)[3:]
			all, d := guard[T](n)
			old := append([]T(nil), fill(d, 3)...)
			op.run(d, x, y)
			for i := range d {
				if want := op.want(float64(old[i]), float64(x[i]), float64(y[i])); !(math.Abs(float64(d[i])-want) <= epsilon[T]()) {
					t.Fatalf("%s n = %d: element %d is %v, want %v", op.name, n, i, d[i], want)
				}
			}
			checkGuard(t, op.name, all)
		}
	}
}

// Cutting a slice into pieces does not change a bit.
func TestElementwiseSplit(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testSplit[float32], testSplit[float64]) })
}

func testSplit[T Float](t *testing.T) {
	const n = 1009
	x, y := fill(make([]T, n), 1), fill(make([]T, n), 2)
	for _, op := range elementOps[T]() {
		whole, parts := fill(make([]T, n), 3), fill(make([]T, n), 3)
		op.run(whole, x, y)
		for i, size := 0, 1; i < n; i, size = i+size, size%37+1 {
			e := min(n, i+size)
			op.run(parts[i:e], x[i:e], y[i:e])
		}
		for i := range whole {
			if bits(whole[i]) != bits(parts[i]) {
				t.Fatalf("%s: element %d is %v, in a piece %v", op.name, i, whole[i], parts[i])
			}
		}
	}
}

// TestGate: only what is above zero, be it ever so little or infinite, lets pass,
// and nothing stops what is no number.
func TestGate(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testGate[float32], testGate[float64]) })
}

func testGate[T Float](t *testing.T) {
	nan, inf, tiny := T(math.NaN()), T(math.Inf(1)), T(1e-30)
	for i, c := range [][3]T{{3, inf, 3}, {3, tiny, 3}, {3, 0, 0}, {3, -tiny, 0}, {3, -inf, 0}, {3, nan, 0}, {inf, 1, inf}, {inf, -1, nan}, {nan, -1, nan}} {
		for _, n := range []int{1, 37} {
			x, y := make([]T, n), make([]T, n)
			for j := range x {
				x[j], y[j] = c[0], c[1]
			}
			Gate(x, x, y)
			for j := range x {
				if x[j] != c[2] && (x[j] == x[j] || c[2] == c[2]) {
					t.Errorf("%T, case %d of %d, element %d: %v, want %v", T(0), i, n, j, x[j], c[2])
				}
			}
		}
	}
}

func TestElementwiseAlias(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		const n = 101
		for _, op := range elementOps[float32]()[1:5] {
			x, y, want := fill(make([]float32, n), 1), fill(make([]float32, n), 2), make([]float32, n)
			op.run(want, x, y)
			inX, inY := append([]float32(nil), x...), append([]float32(nil), y...)
			op.run(inX, inX, y)
			op.run(inY, x, inY)
			for i := range want {
				if inX[i] != want[i] || inY[i] != want[i] {
					t.Fatalf("%s: element %d: %v over x, %v over y, want %v", op.name, i, inX[i], inY[i], want[i])
				}
			}
		}
	})
}

func TestElementwiseNaN(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for _, op := range elementOps[float32]() {
			for _, at := range []int{0, 7, 15, 16, 30, 36} {
				x, y, d := fill(make([]float32, 37), 1), fill(make([]float32, 37), 2), fill(make([]float32, 37), 3)
				x[at] = float32(math.NaN())
				op.run(d, x, y)
				for i := range d {
					if (d[i] != d[i]) != (i == at) {
						t.Fatalf("%s: NaN at %d gave %v at %d", op.name, at, d[i], i)
					}
				}
			}
		}
	})
}

func TestLengths(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic for slices of different lengths")
		}
	}()
	AddTo(make([]float32, 3), make([]float32, 4))
}

func TestTranspose(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testTranspose[float32], testTranspose[float64]) })
}

func testTranspose[T Float](t *testing.T) {
	for _, rows := range []int{0, 1, 2, 7, 8, 9, 16, 17, 33, 64} {
		for _, cols := range []int{0, 1, 3, 8, 15, 16, 17, 31, 70} {
			src := fill(make([]T, rows*cols), 1)
			all, dst := guard[T](rows * cols)
			Transpose(dst, src, rows, cols)
			for i := range rows {
				for j := range cols {
					if dst[j*rows+i] != src[i*cols+j] {
						t.Fatalf("%d x %d: wrong at %d, %d", rows, cols, i, j)
					}
				}
			}
			checkGuard(t, "Transpose", all)
		}
	}
}

package kernel

import "math"

// block is the number of elements a reduction sums in T before it adds the
// result to the total, which is a float64.
const block = 4096

// Sum is Σ x.
//
// Order of summation, here and in [Dot] and [SumSquares]: x is cut into blocks
// of 4096 elements. In a block, element i goes to lane i mod L (L depends on
// the path and type, never on alignment), the lanes are added in a fixed tree
// by halves, and the blocks' sums are added in order, in float64.
func Sum[T Float](x []T) T {
	f, s := kernels[T]().sum, 0.0
	for i := 0; i < len(x); i += block {
		s += float64(f(x[i:min(len(x), i+block)]))
	}
	return T(s)
}

// Dot is Σ x y, in the order of [Sum].
func Dot[T Float](x, y []T) T {
	same("Dot", len(x), len(y))
	f, s := kernels[T]().dot, 0.0
	for i := 0; i < len(x); i += block {
		end := min(len(x), i+block)
		s += float64(f(x[i:end], y[i:end]))
	}
	return T(s)
}

// SumSquares is Σ x², in the order of [Sum].
func SumSquares[T Float](x []T) T { return Dot(x, x) }

// ColSum computes dst[j] += Σ_i x[i,j] for x [rows,cols], as the product of a
// row of ones and x, in the order of [Gemm].
func ColSum[T Float](dst, x []T, rows, cols int) {
	same("ColSum: dst", cols, len(dst))
	same("ColSum: x", rows*cols, len(x))
	if len(x) > 0 {
		kernels[T]().gemm(1, cols, rows, one[T](), 0, 0, x, cols, nil, dst, cols, Plus)
	}
}

var ones = struct {
	f32 []float32
	f64 []float64
}{[]float32{1}, []float64{1}}

// one is a slice that holds the number 1.
func one[T Float]() []T {
	if x, ok := any(&ones.f32).(*[]T); ok {
		return *x
	}
	return *any(&ones.f64).(*[]T)
}

// Finite reports whether x holds neither NaN nor infinity.
func Finite[T Float](x []T) bool { return len(x) == 0 || kernels[T]().finite(x) }

// goSum sums a block in eight lanes.
func goSum[T Float](x []T) T {
	var s [8]T
	i := 0
	for ; i+8 <= len(x); i += 8 {
		for j, v := range (*[8]T)(x[i:]) {
			s[j] += v
		}
	}
	for j, v := range x[i:] {
		s[j] += v
	}
	return tree(&s)
}

// goDot sums the products of a block in eight lanes.
func goDot[T Float](x, y []T) T {
	var s [8]T
	i := 0
	for ; i+8 <= len(x); i += 8 {
		a, b := (*[8]T)(x[i:]), (*[8]T)(y[i:])
		s[0] += a[0] * b[0]
		s[1] += a[1] * b[1]
		s[2] += a[2] * b[2]
		s[3] += a[3] * b[3]
		s[4] += a[4] * b[4]
		s[5] += a[5] * b[5]
		s[6] += a[6] * b[6]
		s[7] += a[7] * b[7]
	}
	for j, v := range x[i:] {
		s[j] += v * y[i+j]
	}
	return tree(&s)
}

func tree[T Float](s *[8]T) T {
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

// goFinite uses that 0·x is zero for a number and NaN for anything else.
func goFinite[T Float](x []T) bool {
	var s T
	for _, v := range x {
		s += 0 * v
	}
	return !math.IsNaN(float64(s))
}

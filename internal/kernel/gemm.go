package kernel

import "fmt"

// Acc says what a product does with what already stands in C.
type Acc int

const (
	Set   Acc = iota // C = A·B
	Plus             // C += A·B
	Minus            // C -= A·B
)

// Gemm computes C = A·B, C += A·B or C -= A·B for
//
//	A [m,k] with A(i,p) = a[i*ra+p*ka]   (so A and Aᵀ cost the same)
//	B [k,n] with B(p,j) = b[p*ldb+j]
//	C [m,n] with C(i,j) = c[i*ldc+j].
//
// Strides may be zero (one row or number used again) and rows of A and B may
// overlap, as the windows of a convolution do; rows of C may not, and C must
// not share memory with A or B.
//
// Order of summation: for each element the products are added one by one, in
// ascending p, within blocks of p; the blocks are added to C in turn. With
// n = 1 and dense rows of A the products are added in lanes instead. The order
// depends on n, k and the strides, never on m or i. With k = 0 the product is
// zero.
//
// Rows of B or C a multiple of 4 KB apart collide in the cache and cost up to
// half of the speed; a stride a little longer avoids it.
func Gemm[T Float](m, n, k int, a []T, ra, ka int, b []T, ldb int, c []T, ldc int, acc Acc) {
	gemm("Gemm", m, n, k, a, ra, ka, b, ldb, nil, c, ldc, acc)
}

// GemmBias computes C = 1·biasᵀ + A·B: each row of C starts from bias [n]
// instead of zero. The rest is as for [Gemm].
func GemmBias[T Float](m, n, k int, a []T, ra, ka int, b []T, ldb int, bias []T, c []T, ldc int) {
	same("GemmBias: bias", n, len(bias))
	gemm("GemmBias", m, n, k, a, ra, ka, b, ldb, bias, c, ldc, Set)
}

func gemm[T Float](op string, m, n, k int, a []T, ra, ka int, b []T, ldb int, bias []T, c []T, ldc int, acc Acc) {
	if m < 0 || n < 0 || k < 0 || ra < 0 || ka < 0 || ldb < 0 || acc < Set || acc > Minus {
		panic(fmt.Sprintf("kernel: %s: m, n, k = %d, %d, %d, ra, ka, ldb = %d, %d, %d, acc = %d, want none negative and a known acc",
			op, m, n, k, ra, ka, ldb, acc))
	}
	if m == 0 || n == 0 {
		return
	}
	if m > 1 && ldc < n {
		panic(fmt.Sprintf("kernel: %s: ldc = %d, want n = %d or more", op, ldc, n))
	}
	holds(op, "c", len(c), (m-1)*ldc+n)
	if k == 0 {
		gemmEmpty(m, n, bias, c, ldc, acc)
		return
	}
	holds(op, "a", len(a), (m-1)*ra+(k-1)*ka+1)
	holds(op, "b", len(b), (k-1)*ldb+n)
	kernels[T]().gemm(m, n, k, a, ra, ka, b, ldb, bias, c, ldc, acc)
}

// gemmEmpty is the product over an empty sum.
func gemmEmpty[T Float](m, n int, bias []T, c []T, ldc int, acc Acc) {
	if acc != Set {
		return
	}
	for i := range m {
		row := c[i*ldc:][:n]
		clear(row)
		copy(row, bias)
	}
}

// holds panics unless a matrix of want elements fits a slice of have.
func holds(op, name string, have, want int) {
	if have < want {
		panic(fmt.Sprintf("kernel: %s: len(%s) = %d, want %d or more", op, name, have, want))
	}
}

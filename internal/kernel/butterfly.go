package kernel

import "fmt"

// Rows are rows of an array: row i begins at element At + i·Step of Data. Step
// may be negative.
type Rows[T Float] struct {
	Data     []T
	At, Step int
}

// Butterfly computes sum = x + y and diff = x − y for a number of rows of n
// elements each. Sums and differences may overwrite the rows they are made of.
func Butterfly[T Float](rows, n int, sum, diff, x, y Rows[T]) {
	if inside("Butterfly", rows, n, sum, diff, x, y) {
		kernels[T]().butterfly(rows, n, sum, diff, x, y)
	}
}

// ButterflyAdd computes sum += x + y and diff += x − y for a number of rows of
// n elements each, none of which may be another's.
func ButterflyAdd[T Float](rows, n int, sum, diff, x, y Rows[T]) {
	if inside("ButterflyAdd", rows, n, sum, diff, x, y) {
		kernels[T]().butterflyAdd(rows, n, sum, diff, x, y)
	}
}

// inside reports whether there is anything to do, and panics if a row lies
// outside its array.
func inside[T Float](op string, rows, n int, all ...Rows[T]) bool {
	if rows <= 0 || n <= 0 {
		return false
	}
	for _, r := range all {
		last := r.At + (rows-1)*r.Step
		if min(r.At, last) < 0 || max(r.At, last)+n > len(r.Data) {
			panic(fmt.Sprintf("kernel: %s: %d rows of %d elements from %d by steps of %d, in %d", op, rows, n, r.At, r.Step, len(r.Data)))
		}
	}
	return true
}

func (r Rows[T]) row(i, n int) []T { return r.Data[r.At+i*r.Step:][:n] }

func goButterfly[T Float](rows, n int, sum, diff, x, y Rows[T]) {
	for i := range rows {
		s, d, b := sum.row(i, n), diff.row(i, n), y.row(i, n)
		for j, a := range x.row(i, n) {
			s[j], d[j] = a+b[j], a-b[j]
		}
	}
}

func goButterflyAdd[T Float](rows, n int, sum, diff, x, y Rows[T]) {
	for i := range rows {
		s, d, b := sum.row(i, n), diff.row(i, n), y.row(i, n)
		for j, a := range x.row(i, n) {
			s[j] += a + b[j]
			d[j] += a - b[j]
		}
	}
}

package kernel

import "unsafe"

type butterflyFunc[T Float] = func(rows, n int, x *T, xs int, y *T, ys int, s *T, ss int, d *T, ds int)

// onRows makes a kernel on rows of one on pointers and strides in bytes.
func onRows[T Float](f butterflyFunc[T]) func(rows, n int, sum, diff, x, y Rows[T]) {
	size := int(unsafe.Sizeof(T(0)))
	return func(rows, n int, sum, diff, x, y Rows[T]) {
		for i := 0; i < rows; i += max(1, stretch/n) {
			f(min(rows-i, max(1, stretch/n)), n,
				&x.Data[x.At+i*x.Step], size*x.Step, &y.Data[y.At+i*y.Step], size*y.Step,
				&sum.Data[sum.At+i*sum.Step], size*sum.Step, &diff.Data[diff.At+i*diff.Step], size*diff.Step)
		}
	}
}

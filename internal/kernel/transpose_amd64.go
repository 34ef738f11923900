package kernel

import "unsafe"

// squares makes a transposition from one of count adjacent squares of side
// elements.
func squares[T Float](side int, square func(count int, src *T, from int, dst *T, to int)) func(dst, src []T, rows, cols int) {
	size := int(unsafe.Sizeof(T(0)))
	count := 64 / (side * size) // squares to a cache line
	return func(dst, src []T, rows, cols int) {
		down, across := rows-rows%side, cols-cols%(side*count)
		for j := 0; j < across; j += side * count {
			for i := 0; i < down; i += side {
				square(count, &src[i*cols+j], cols*size, &dst[j*rows+i], rows*size)
			}
		}
		for j := range cols {
			first := down
			if j >= across {
				first = 0
			}
			for i := first; i < rows; i++ {
				dst[j*rows+i] = src[i*cols+j]
			}
		}
	}
}

package kernel

// Transpose writes srcᵀ: src is [rows,cols], dst is [cols,rows], both dense.
// They must not overlap.
func Transpose[T Float](dst, src []T, rows, cols int) {
	same("Transpose", rows*cols, len(dst), len(src))
	if len(dst) > 0 {
		kernels[T]().transpose(dst, src, rows, cols)
	}
}

// goTranspose goes in squares of 16, of which both sides stay in the cache.
func goTranspose[T Float](dst, src []T, rows, cols int) {
	const side = 16
	for i0 := 0; i0 < rows; i0 += side {
		for j0 := 0; j0 < cols; j0 += side {
			i1, j1 := min(rows, i0+side), min(cols, j0+side)
			for j := j0; j < j1; j++ {
				line := dst[j*rows+i0 : j*rows+i1]
				for i := range line {
					line[i] = src[(i0+i)*cols+j]
				}
			}
		}
	}
}

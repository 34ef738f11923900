package kernel

// Dots computes C = Σ_s A_s·B_sᵀ for A [S,m,k], B [S,n,k] and C [m,n], all
// dense. It is how a weight's gradient comes about where channels go before
// points.
//
// Order of summation: as in [Dot], but without blocks, from the first s to the
// last; for fewer rows than a tile has, Dot by Dot. The order depends on S, m, n
// and k.
func Dots[T Float](count, m, n, k int, a, b, c []T) {
	same("Dots: a", count*m*k, len(a))
	same("Dots: b", count*n*k, len(b))
	same("Dots: c", m*n, len(c))
	if count*k == 0 {
		clear(c)
	} else if len(c) > 0 {
		kernels[T]().dots(count, m, n, k, a, b, c)
	}
}

// goDots makes the product of single dot products.
func goDots[T Float](dot func(x, y []T) T) func(count, m, n, k int, a, b, c []T) {
	return func(count, m, n, k int, a, b, c []T) {
		clear(c)
		for s := range count {
			for i := range m {
				x := a[(s*m+i)*k:][:k]
				for j := range n {
					c[i*n+j] += dot(x, b[(s*n+j)*k:][:k])
				}
			}
		}
	}
}

package kernel

import "unsafe"

// dotsFunc computes a tile of dot products, those of some rows of A with as
// many of B; strides and steps are in bytes.
type dotsFunc[T Float] func(count, k int, a *T, ra, stepA int, b *T, rb, stepB int, c *T, ldc int)

// dotTiles makes the product of tiles of side x side, whose vectors have some
// lanes. Where a tile does not fit, it moves back over what has been computed.
func (t *table[T]) dotTiles(side, lanes int, tile dotsFunc[T]) {
	few, size := goDots(t.dot), int(unsafe.Sizeof(T(0)))
	t.dots = func(count, m, n, k int, a, b, c []T) {
		if m < side || n < side {
			few(count, m, n, k, a, b, c)
			return
		}
		whole := k - k%lanes
		for i := 0; i < m; i += side {
			i = min(i, m-side)
			for j := 0; j < n; j += side {
				j = min(j, n-side)
				tile(count, k, &a[i*k], k*size, (m*k-whole)*size, &b[j*k], k*size, (n*k-whole)*size, &c[i*n+j], n*size)
			}
		}
	}
}

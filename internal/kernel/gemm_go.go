package kernel

// goGemm is the portable product: tiles of 2 x 4 elements of C, which fit the
// registers of every 64-bit processor.
func goGemm[T Float](m, n, k int, a []T, ra, ka int, b []T, ldb int, bias []T, c []T, ldc int, acc Acc) {
	var tile [8]T
	for i := 0; i < m; i += 2 {
		next := ra // the second row of the tile, or the first again
		if i+1 == m {
			next = 0
		}
		for j := 0; j < n; j += 4 {
			width := min(4, n-j)
			clear(tile[:])
			if bias != nil {
				copy(tile[:4], bias[j:j+width])
				copy(tile[4:], bias[j:j+width])
			}
			if width == 4 {
				goTile(&tile, k, a[i*ra:], next, ka, b[j:], ldb)
			} else {
				goEdge(&tile, width, k, a[i*ra:], next, ka, b[j:], ldb)
			}
			goStore(c[i*ldc+j:][:width], tile[:4], acc)
			if i+1 < m {
				goStore(c[(i+1)*ldc+j:][:width], tile[4:], acc)
			}
		}
	}
}

// goTile adds the product of two rows of A, next apart, and four columns of B.
func goTile[T Float](t *[8]T, k int, a []T, next, ka int, b []T, ldb int) {
	c0, c1, c2, c3 := t[0], t[1], t[2], t[3]
	d0, d1, d2, d3 := t[4], t[5], t[6], t[7]
	for p := range k {
		row := b[p*ldb:][:4]
		b0, b1, b2, b3 := row[0], row[1], row[2], row[3]
		x, y := a[p*ka], a[p*ka+next]
		c0 += x * b0
		c1 += x * b1
		c2 += x * b2
		c3 += x * b3
		d0 += y * b0
		d1 += y * b1
		d2 += y * b2
		d3 += y * b3
	}
	*t = [8]T{c0, c1, c2, c3, d0, d1, d2, d3}
}

// goEdge is goTile for fewer than four columns.
func goEdge[T Float](t *[8]T, width, k int, a []T, next, ka int, b []T, ldb int) {
	for j := range width {
		c, d := t[j], t[4+j]
		for p := range k {
			v := b[p*ldb+j]
			c += a[p*ka] * v
			d += a[p*ka+next] * v
		}
		t[j], t[4+j] = c, d
	}
}

// goStore writes a row of a tile.
func goStore[T Float](c, t []T, acc Acc) {
	for j := range c {
		switch acc {
		case Set:
			c[j] = t[j]
		case Plus:
			c[j] += t[j]
		case Minus:
			c[j] -= t[j]
		}
	}
}

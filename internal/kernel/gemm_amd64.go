package kernel

import "unsafe"

const (
	kBlock  = 256 // length of a sum that a tile carries in registers
	mChunk  = 48  // rows of A that are used with one panel of B after another
	longest = 32  // tiles of a row of tiles that one call does; it cannot be interrupted
)

// tileFunc is a row or column of count products of a few rows and one or two
// vectors of columns; the strides are in bytes, and the last vector has tail
// lanes. The steps lead from the end of one product to the next.
type tileFunc[T Float] func(count, k int, a *T, ra, ka int, b *T, ldb int, bias, c *T, ldc, tail, acc, stepA, stepB, stepBias, stepC int)

// tiles computes products of any size from tiles. No operand is packed: A is
// read by broadcasts, through any strides, and B by rows.
type tiles[T Float] struct {
	kinds []tileKind[T] // the narrowest first
	rows  func(m, k int, a *T, ra int, b, bias, c *T, ldc, acc int)
}

// tileKind is a set of tiles of up to width columns. Their last vector begins
// at column last; byRows has a tile for each number of rows.
type tileKind[T Float] struct {
	width, last int
	byRows      []tileFunc[T]
}

func (t *tiles[T]) gemm(m, n, k int, a []T, ra, ka int, b []T, ldb int, bias []T, c []T, ldc int, acc Acc) {
	switch {
	case n == 1 && ka == 1 && ldb == 1:
		t.column(m, k, a, ra, b, bias, c, ldc, acc)
	case n == 1 && ra == 1 && ldc == 1 && bias == nil:
		t.panels(1, m, k, b, 0, ldb, a, ka, nil, c, 0, acc) // Cᵀ = Bᵀ·Aᵀ
	default:
		t.panels(m, n, k, a, ra, ka, b, ldb, bias, c, ldc, acc)
	}
}

// column is the product with one column: dot products of rows of A and b.
func (t *tiles[T]) column(m, k int, a []T, ra int, b, bias, c []T, ldc int, acc Acc) {
	size := int(unsafe.Sizeof(a[0]))
	rows := max(1, stretch/k) // a call must not take long
	for i := 0; i < m; i += rows {
		t.rows(min(rows, m-i), k, &a[i*ra], ra*size, &b[0], unsafe.SliceData(bias), &c[i*ldc], ldc*size, int(acc))
	}
}

// panels cuts the sum into blocks, the rows into chunks and the columns into
// panels as wide as a tile. A block of a panel of B is 32 KB, that of a chunk of
// A 48 KB: each line of B is used by all rows of a tile, and comes from the
// second-level cache in time.
func (t *tiles[T]) panels(m, n, k int, a []T, ra, ka int, b []T, ldb int, bias []T, c []T, ldc int, acc Acc) {
	for k0 := 0; k0 < k; k0 += kBlock {
		if k0 > 0 {
			bias, acc = nil, max(acc, Plus)
		}
		p := tiling[T]{k: min(kBlock, k-k0), a: a[k0*ka:], ra: ra, ka: ka, b: b[k0*ldb:], ldb: ldb, bias: bias, c: c, ldc: ldc, acc: acc}
		for i := 0; i < m; {
			end := m
			if m-i >= mChunk+mChunk/4 {
				end = i + mChunk
			}
			t.chunk(&p, n, i, end)
			i = end
		}
	}
}

// chunk does rows i … end−1.
func (t *tiles[T]) chunk(p *tiling[T], n, i, end int) {
	for j := 0; j < n; {
		kind := t.fit(n - j)
		width, cols := min(kind.width, n-j), max(1, min(longest, (n-j)/kind.width))
		for r := i; r < end; {
			height, rows := kind.run(end - r)
			p.cover(kind, r, j, height, width, rows, cols)
			r += rows * height
		}
		j += cols * width
	}
}

// tiling is the product of one block of the sum, to be cut into tiles.
type tiling[T Float] struct {
	k       int
	a       []T
	ra, ka  int
	b       []T
	ldb     int
	bias, c []T
	ldc     int
	acc     Acc
}

// cover computes rows x cols tiles from element (i, j) of C on, a column of them
// at a time or, where they are more, a row.
func (p *tiling[T]) cover(kind *tileKind[T], i, j, height, width, rows, cols int) {
	size := int(unsafe.Sizeof(p.c[0]))
	count, turns, down, across := rows, cols, 0, width
	toA, toB, toC := height*p.ra, 0, height*p.ldc
	if cols > rows {
		count, turns, down, across = cols, rows, height, 0
		toA, toB, toC = 0, width, width
	}
	for range turns {
		var start *T
		if p.bias != nil {
			start = &p.bias[j]
		}
		kind.byRows[height](count, p.k, &p.a[i*p.ra], p.ra*size, p.ka*size, &p.b[j], p.ldb*size, start, &p.c[i*p.ldc+j], p.ldc*size,
			width-kind.last, int(p.acc), (toA-p.k*p.ka)*size, (toB-p.k*p.ldb)*size, toB*size, (toC-(height-1)*p.ldc)*size)
		i, j = i+down, j+across
	}
}

// fit is the narrowest kind of tile for n columns, or the widest there is.
func (t *tiles[T]) fit(n int) *tileKind[T] {
	i := 0
	for i < len(t.kinds)-1 && n > t.kinds[i].width {
		i++
	}
	return &t.kinds[i]
}

// run is the height of the next tiles, with left rows to do, and their number:
// as many rows as there are tiles for, but the last two tiles share what is left.
func (k *tileKind[T]) run(left int) (height, count int) {
	tall := len(k.byRows) - 1
	switch {
	case left%tall == 0:
		return tall, left / tall
	case left > 2*tall:
		return tall, left/tall - 1
	case left > tall:
		return (left + 1) / 2, 2 - left%2
	}
	return left, 1
}

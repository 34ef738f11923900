package kernel

import "unsafe"

const (
	kBlock = 128 // length of a sum that a tile carries in registers
	mChunk = 48  // rows of A that are used with one panel of B after another
)

// tileFunc is a product of a few rows and one or two vectors of columns; the
// strides are in bytes, and the last vector has tail lanes.
type tileFunc[T Float] func(k int, a *T, ra, ka int, b *T, ldb int, bias, c *T, ldc, tail, acc int)

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
// panels as wide as a tile: a block of a panel of B is 16 KB and stays in the
// first-level cache, that of a chunk of A not far from it.
func (t *tiles[T]) panels(m, n, k int, a []T, ra, ka int, b []T, ldb int, bias []T, c []T, ldc int, acc Acc) {
	size := int(unsafe.Sizeof(T(0)))
	for k0 := 0; k0 < k; k0 += kBlock {
		kc := min(kBlock, k-k0)
		if k0 > 0 {
			bias, acc = nil, max(acc, Plus)
		}
		for i0 := 0; i0 < m; i0 += mChunk {
			end := min(m, i0+mChunk)
			for j := 0; j < n; {
				kind := t.fit(n - j)
				width := min(kind.width, n-j)
				var start *T
				if bias != nil {
					start = &bias[j]
				}
				for i := i0; i < end; {
					rows := kind.height(end - i)
					kind.byRows[rows](kc, &a[i*ra+k0*ka], ra*size, ka*size, &b[k0*ldb+j], ldb*size, start, &c[i*ldc+j], ldc*size, width-kind.last, int(acc))
					i += rows
				}
				j += width
			}
		}
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

// height is the number of rows to do next of those left: as many as there are
// tiles for, but the last two tiles share what is left.
func (k *tileKind[T]) height(left int) int {
	tall := len(k.byRows) - 1
	if left >= 2*tall {
		return tall
	}
	if left > tall {
		return (left + 1) / 2
	}
	return left
}

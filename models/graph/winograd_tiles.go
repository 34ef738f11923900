package graph

import "eddy/internal/kernel"

// tiles are lines of points in tiles of four that overlap by two, or of two by
// two outputs, transformed for products. A line of tiles makes one line of
// outputs, or on two axes a pair of lines. An array of them is
//
//	[1 or 4][2][held][width][2][ld]:
//
// for each of the four combinations along the first axis, combinations 0 and 3
// along the second, then 1 and 2, side by side.
type tiles[T kernel.Float] struct {
	k     *window
	outer int // combinations along the first axis
	lines int // of a sample
	held  int // lines in an array
	width int // tiles of a line
	c, ld int // channels, and the stride of points
}

func newTiles[T kernel.Float](k *window, c, samples int) *tiles[T] {
	t := &tiles[T]{k: k, outer: 1, lines: 1, width: ceil(k.coarse[1], 2), c: c, ld: lineOf[T](c)}
	if k.taps[0] == 3 {
		t.outer, t.lines = 4, ceil(k.coarse[0], 2)
	}
	t.held = samples * t.lines
	return t
}

// line is the number of elements of a line of tiles, in one of its parts.
func (t *tiles[T]) line() int { return t.width * 2 * t.ld }

// part is the number of elements of one of the parts.
func (t *tiles[T]) part() int { return t.held * t.line() }

func (t *tiles[T]) size() int { return t.outer * 2 * t.part() }

// at is where combination k of 4, or of 4 x 4, of line l begins.
func (t *tiles[T]) at(k, l int) int {
	return (k/4*2+(k%4+1)/2%2)*t.part() + l*t.line() + k%4/2*t.ld
}

// room is the size of the buffer that inputs needs.
func (t *tiles[T]) room() int { return t.outer * (2*t.width + 2) * t.ld }

// inputsOf makes line l of an array from line at of all samples x [B, N₀, N₁, c].
func (t *tiles[T]) inputsOf(v []T, l int, x []T, at int, buf []T) {
	t.inputs(v, l, sample(x, at/t.lines, points(t.k.fine)*t.c), at%t.lines, buf)
}

// inputs makes line l of an array, which stands in a sample's line r, from the
// sample x [N₀, N₁, c]: combinations 0 … 3 are
//
//	x₀ − x₂,  x₁ + x₂,  x₁ − x₂,  x₁ − x₃,
//
// and the last one along the first axis is x₃ − x₁.
func (t *tiles[T]) inputs(v []T, l int, x []T, r int, buf []T) {
	if t.plain() {
		t.plainInputs(v, l, x)
		return
	}
	n := (2*t.width + 2) * t.ld
	for i := range t.outer {
		padLine(t.k, sample(buf, i, n), x, 2*r+i, t.c, t.ld)
	}
	if t.outer == 4 {
		p0, p1, p2, p3 := sample(buf, 0, n), sample(buf, 1, n), sample(buf, 2, n), sample(buf, 3, n)
		kernel.SubInto(p0, p0, p2)
		kernel.SubInto(p3, p3, p1)
		butterfly(p1, p2)
	}
	for i := range t.outer {
		p, ends, middle := sample(buf, i, n), v[t.at(4*i, l):][:t.line()], v[t.at(4*i+1, l):][:t.line()]
		kernel.SubInto(ends, p[:t.line()], p[2*t.ld:][:t.line()])
		t.pairs(middle, p[t.ld:])
	}
}

// plain tells whether tiles can be made of a line as it stands, but for its ends:
// that has one point around it, and an even number of points.
func (t *tiles[T]) plain() bool {
	n := t.k.fine[1]
	return t.outer == 1 && t.ld == t.c && t.k.low[1] == 1 && n == t.k.coarse[1] && n%2 == 0
}

// plainInputs is inputs for a line x [N, c] that needs no copy.
func (t *tiles[T]) plainInputs(v []T, l int, x []T) {
	n, c := t.k.fine[1], t.c
	point := func(a []T, i int) []T { return a[i*c:][:c] }
	ends, middle := v[t.at(0, l):][:n*c], v[t.at(1, l):][:n*c]
	kernel.SubInto(ends[c:(n-1)*c], x[:(n-2)*c], x[2*c:])
	if i := t.k.from[1][0]; i < 0 {
		kernel.Scale(point(ends, 0), -1, point(x, 1))
	} else {
		kernel.SubInto(point(ends, 0), point(x, i), point(x, 1))
	}
	if i := t.k.from[1][n+1]; i < 0 {
		copy(point(ends, n-1), point(x, n-2))
	} else {
		kernel.SubInto(point(ends, n-1), point(x, n-2), point(x, i))
	}
	t.pairs(middle, x)
}

// outputs makes line l of an array, which stands in a sample's line r, from the
// gradient y [M₀, M₁, c] of the outputs: combinations 0 … 3 are
//
//	y₀,  y₀ + y₁,  y₀ − y₁,  y₁,
//
// the gradients of m₀ … m₃, the last but for its sign.
func (t *tiles[T]) outputs(v []T, l int, y []T, r int) {
	n := t.k.coarse[1] * t.c
	ends := func(i int) []T { return v[t.at(4*i, l):][:t.line()] }
	for i := range min(2, t.outer) {
		dst, row := ends(3*i), 2*r+i
		if row == t.k.coarse[0] {
			clear(dst)
			continue
		}
		spread(dst, sample(y, row, n), t.c, t.ld)
		clear(dst[t.k.coarse[1]*t.ld:])
	}
	if t.outer == 4 {
		copy(ends(1), ends(0))
		copy(ends(2), ends(3))
		butterfly(ends(1), ends(2))
	}
	for i := range t.outer {
		t.pairs(v[t.at(4*i+1, l):][:t.line()], ends(i))
	}
}

// pairs makes the sum and the difference of pairs of points.
func (t *tiles[T]) pairs(dst, x []T) {
	row := func(a []T, at int) kernel.Rows[T] { return kernel.Rows[T]{Data: a, At: at, Step: 2 * t.ld} }
	kernel.Butterfly(t.width, t.c, row(dst, 0), row(dst, t.ld), row(x, 0), row(x, t.ld))
}

// butterfly replaces x and y by their sum and their difference.
func butterfly[T kernel.Float](x, y []T) {
	a, b := kernel.Rows[T]{Data: x}, kernel.Rows[T]{Data: y}
	kernel.Butterfly(1, len(x), a, b, a, b)
}

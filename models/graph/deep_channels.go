package graph

import "eddy/internal/kernel"

// tileWidth is the number of columns of a product that are computed together.
// Of narrower layers it pays to make the rows of a block the columns.
const tileWidth = 32

// vectorWidth is the number of columns that a register holds at most. Blocks are
// a multiple of it, so that rows of a block begin with cache lines.
const vectorWidth = 16

// channelsFirst is the layout [S, C, n]: products fill the lanes whatever the
// width of a layer. In front of the values there is a row of ones, so that a
// layer is the product of [b; W]ᵀ and [1; x].
type channelsFirst[T kernel.Float] struct {
	*deep[T]
	wb    [][]T // [1+I, O], the bias first
	block [][]T // of each worker, a block's gradient of some W
	short []T   // rows of the last block, the only one that may not be full
}

func newChannelsFirst[T kernel.Float](m *deep[T]) *channelsFirst[T] {
	l := &channelsFirst[T]{deep: m, block: perWorker[T](m.g, m.width*m.width), short: alloc[T](m.g, m.block*m.width)}
	for _, k := range m.layers {
		l.wb = append(l.wb, alloc[T](m.g, (1+k.in)*k.out))
	}
	return l
}

func (l *channelsFirst[T]) begin(in [][]T) {
	for i, wb := range l.wb {
		copy(wb, in[2+2*i])
		copy(wb[l.layers[i].out:], in[1+2*i])
	}
}

func (l *channelsFirst[T]) input(to, x []T, n int) []T {
	ci, at := l.layers[0].in, l.front
	l.fromRows(to[at:][:n*ci], x, n, ci)
	at += n * ci
	for _, v := range l.along {
		for _, c := range v {
			for i := range to[at:][:n] {
				to[at+i] = c
			}
			at += n
		}
	}
	return to
}

func (l *channelsFirst[T]) affine(i, n int, z, x []T) {
	ci, co := l.layers[i].in, l.layers[i].out
	x = x[l.front-n:]
	kernel.Gemm(co, n, 1+ci, l.wb[i], 1, co, x, n, z, n, kernel.Set)
	for s := 1; s < l.count; s++ {
		kernel.Gemm(co, n, ci, l.wb[i][co:], 1, co, x[(1+s*ci)*n:], n, z[s*co*n:], n, kernel.Set)
	}
}

func (l *channelsFirst[T]) back(i, n int, h, delta []T) {
	ci, co := l.layers[i].in, l.layers[i].out
	for s := range l.count {
		kernel.Gemm(ci, n, co, l.wb[i][co:], co, 1, delta[s*co*n:], n, h[s*ci*n:], n, kernel.Set)
	}
}

func (l *channelsFirst[T]) grad(i, n, worker int, gw, gb, x, delta []T) {
	ci, co := l.layers[i].in, l.layers[i].out
	if len(gw) > 0 {
		block := l.block[worker][:ci*co]
		kernel.Dots(l.count, ci, co, n, x[:l.count*ci*n], delta[:l.count*co*n], block)
		kernel.AddTo(gw, block)
	}
	for o := range gb {
		gb[o] += kernel.Sum(delta[o*n:][:n])
	}
}

func (l *channelsFirst[T]) toRows(rows, stream []T, n, c int) {
	if len(rows) == n*c {
		kernel.Transpose(rows, stream, c, n)
		return
	}
	full := l.short[:n*c]
	kernel.Transpose(full, stream, c, n)
	copy(rows, full)
}

func (l *channelsFirst[T]) fromRows(stream, rows []T, n, c int) {
	if len(rows) < n*c {
		full := l.short[:n*c]
		clear(full[copy(full, rows):])
		rows = full
	}
	kernel.Transpose(stream, rows, n, c)
}

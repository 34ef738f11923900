package graph

import "eddy/internal/kernel"

// operand is one side of a weight gradient: rows of channels of each sample.
type operand[T kernel.Float] struct {
	buf      []T
	channels int
	step     int                      // from one of a line's points to the next
	adjacent bool                     // the channels of a line's taps follow each other
	at       func(b, i, s, t int) int // of line i of sample b, at tap (s, t)
}

// fineSide is a padded array [B, P₀, P₁, ld].
func fineSide[T kernel.Float](k *window, buf []T, c, ld int) operand[T] {
	return operand[T]{buf, c, k.stride * ld, k.dilation == 1 && c == ld, func(b, i, s, t int) int {
		return ((b*k.padded[0]+i*k.stride+s*k.dilation)*k.padded[1] + t*k.dilation) * ld
	}}
}

// coarseSide is an array [B, M₀, M₁, ld].
func coarseSide[T kernel.Float](k *window, buf []T, c, ld int) operand[T] {
	return operand[T]{buf, c, ld, false, func(b, i, _, _ int) int { return (b*k.coarse[0] + i) * k.coarse[1] * ld }}
}

// insideSide is a padded array [B, P₀, P₁, ld] without its padding.
func insideSide[T kernel.Float](k *window, buf []T, c, ld int) operand[T] {
	return operand[T]{buf, c, ld, false, func(b, i, _, _ int) int {
		return ((b*k.padded[0]+i+k.low[0])*k.padded[1] + k.low[1]) * ld
	}}
}

// A weight matrix's rows are cut into blocks, whose gradients are computed
// together over all samples in order: gradRows of them, or fewer where these are
// less than gradBlocks, but whole tiles.
const (
	gradRows   = 48
	gradBlocks = 8
	gradTile   = 12
)

// weightGrad computes gw_t = Σ xᵀ y for each tap, over the samples and points.
func weightGrad[T kernel.Float](pool *kernel.Pool, k *window, batch int, gw []T, x, y operand[T]) {
	n, taps, height := y.channels, k.taps[1], x.channels
	if x.adjacent {
		taps, height = 1, taps*height
	}
	size := max(gradTile, min(gradRows, k.taps[0]*taps*height/gradBlocks/gradTile*gradTile))
	blocks := (height + size - 1) / size
	pool.For(k.taps[0]*taps*blocks, func(i, _ int) {
		tap, r := i/blocks, i%blocks*size
		rows := min(size, height-r)
		dst := gw[(tap*height+r)*n:][:rows*n]
		clear(dst)
		s, t := tap/taps, tap%taps
		for b := range batch {
			for l := range k.coarse[0] {
				kernel.Gemm(rows, n, k.coarse[1], x.buf[x.at(b, l, s, t)+r:], 1, x.step, y.buf[y.at(b, l, s, t):], y.step, dst, n, kernel.Plus)
			}
		}
	})
}

// biasGrad is the sum of y's rows of n channels, made of partial ones.
func biasGrad[T kernel.Float](pool *kernel.Pool, sums partial[T], gb, y []T) {
	n, rows, parts := len(gb), len(y)/len(gb), len(sums.parts)
	pool.For(parts, func(i, _ int) {
		lo, hi := span(rows, i, parts)
		clear(sums.parts[i])
		kernel.ColSum(sums.parts[i], y[lo*n:hi*n], hi-lo, n)
	})
	sums.reduce(gb)
}

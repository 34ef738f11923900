package graph

import "eddy/internal/kernel"

// operand is one side of a weight gradient: rows of channels of each sample.
type operand[T kernel.Float] struct {
	buf      []T
	channels int
	step     int                      // from one of a line's points to the next
	at       func(b, i, s, t int) int // of line i of sample b, at tap (s, t)
}

// fineSide is a padded array [B, P₀, P₁, ld], coarseSide [B, M₀, M₁, ld].
func fineSide[T kernel.Float](k *window, buf []T, c, ld int) operand[T] {
	return operand[T]{buf, c, k.stride * ld, func(b, i, s, t int) int {
		return ((b*k.padded[0]+i*k.stride+s*k.dilation)*k.padded[1] + t*k.dilation) * ld
	}}
}

func coarseSide[T kernel.Float](k *window, buf []T, c, ld int) operand[T] {
	return operand[T]{buf, c, ld, func(b, i, _, _ int) int { return (b*k.coarse[0] + i) * k.coarse[1] * ld }}
}

// gradRows is the number of a weight matrix's rows whose gradient is computed
// together, over all samples in order.
const gradRows = 48

// weightGrad computes gw_t = Σ xᵀ y for each tap, over the samples and points.
func weightGrad[T kernel.Float](pool *kernel.Pool, k *window, batch int, gw []T, x, y operand[T]) {
	n, blocks := y.channels, (x.channels+gradRows-1)/gradRows
	pool.For(points(k.taps)*blocks, func(i, _ int) {
		tap, c := i/blocks, i%blocks*gradRows
		rows := min(gradRows, x.channels-c)
		dst := gw[(tap*x.channels+c)*n:][:rows*n]
		clear(dst)
		s, t := tap/k.taps[1], tap%k.taps[1]
		for b := range batch {
			for l := range k.coarse[0] {
				kernel.Gemm(rows, n, k.coarse[1], x.buf[x.at(b, l, s, t)+c:], 1, x.step, y.buf[y.at(b, l, s, t):], y.step, dst, n, kernel.Plus)
			}
		}
	})
}

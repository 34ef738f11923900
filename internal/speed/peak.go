package speed

import (
	"time"

	"eddy/internal/kernel"
)

// Peak measures the rate of fused multiply-adds that the pool's workers reach
// together in single precision, in FLOP per second: the best of many products
// small enough for the first-level cache.
func Peak(pool *kernel.Pool) float64 {
	const m, n, k = 48, 64, 64 // 36 KB of operands and result
	const repeats, rounds = 200, 30
	type operands struct{ a, b, c []float32 }
	own := make([]operands, pool.Workers())
	for i := range own {
		own[i] = operands{make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)}
	}
	best := time.Duration(1 << 62)
	for range rounds {
		start := time.Now()
		pool.For(pool.Workers(), func(i, _ int) {
			o := own[i]
			for range repeats {
				kernel.Gemm(m, n, k, o.a, k, 1, o.b, n, o.c, n, kernel.Set)
			}
		})
		best = min(best, time.Since(start))
	}
	return float64(pool.Workers()) * repeats * 2 * m * n * k / best.Seconds()
}

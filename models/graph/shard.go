package graph

import "eddy/internal/kernel"

// shards is the number of partial sums that a gradient over many rows is made
// of, where rows are split over workers. It is fixed, and the sums are added in order, so that the bits of a
// gradient do not depend on the number of workers.
const shards = 16

// rowBlock is the number of rows that pass through a layer together: their
// outputs stay in the first-level cache.
const rowBlock = 96

// span is the part of n that belongs to shard i of parts.
func span(n, i, parts int) (lo, hi int) { return i * n / parts, (i + 1) * n / parts }

// ceil is a / b, rounded up.
func ceil(a, b int) int { return (a + b - 1) / b }

// splitSize is the number of elements that a worker takes at once of work that
// is cheap for each of them.
const splitSize = 1 << 14

// split calls f on parts lo … hi−1 of n items of size elements, in parallel.
func (g *Graph) split(n, size int, f func(lo, hi int)) {
	each := max(1, splitSize/size)
	g.pool.For(ceil(n, each), func(i, _ int) { f(i*each, min(n, (i+1)*each)) })
}

// partial is a gradient summed in shards.
type partial[T kernel.Float] struct {
	parts [][]T
}

// newPartial returns partial sums of n numbers for a number of items, nothing
// where n is zero.
func newPartial[T kernel.Float](g *Graph, n, items int) partial[T] {
	p := partial[T]{parts: make([][]T, min(g.shards, items))}
	for i := range p.parts {
		p.parts[i] = alloc[T](g, n)
	}
	return p
}

// reduce adds the shards up into dst, in order.
func (p partial[T]) reduce(dst []T) {
	copy(dst, p.parts[0])
	for _, q := range p.parts[1:] {
		kernel.AddTo(dst, q)
	}
}

// alloc returns n zeros that live as long as the graph, and counts them.
func alloc[T kernel.Float](g *Graph, n int) []T {
	s := make([]T, n)
	g.bytes += n * int(arrayOf(s).dtype().Size())
	return s
}

// perWorker returns a slice of n numbers for each of the pool's workers.
func perWorker[T kernel.Float](g *Graph, n int) [][]T {
	s := make([][]T, g.pool.Workers())
	for i := range s {
		s[i] = alloc[T](g, n)
	}
	return s
}

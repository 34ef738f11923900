package graph

import "eddy/internal/kernel"

// reserve makes the graph's scratch n numbers long or longer. All operations
// share it, so that it stays in the cache: what one of them leaves there, the
// next one overwrites.
func reserve[T kernel.Float](g *Graph, n int) {
	if more := n - g.scratch.Len(); more > 0 {
		g.scratch = arrayOf(make([]T, n))
		g.bytes += more * int(g.scratch.dtype().Size())
	}
}

// scratch is the graph's scratch, for the length of one run of an operation
// that has reserved n numbers.
func scratch[T kernel.Float](g *Graph, n int) []T {
	return numbers[T](g.scratch)[:n]
}

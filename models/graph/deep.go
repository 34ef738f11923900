package graph

import "eddy/internal/kernel"

// layer has the sizes of a Layer.
type layer struct {
	act     kernel.Activation
	in, out int
}

// deepSize is the number of activations of a layer, of all streams together,
// that pass through a deep network at once and stay in the second-level cache.
const deepSize = 24 << 10

// deep is the state of a network of several layers that carries streams of
// derivatives along. Inside, a block of n rows is [S, n, C]: stream by stream.
type deep[T kernel.Float] struct {
	g       *Graph
	streams Streams
	second  []bool // of the streams
	along   [][]T  // the directions
	layers  []layer
	rows    int
	count   int   // of streams
	block   int   // rows of one stream that go together
	z       [][]T // of each layer x W + b, block after block; kept for the adjoint only
	work    []deepWork[T]
}

// deepWork belongs to a worker.
type deepWork[T kernel.Float] struct {
	a []T    // [S, block, C], outputs
	z [2][]T // where z is not kept, of layers in turn
}

func newDeep[T kernel.Float](g *Graph, name string, s Streams, x *Node, layers []Layer, shape []int) *Node {
	m := &deep[T]{g: g, streams: s, second: s.seconds(), rows: Rows(x), count: s.Count()}
	xs, width := []*Node{x}, 0
	for _, l := range layers {
		ws := l.W.Shape()
		m.layers = append(m.layers, layer{l.Act, ws[0], ws[1]})
		xs = append(xs, l.W, l.B)
		width = max(width, ws[1])
	}
	m.block = max(1, deepSize/(m.count*width))
	for _, d := range s {
		var v []T
		for _, c := range d.Along {
			v = append(v, T(c))
		}
		m.along = append(m.along, v)
	}
	for range g.pool.Workers() {
		n := m.count * m.block * width
		m.work = append(m.work, deepWork[T]{alloc[T](g, n), [2][]T{alloc[T](g, n), alloc[T](g, n)}})
	}
	o := &op[T]{name: name, shape: shape}
	o.forward = func(in [][]T, y []T) {
		m.each(func(_, worker, r, n int) { m.pass(&m.work[worker], r, n, in, y) }, nil)
	}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node { return m.adjoint(name, in, out, gy, need) }
	return apply(g, o, xs...)
}

// each runs f on the blocks of rows r … r+n−1 of each shard, in order, after
// begin on the shard.
func (m *deep[T]) each(f func(shard, worker, r, n int), begin func(shard int)) {
	parts := min(shards, m.rows)
	m.g.pool.For(parts, func(i, worker int) {
		if begin != nil {
			begin(i)
		}
		lo, hi := span(m.rows, i, parts)
		blocks := (hi - lo + m.block - 1) / m.block
		for b := range blocks {
			r, end := span(hi-lo, b, blocks)
			f(i, worker, lo+r, end-r)
		}
	})
}

// pass takes n rows, from row r on, through all layers.
func (m *deep[T]) pass(w *deepWork[T], r, n int, in [][]T, y []T) {
	x := in[0][r*m.layers[0].in:]
	for i, l := range m.layers {
		z := w.z[i%2][:m.count*n*l.out]
		if m.z != nil {
			z = m.kept(i, r, n)
		}
		m.affine(i, n, z, x, in[1+2*i], in[2+2*i])
		if x = z; l.act != kernel.Identity {
			x = w.a
			kernel.Push(l.act, m.second, x[:len(z)], z)
		}
	}
	co := m.layers[len(m.layers)-1].out
	for s := range m.count {
		copy(y[(s*m.rows+r)*co:][:n*co], x[s*n*co:])
	}
}

// keep has the forward pass keep what the adjoint needs.
func (m *deep[T]) keep() {
	for i := len(m.z); i < len(m.layers); i++ {
		m.z = append(m.z, alloc[T](m.g, m.count*m.rows*m.layers[i].out))
	}
}

// kept is what is kept of rows r … r+n−1 in layer i.
func (m *deep[T]) kept(i, r, n int) []T {
	size := m.count * m.layers[i].out
	return m.z[i][r*size:][:n*size]
}

// affine computes z = x W for all streams, + b for the values. In the first
// layer, whose input has the directions for its first derivatives and zeros
// for the second ones, x is the values alone.
func (m *deep[T]) affine(i, n int, z, x, w, b []T) {
	ci, co := m.layers[i].in, m.layers[i].out
	kernel.GemmBias(n, co, ci, x, ci, 1, w, co, b, z, co)
	if m.count == 1 {
		return
	}
	z = z[n*co:]
	if i > 0 {
		kernel.Gemm((m.count-1)*n, co, ci, x[n*ci:], ci, 1, w, co, z, co, kernel.Set)
		return
	}
	for d, s := range m.streams {
		kernel.Gemm(n, co, ci, m.along[d], 0, 1, w, co, z, co, kernel.Set)
		if z = z[n*co:]; s.Second {
			clear(z[:n*co])
			z = z[n*co:]
		}
	}
}

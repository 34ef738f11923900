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
// derivatives along. A few rows at a time, a block, go through all layers.
type deep[T kernel.Float] struct {
	g      *Graph
	carry  carry[T]
	along  [][]T // each stream of the input but the first is the same in all rows
	layers []layer
	width  int // of the widest array
	rows   int
	count  int // of streams
	block  int // rows of one stream that go together, at most
	grain  int // and a multiple of this
	layout layout[T]
	front  int   // see layout
	direct bool  // a block of the output is a part of the output
	z      [][]T // of each layer x W + b, block after block; kept for the adjoint only
	work   []deepWork[T]
}

// deepWork belongs to a worker.
type deepWork[T kernel.Float] struct{ x, a, z []T } // input, outputs and, where it is not kept, x W + b

// layout is how the numbers of a block of n rows lie in memory, which decides
// how products with them are formed. They lie stream by stream, and from element
// front on where they are factors of a product.
type layout[T kernel.Float] interface {
	begin(in [][]T)                              // takes the op's inputs: x, then W and b of each layer
	input(to, x []T, n int) []T                  // the streams of the input x [≤ n, I]; to is room for them
	affine(i, n int, z, x []T)                   // z = x W + b in layer i
	back(i, n int, h, delta []T)                 // h = δ Wᵀ
	grad(i, n, worker int, gw, gb, x, delta []T) // gW += xᵀ δ, gb += Σ δ of the values; for a gradient that has room
	toRows(rows, stream []T, n, channels int)    // a stream as [≤ n, C]
	fromRows(stream, rows []T, n, channels int)  // and back; rows that are not there are zero
}

func newDeep[T kernel.Float](g *Graph, name string, s Streams, x *Node, layers []Layer, shape []int) *Node {
	m := &deep[T]{g: g, carry: newCarry[T](s.orders()), along: constantStreams[T](s, Channels(x)), rows: Rows(x), count: s.Count()}
	xs, hidden := []*Node{x}, 0
	for _, l := range layers {
		ws := l.W.Shape()
		m.layers = append(m.layers, layer{l.Act, ws[0], ws[1]})
		xs = append(xs, l.W, l.B)
		m.width, hidden = max(m.width, ws[0], ws[1]), max(hidden, ws[1])
	}
	m.choose(hidden)
	for range g.pool.Workers() {
		n := m.front + m.count*m.block*m.width
		w := deepWork[T]{apart[T](g, 0, n), apart[T](g, 1, n), apart[T](g, 0, n)}
		for i := range m.front {
			w.x[i], w.a[i] = 1, 1
		}
		m.work = append(m.work, w)
	}
	o := &op[T]{name: name, shape: shape}
	o.forward = func(in [][]T, y []T) {
		m.layout.begin(in)
		m.each(func(_, worker, r, n int) { m.pass(&m.work[worker], r, n, in[0], y) }, nil)
	}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node { return m.adjoint(name, in, out, gy, need) }
	return apply(g, o, xs...)
}

// choose picks the layout for the widest layer. Few rows would not fill the
// lanes that channels first gives them.
func (m *deep[T]) choose(width int) {
	m.block = max(1, deepSize/(m.count*m.width))
	if width >= tileWidth || m.rows < vectorWidth {
		m.grain, m.direct = 1, m.count == 1
		m.layout = newRowsFirst(m)
		return
	}
	m.grain = vectorWidth
	m.block = max(m.grain, m.block/m.grain*m.grain)
	m.front = m.block
	m.layout = newChannelsFirst(m)
}

// each runs f on the blocks of rows r … r+n−1 of each shard, in order, after
// begin on the shard. The last block may go on behind the last row.
func (m *deep[T]) each(f func(shard, worker, r, n int), begin func(shard int)) {
	grains := ceil(m.rows, m.grain)
	parts := min(m.g.shards, grains)
	m.g.pool.For(parts, func(i, worker int) {
		if begin != nil {
			begin(i)
		}
		lo, hi := span(grains, i, parts)
		blocks := ceil((hi-lo)*m.grain, m.block)
		for b := range blocks {
			r, end := span(hi-lo, b, blocks)
			f(i, worker, (lo+r)*m.grain, (end-r)*m.grain)
		}
	})
}

// pass takes n rows, from row r on, through all layers.
func (m *deep[T]) pass(w *deepWork[T], r, n int, in, y []T) {
	last := len(m.layers) - 1
	x := m.layout.input(w.x, m.span(in, 0, r, n, m.layers[0].in), n)
	for i, l := range m.layers {
		size := m.count * n * l.out
		a, z := w.a[m.front:][:size], w.z[:size]
		if i == last && m.direct {
			a = y[r*l.out:][:size]
		}
		if kept := m.kept(i, r, n); kept != nil {
			z = kept
		} else if i == last && m.direct && l.act == kernel.Identity {
			z = a
		}
		m.layout.affine(i, n, z, x)
		if l.act != kernel.Identity {
			m.carry.push(l.act, a, z)
		} else if &a[0] != &z[0] {
			copy(a, z)
		}
		x = w.a
	}
	if co := m.layers[last].out; !m.direct {
		for s := range m.count {
			m.layout.toRows(m.span(y, s, r, n, co), x[m.front+s*n*co:][:n*co], n, co)
		}
	}
}

// span is what there is of rows r … r+n−1 in stream s of an array [S, rows, C].
func (m *deep[T]) span(x []T, s, r, n, channels int) []T {
	return x[(s*m.rows+r)*channels : (s*m.rows+min(r+n, m.rows))*channels]
}

// keep has the forward pass keep what the adjoint needs.
func (m *deep[T]) keep() {
	for i := len(m.z); i < len(m.layers); i++ {
		size := m.count * ceil(m.rows, m.grain) * m.grain * m.layers[i].out
		if i == len(m.layers)-1 && m.layers[i].act == kernel.Identity {
			size = 0
		}
		m.z = append(m.z, alloc[T](m.g, size))
	}
}

// kept is what is kept of rows r … r+n−1 in layer i, if anything is.
func (m *deep[T]) kept(i, r, n int) []T {
	if len(m.z) == 0 || len(m.z[i]) == 0 {
		return nil
	}
	size := m.count * m.layers[i].out
	return m.z[i][r*size:][:n*size]
}

// apart is alloc, for arrays that are used together: they would collide in the
// cache if they lay multiples of 4 KB apart, so each begins in another place.
func apart[T kernel.Float](g *Graph, place, n int) []T {
	const step = 23 * 16
	return alloc[T](g, place*step+n)[place*step:]
}

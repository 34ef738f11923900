package graph

import "eddy/internal/kernel"

// Where the taps g₀, g₁, g₂ stand among four matrices before they become U₀ … U₃,
// and where their gradients stand after those of U₀ … U₃ have become them.
var (
	tapsBefore = [3]int{0, 2, 3}
	tapsAfter  = [3]int{0, 1, 3}
)

// pack writes panel j of the weights w [taps, K, N], transformed.
func (p *winogradProduct[T]) pack(u, w []T, j int) {
	width, taps := min(panelWidth, p.n-j*panelWidth), p.taps()
	size := p.c * width
	for t := range taps {
		dst := sample(u, p.place(t), size)
		for r := range p.c {
			copy(dst[r*width:][:width], w[(t*p.c+r)*p.n+j*panelWidth:])
		}
	}
	p.expand(u, size)
}

// packReversed takes weights [taps, N, K], the last tap first.
func (p *winogradProduct[T]) packReversed(u, w []T, j int) {
	width, taps := min(panelWidth, p.n-j*panelWidth), p.taps()
	size := p.c * width
	for t := range taps {
		kernel.Transpose(sample(u, p.place(taps-1-t), size), w[(t*p.n+j*panelWidth)*p.c:][:size], width, p.c)
	}
	p.expand(u, size)
}

func (t *tiles[T]) taps() int { return points(t.k.taps) }

// place is where tap t stands before it is transformed.
func (t *tiles[T]) place(tap int) int { return 4*tapsBefore[tap/3] + tapsBefore[tap%3] }

// expandBlock is the number of elements of a matrix that are transformed while
// they are in the first-level cache.
const expandBlock = 1024

// expand turns taps into U, along each axis.
func (t *tiles[T]) expand(u []T, size int) {
	for lo := 0; lo < size; lo += expandBlock {
		n := min(expandBlock, size-lo)
		at := func(k int) []T { return u[k*size+lo:][:n] }
		if t.outer == 4 {
			for _, k := range tapsBefore {
				expand(at(k), at(4+k), at(8+k), at(12+k))
			}
		}
		for i := 0; i < 4*t.outer; i += 4 {
			expand(at(i), at(i+1), at(i+2), at(i+3))
		}
	}
}

// expand turns g₀, any numbers, g₁, g₂ into
//
//	U₀ … U₃ = g₀, (g₁ + g₀ + g₂)/2, (g₁ − g₀ − g₂)/2, g₂.
func expand[T kernel.Float](u0, u1, u2, u3 []T) {
	kernel.AddInto(u1, u0, u3)
	scale(0.5, u1, u2)
	x, y := kernel.Rows[T]{Data: u2}, kernel.Rows[T]{Data: u1}
	kernel.Butterfly(1, len(u0), y, x, x, y)
}

// contract is the transpose of expand: it turns gradients of U₀ … U₃ into those
// of g₀, g₁ and g₂ in the places of the first two and the last.
func contract[T kernel.Float](u0, u1, u2, u3 []T) {
	butterfly(u1, u2)
	scale(0.5, u1, u2)
	kernel.AddTo(u0, u2)
	kernel.AddTo(u3, u2)
}

// winogradWeights computes the gradient with respect to the weights: the products
// V_kᵀ Z_k of transformed inputs and gradients of outputs, for every k a matrix
// [I, O], which end as the gradients of the taps. Those that end as a tap stand in
// its place from the start.
type winogradWeights[T kernel.Float] struct {
	g            *Graph
	batch, group int
	x, y         *tiles[T]
	u            [16][]T // of a run
}

func (c *winograd[T]) weights() *winogradWeights[T] {
	p := &winogradWeights[T]{g: c.g, batch: c.batch, group: c.group, x: newTiles[T](c.k, c.ci, c.group), y: newTiles[T](c.k, c.co, c.group)}
	reserve[T](c.g, p.room())
	return p
}

// room is the size of all tiles, of the matrices that are no taps, and of the
// workers' lines.
func (p *winogradWeights[T]) room() int {
	return p.x.size() + p.y.size() + (4*p.x.outer-p.x.taps())*p.x.c*p.y.c + p.g.pool.Workers()*p.x.room()
}

func (p *winogradWeights[T]) run(gw, x, gy []T) {
	pool, room, size := p.g.pool, scratch[T](p.g, p.room()), p.x.c*p.y.c
	v, room := room[:p.x.size()], room[p.x.size():]
	z, room := room[:p.y.size()], room[p.y.size():]
	work := p.place(gw, room, size)
	coarse := points(p.y.k.coarse) * p.y.c
	for s := 0; s < p.batch; s += p.group {
		lines := min(p.group, p.batch-s) * p.x.lines
		pool.For(lines, func(l, w int) {
			p.x.inputsOf(v, l, x, s*p.x.lines+l, sample(work, w, p.x.room()))
			p.y.outputs(z, l, sample(gy, s+l/p.y.lines, coarse), l%p.y.lines)
		})
		blocks := ceil(p.x.c, gradRows)
		pool.For(blocks*4*p.x.outer, func(i, _ int) { p.products(i%(4*p.x.outer), i/(4*p.x.outer)*gradRows, lines, v, z, s == 0) })
	}
	p.g.split(size, 4*p.x.outer, p.contract)
}

// place puts the matrices in their places, and returns the rest of room.
func (p *winogradWeights[T]) place(gw, room []T, size int) []T {
	clear(p.u[:])
	for t := range p.x.taps() {
		p.u[4*tapsAfter[t/3]+tapsAfter[t%3]] = sample(gw, t, size)
	}
	for k := range 4 * p.x.outer {
		if p.u[k] == nil {
			p.u[k], room = room[:size], room[size:]
		}
	}
	return room
}

// products adds rows r and on of product k up, over some lines of tiles.
func (p *winogradWeights[T]) products(k, r, lines int, v, z []T, first bool) {
	rows, n := min(gradRows, p.x.c-r), p.y.c
	dst, acc := p.u[k][r*n:][:rows*n], kernel.Plus
	if first {
		clear(dst)
	}
	if k%4 == 3 {
		acc = kernel.Minus
	}
	kernel.Gemm(rows, n, lines*p.x.width, v[p.x.at(k, 0)+r:], 1, 2*p.x.ld, z[p.y.at(k, 0):], 2*p.y.ld, dst, n, acc)
}

// contract ends the gradients of elements lo … hi−1 of the taps.
func (p *winogradWeights[T]) contract(lo, hi int) {
	at := func(k int) []T { return p.u[k][lo:hi] }
	for i := 0; i < 4*p.x.outer; i += 4 {
		contract(at(i), at(i+1), at(i+2), at(i+3))
	}
	if p.x.outer == 4 {
		for _, k := range tapsAfter {
			contract(at(k), at(4+k), at(8+k), at(12+k))
		}
	}
}

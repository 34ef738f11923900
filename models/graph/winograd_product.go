package graph

import "eddy/internal/kernel"

// mergedTiles is the number of tiles that are worth to read a panel of weights,
// where lines follow each other.
const mergedTiles = 128

// winogradProduct computes y = act(bias + (the convolution of x with some weights)).
// It takes the weights some panels at a time, transformed, [panels][4 or
// 16][K, 64]: they stay in the cache, as do the tiles.
type winogradProduct[T kernel.Float] struct {
	*tiles[T]
	g            *Graph
	batch, group int
	n            int // channels of y
	panels       int // at a time
	merged       int // lines of tiles that are multiplied together
	act          activated[T]
}

func (c *winograd[T]) product(k *window, depth, n int) *winogradProduct[T] {
	p := &winogradProduct[T]{tiles: newTiles[T](k, depth, c.group), g: c.g, batch: c.batch, group: c.group, n: n, merged: 1}
	if p.outer == 1 && k.coarse[1]%2 == 0 {
		p.merged = max(1, mergedTiles/p.width)
	}
	if p.narrow() {
		p.held = p.merged
	}
	p.panels = max(1, min(ceil(n, panelWidth), tileRoom/p.panel()))
	reserve[T](c.g, p.arrays()*p.size()+p.panels*p.panel()+c.g.pool.Workers()*p.work())
	return p
}

// narrow tells whether the weights are a single panel, so that tiles are used
// once.
func (p *winogradProduct[T]) narrow() bool { return p.n <= panelWidth }

// arrays is the number of arrays of tiles: of all workers together, or of each.
func (p *winogradProduct[T]) arrays() int {
	if p.narrow() {
		return p.g.pool.Workers()
	}
	return 1
}

// panel is the size of a panel of weights.
func (p *winogradProduct[T]) panel() int { return 4 * p.outer * p.c * panelWidth }

// work is the size of a worker's buffer: for a line of points, or for the
// products m₁ and m₂ and on two axes those of lines.
func (p *winogradProduct[T]) work() int {
	return max(p.room(), (2*p.merged*p.width+p.lineRoom())*panelWidth)
}

// lineRoom is the number of points of the two lines that a pair is made of.
func (p *winogradProduct[T]) lineRoom() int {
	if p.outer == 1 {
		return 0
	}
	return 2 * p.k.coarse[1]
}

// run does it. pack writes panel j of the weights.
func (p *winogradProduct[T]) run(y, x, bias []T, pack func(u []T, j int)) {
	room := scratch[T](p.g, p.arrays()*p.size()+p.panels*p.panel()+p.g.pool.Workers()*p.work())
	u, room := room[:p.panels*p.panel()], room[p.panels*p.panel():]
	v, work := room[:p.arrays()*p.size()], room[p.arrays()*p.size():]
	if p.narrow() {
		pack(u, 0)
		p.passOnce(y, x, bias, u, v, work)
		return
	}
	for first := 0; first < ceil(p.n, panelWidth); first += p.panels {
		count := min(p.panels, ceil(p.n, panelWidth)-first)
		p.g.pool.For(count, func(j, _ int) { pack(sample(u, j, p.panel()), first+j) })
		p.pass(y, x, bias, u, v, work, first, count)
	}
	p.act.applyAll(p.g, y)
}

// passOnce makes tiles and multiplies them at once.
func (p *winogradProduct[T]) passOnce(y, x, bias, u, v, work []T) {
	lines := p.batch * p.lines
	p.g.pool.For(ceil(lines, p.merged), func(i, w int) {
		v, work, at := sample(v, w, p.size()), sample(work, w, p.work()), i*p.merged
		n := min(p.merged, lines-at)
		for l := range n {
			p.inputsOf(v, l, x, at+l, work)
		}
		p.panelOf(y, at, n, v, 0, u, 0, bias, work)
		p.act.apply(y, p.first(at)*p.n, p.first(at+n)*p.n)
	})
}

// first is the first point of outputs that line at of tiles makes.
func (p *winogradProduct[T]) first(at int) int {
	line := at / p.lines * p.k.coarse[0]
	if p.outer == 4 {
		line += at % p.lines * 2
	}
	return line * p.k.coarse[1]
}

// pass takes all samples past some panels of weights, after it has made their
// tiles, where they are not there from the pass before.
func (p *winogradProduct[T]) pass(y, x, bias, u, v, work []T, first, count int) {
	for s := 0; s < p.batch; s += p.group {
		at, lines := s*p.lines, min(p.group, p.batch-s)*p.lines
		if first == 0 || p.group < p.batch {
			p.g.pool.For(lines, func(l, w int) { p.inputsOf(v, l, x, at+l, sample(work, w, p.work())) })
		}
		parts := ceil(lines, p.merged)
		p.g.pool.For(count*parts, func(i, w int) {
			j, l := i/parts, i%parts*p.merged
			p.panelOf(y, at+l, min(p.merged, lines-l), v, l, sample(u, j, p.panel()), first+j, bias, sample(work, w, p.work()))
		})
	}
}

// panelOf computes panel j's columns of n lines of tiles.
func (p *winogradProduct[T]) panelOf(y []T, line, n int, v []T, l int, u []T, j int, bias, work []T) {
	width := min(panelWidth, p.n-j*panelWidth)
	if bias != nil {
		bias = bias[j*panelWidth:][:width]
	}
	b := winogradLine[T]{winogradProduct: p, v: v, l: l, u: u, width: width, tiles: n * p.width, points: n * p.k.coarse[1]}
	b.work = work[p.lineRoom()*panelWidth:]
	even, size := y[p.first(line)*p.n+j*panelWidth:], p.k.coarse[1]*p.n
	if p.outer == 1 {
		b.multiply(even, p.n, 0, bias, kernel.Set)
		return
	}
	m1, m2 := halves(work, b.points*width)
	b.multiply(m1, width, 1, bias, kernel.Set)
	b.multiply(m2, width, 2, nil, kernel.Set)
	a, c, top := kernel.Rows[T]{Data: m1, Step: width}, kernel.Rows[T]{Data: m2, Step: width}, kernel.Rows[T]{Data: even, Step: p.n}
	if line%p.lines*2+1 == p.k.coarse[0] {
		kernel.Butterfly(b.points, width, top, c, a, c)
		b.multiply(even, p.n, 0, nil, kernel.Plus)
		return
	}
	odd := even[size:]
	kernel.Butterfly(b.points, width, top, kernel.Rows[T]{Data: odd, Step: p.n}, a, c)
	b.multiply(even, p.n, 0, nil, kernel.Plus)
	b.multiply(odd, p.n, 3, nil, kernel.Plus)
}

// winogradLine is the product of one panel and a line of tiles, or several.
type winogradLine[T kernel.Float] struct {
	*winogradProduct[T]
	v             []T
	l             int
	u             []T
	width         int
	tiles, points int
	work          []T
}

// multiply adds the outputs along the second axis to y, whose points are ld
// apart, or sets them, with combination i along the first axis.
func (b *winogradLine[T]) multiply(y []T, ld, i int, bias []T, acc kernel.Acc) {
	w, odd, step := b.width, b.points/2, 2*b.ld
	m1, m2 := halves(b.work, b.tiles*w)
	a := func(k int) []T { return b.v[b.at(4*i+k, b.l):] }
	u := func(k int) []T { return b.u[(4*i+k)*b.c*w:] }
	if bias != nil {
		kernel.GemmBias(b.tiles, w, b.c, a(1), step, 1, u(1), w, bias, m1, w)
	} else {
		kernel.Gemm(b.tiles, w, b.c, a(1), step, 1, u(1), w, m1, w, kernel.Set)
	}
	kernel.Gemm(b.tiles, w, b.c, a(2), step, 1, u(2), w, m2, w, kernel.Set)
	even, next := kernel.Rows[T]{Data: y, Step: 2 * ld}, kernel.Rows[T]{Data: y, At: ld, Step: 2 * ld}
	p, q := kernel.Rows[T]{Data: m1, Step: w}, kernel.Rows[T]{Data: m2, Step: w}
	if acc == kernel.Set {
		kernel.Butterfly(odd, w, even, next, p, q)
	} else {
		kernel.ButterflyAdd(odd, w, even, next, p, q)
	}
	if odd < b.tiles { // the last output of a line has no neighbour
		last := y[odd*2*ld:][:w]
		if acc == kernel.Set {
			clear(last)
		}
		kernel.AddTo(last, m1[odd*w:][:w])
		kernel.AddTo(last, m2[odd*w:][:w])
	}
	kernel.Gemm(b.tiles, w, b.c, a(0), step, 1, u(0), w, y, 2*ld, kernel.Plus)
	if odd > 0 {
		kernel.Gemm(odd, w, b.c, a(3), step, 1, u(3), w, y[ld:], 2*ld, kernel.Minus)
	}
}

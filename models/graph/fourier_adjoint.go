package graph

import "eddy/internal/kernel"

// fourierAdjoint computes the gradients of Fourier layers, the last first. For
// one layer, with δ = gy ∘ act′,
//
//	gW = xᵀ δ,  gb = Σ δ,  gS = conj(X̂)ᵀ Δ̂,  gx = δ Wᵀ + Fᵀ( Δ̂ conj(S)ᵀ ),
//
// where Δ̂ is the adjoint of the inverse transform applied to δ.
type fourierAdjoint[T kernel.Float] struct {
	*fourier[T]
	layers []*layerAdjoint[T]
	dhat   []T   // [B][2, K, O], of the layer at hand
	ghat   []T   // [B][2, K, I]
	st     [][]T // per worker, the transposed matrices of a mode
	delta  [][]T // per worker, δ of the points at hand
}

// layerAdjoint is the state of one layer's gradients.
type layerAdjoint[T kernel.Float] struct {
	*fourierLayer[T]
	gx         []T // [B, N…, I]; nil where the input needs no gradient
	gy         []T // [B, N…, O]; the last layer's is the gradient of the output
	gs, gw, gb grad[T]
	sw, sb     partial[T]
	wt         []T
}

func (f *fourier[T]) adjoint(in []*Node, out, gy *Node, need []bool) []*Node {
	g := f.g
	a := &fourierAdjoint[T]{fourier: f}
	outs := []grad[T]{gradOf[T](g, "x", in[0], need[0])}
	xs, ys, wide, widest := 0, 0, 0, 0
	var hidden []T // the gradient between two layers
	for i, l := range f.layers {
		d := a.layer(l, in[3*i+1:3*i+4], need[3*i+1:3*i+4])
		if d.gx = outs[0].buf; i > 0 {
			if i == 1 || l.ci != f.layers[i-1].ci { // else in place: a row is read before it is written
				hidden = alloc[T](g, f.batch*f.size*l.ci)
			}
			d.gx, a.layers[i-1].gy = hidden, hidden
		}
		a.layers = append(a.layers, d)
		outs = append(outs, d.gs, d.gw, d.gb)
		xs, ys, wide = max(xs, l.xs), max(ys, l.ys), max(wide, l.ci*l.co)
		widest = max(widest, l.co)
	}
	longest := 0
	for _, k := range f.t.last.chunks() {
		longest = max(longest, k.hi-k.lo+k.images())
	}
	a.delta = perWorker[T](g, longest*widest)
	a.dhat, a.ghat, a.st = alloc[T](g, f.batch*ys), alloc[T](g, f.batch*xs), perWorker[T](g, 2*wide)
	inputs := append(in[:len(in):len(in)], out, gy)
	return adjoints(g, "fourier.adjoint", inputs, outs, func(in [][]T) { a.run(in[len(in)-1]) })
}

func (a *fourierAdjoint[T]) layer(l *fourierLayer[T], in []*Node, need []bool) *layerAdjoint[T] {
	g, parts := a.g, min(a.g.shards, a.batch)
	d := &layerAdjoint[T]{fourierLayer: l, wt: alloc[T](g, l.ci*l.co)}
	d.gs, d.gw, d.gb = gradOf[T](g, "s", in[0], need[0]), gradOf[T](g, "w", in[1], need[1]), gradOf[T](g, "b", in[2], need[2])
	d.sw, d.sb = newPartial[T](g, len(d.gw.buf), parts), newPartial[T](g, len(d.gb.buf), parts)
	return d
}

func (a *fourierAdjoint[T]) run(gy []T) {
	pool, last := a.g.pool, len(a.layers)-1
	parts := min(a.g.shards, a.batch)
	a.layers[last].gy = gy
	for _, l := range a.layers {
		kernel.Transpose(l.wt, l.w, l.ci, l.co)
	}
	for i := last; i >= 0; i-- {
		l := a.layers[i]
		pool.For(parts, func(part, worker int) {
			clear(l.sw.parts[part])
			clear(l.sb.parts[part])
			lo, hi := span(a.batch, part, parts)
			for b := lo; b < hi; b++ {
				if i < last {
					a.input(a.layers[i+1], b, a.work[worker])
				}
				a.local(l, part, b, worker)
			}
		})
		pool.For(a.k, func(k, worker int) { a.mode(l, k, worker) })
		l.sw.reduce(l.gw.buf)
		l.sb.reduce(l.gb.buf)
	}
	if first := a.layers[0]; first.gx != nil {
		pool.For(a.batch, func(b, worker int) { a.input(first, b, a.work[worker]) })
	}
}

// local does for sample b of a layer what does not mix modes. δ is never
// stored: it goes from the few points at hand into the transform.
func (a *fourierAdjoint[T]) local(l *layerAdjoint[T], part, b, worker int) {
	w, last, hat := a.work[worker], a.t.last, sample(a.dhat, b, l.ys)
	lines := a.t.linesOf(hat, w)
	for r := range a.t.rows {
		at := b*a.size + r*a.t.n
		for i, k := range last.chunks() {
			points := a.delta[worker]
			images := points[(k.hi-k.lo)*l.co:]
			done := 0
			k.parts(func(p, n int) {
				a.pointwise(l, part, at+p, n, points[done*l.co:][:n*l.co])
				done += n
			})
			last.fold(k, w, points, images, l.co)
			last.analyse(inverse, k, lines[r*2*a.t.m*l.co:], w, l.co, i == 0)
		}
	}
	a.t.reduce(hat, w, l.co)
}

// pointwise computes δ of n points, and what W and b get from them.
func (a *fourierAdjoint[T]) pointwise(l *layerAdjoint[T], part, at, n int, delta []T) {
	gy := l.gy[at*l.co:][:n*l.co]
	if l.slope == nil {
		copy(delta, gy)
	} else {
		kernel.Mul(delta, gy, l.slope[at*l.co:][:n*l.co])
	}
	if l.gw.buf != nil {
		kernel.Gemm(l.ci, l.co, n, l.x[at*l.ci:], 1, l.ci, delta, l.co, l.sw.parts[part], l.co, kernel.Plus)
	}
	if l.gb.buf != nil {
		kernel.ColSum(l.sb.parts[part], delta, n, l.co)
	}
	if l.gx != nil {
		kernel.Gemm(n, l.ci, l.co, delta, l.co, 1, l.wt, l.ci, l.gx[at*l.ci:], l.ci, kernel.Set)
	}
}

// mode computes the gradients of mode k's matrix and of the coefficients
// that it multiplied.
func (a *fourierAdjoint[T]) mode(l *layerAdjoint[T], k, worker int) {
	ci, co := l.ci, l.co
	dr, di := a.dhat[k*co:], a.dhat[(a.k+k)*co:]
	if l.gs.buf != nil {
		xr, xi := l.xhat[k*ci:], l.xhat[(a.k+k)*ci:]
		gr, gi := l.gs.buf[2*k*ci*co:], l.gs.buf[(2*k+1)*ci*co:]
		kernel.Gemm(ci, co, a.batch, xr, 1, l.xs, dr, l.ys, gr, co, kernel.Set)
		kernel.Gemm(ci, co, a.batch, xi, 1, l.xs, di, l.ys, gr, co, kernel.Plus)
		kernel.Gemm(ci, co, a.batch, xr, 1, l.xs, di, l.ys, gi, co, kernel.Set)
		kernel.Gemm(ci, co, a.batch, xi, 1, l.xs, dr, l.ys, gi, co, kernel.Minus)
	}
	if l.gx == nil {
		return
	}
	sr, si := a.st[worker][:ci*co], a.st[worker][ci*co:2*ci*co]
	kernel.Transpose(sr, l.s[2*k*ci*co:][:ci*co], ci, co)
	kernel.Transpose(si, l.s[(2*k+1)*ci*co:][:ci*co], ci, co)
	hr, hi := a.ghat[k*ci:], a.ghat[(a.k+k)*ci:]
	kernel.Gemm(a.batch, ci, co, dr, l.ys, 1, sr, ci, hr, l.xs, kernel.Set)
	kernel.Gemm(a.batch, ci, co, di, l.ys, 1, si, ci, hr, l.xs, kernel.Plus)
	kernel.Gemm(a.batch, ci, co, di, l.ys, 1, sr, ci, hi, l.xs, kernel.Set)
	kernel.Gemm(a.batch, ci, co, dr, l.ys, 1, si, ci, hi, l.xs, kernel.Minus)
}

// input adds the transform's part to the gradient of sample b of a layer's
// input.
func (a *fourierAdjoint[T]) input(l *layerAdjoint[T], b int, w *work[T]) {
	lines, last := a.t.expand(sample(a.ghat, b, l.xs), w, l.ci), a.t.last
	for r := range a.t.rows {
		gx := l.gx[(b*a.size+r*a.t.n)*l.ci:][:a.t.n*l.ci]
		for _, k := range last.chunks() {
			last.synthesise(forward, k, gx[k.lo*l.ci:], gx[k.mirror*l.ci:], lines[r*2*a.t.m*l.ci:], w, l.ci)
		}
	}
}

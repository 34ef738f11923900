package graph

import "eddy/internal/kernel"

// fourierAdjoint computes the gradients of a block, with δ = gy ∘ act′:
//
//	gW = xᵀ δ,  gb = Σ δ,  gS = conj(X̂)ᵀ Δ̂,  gx = δ Wᵀ + Fᵀ( Δ̂ conj(S)ᵀ ),
//
// where Δ̂ is the adjoint of the inverse transform applied to δ.
type fourierAdjoint[T kernel.Float] struct {
	*fourier[T]
	need           []bool
	gx, gs, gw, gb grad[T]
	sw, sb         partial[T]
	wt             []T
	delta          []T // [B, N…, O], where the block has an activation
	dhat           []T // [B][2, K, O]
	ghat           []T // [B][2, K, I]
	st             [][]T
}

func (f *fourier[T]) adjoint(in []*Node, out, gy *Node, need []bool) []*Node {
	g := f.g
	parts := min(shards, f.batch)
	a := &fourierAdjoint[T]{fourier: f, need: need}
	a.gx, a.gs = gradOf[T](g, "x", in[0], need[0]), gradOf[T](g, "s", in[1], need[1])
	a.gw, a.gb = gradOf[T](g, "w", in[2], need[2]), gradOf[T](g, "b", in[3], need[3])
	a.sw, a.sb = newPartial[T](g, len(a.gw.buf), parts), newPartial[T](g, len(a.gb.buf), parts)
	a.wt, a.dhat = alloc[T](g, f.ci*f.co), alloc[T](g, f.batch*f.ys)
	if f.slope != nil {
		a.delta = alloc[T](g, f.batch*f.size*f.co)
	}
	if need[0] {
		a.ghat = alloc[T](g, f.batch*f.xs)
		a.st = perWorker[T](g, 2*f.ci*f.co)
	}
	run := func(in [][]T) { a.run(in[0], in[1], in[2], in[4]) }
	return adjoints(g, "fourier.adjoint", []*Node{in[0], in[1], in[2], out, gy}, []grad[T]{a.gx, a.gs, a.gw, a.gb}, run)
}

func (a *fourierAdjoint[T]) run(x, s, w, gy []T) {
	pool, parts := a.g.pool, len(a.sw.parts)
	kernel.Transpose(a.wt, w, a.ci, a.co)
	pool.For(parts, func(i, worker int) {
		clear(a.sw.parts[i])
		clear(a.sb.parts[i])
		lo, hi := span(a.batch, i, parts)
		for b := lo; b < hi; b++ {
			a.local(i, b, a.buf[worker], x, gy)
		}
	})
	pool.For(a.k, func(k, worker int) { a.mode(k, worker, s) })
	if a.need[0] {
		pool.For(a.batch, func(b, worker int) { a.input(b, a.buf[worker]) })
	}
	a.sw.reduce(a.gw.buf)
	a.sb.reduce(a.gb.buf)
}

// local does for sample b what does not mix modes.
func (a *fourierAdjoint[T]) local(i, b int, buf, x, gy []T) {
	d := sample(gy, b, a.size*a.co)
	for p := 0; p < a.size; p += rowBlock {
		n, at := min(rowBlock, a.size-p), b*a.size+p
		z := gy[at*a.co:][:n*a.co]
		if a.slope != nil {
			z = a.delta[at*a.co:][:n*a.co]
			kernel.Mul(z, gy[at*a.co:][:n*a.co], a.slope[at*a.co:][:n*a.co])
		}
		if a.need[2] {
			kernel.Gemm(a.ci, a.co, n, x[at*a.ci:], 1, a.ci, z, a.co, a.sw.parts[i], a.co, kernel.Plus)
		}
		if a.need[3] {
			kernel.ColSum(a.sb.parts[i], z, n, a.co)
		}
		if a.need[0] {
			kernel.Gemm(n, a.ci, a.co, z, a.co, 1, a.wt, a.ci, a.gx.buf[at*a.ci:], a.ci, kernel.Set)
		}
	}
	if a.slope != nil {
		d = sample(a.delta, b, a.size*a.co)
	}
	a.t.analyse(a.t.g, sample(a.dhat, b, a.ys), d, buf, a.co)
}

// mode computes the gradients of mode k's matrix and of the coefficients
// that it multiplied.
func (a *fourierAdjoint[T]) mode(k, worker int, s []T) {
	ci, co := a.ci, a.co
	dr, di := a.dhat[k*co:], a.dhat[(a.k+k)*co:]
	if a.need[1] {
		xr, xi := a.xhat[k*ci:], a.xhat[(a.k+k)*ci:]
		gr, gi := a.gs.buf[2*k*ci*co:], a.gs.buf[(2*k+1)*ci*co:]
		kernel.Gemm(ci, co, a.batch, xr, 1, a.xs, dr, a.ys, gr, co, kernel.Set)
		kernel.Gemm(ci, co, a.batch, xi, 1, a.xs, di, a.ys, gr, co, kernel.Plus)
		kernel.Gemm(ci, co, a.batch, xr, 1, a.xs, di, a.ys, gi, co, kernel.Set)
		kernel.Gemm(ci, co, a.batch, xi, 1, a.xs, dr, a.ys, gi, co, kernel.Minus)
	}
	if !a.need[0] {
		return
	}
	sr, si := a.st[worker][:ci*co], a.st[worker][ci*co:]
	kernel.Transpose(sr, s[2*k*ci*co:][:ci*co], ci, co)
	kernel.Transpose(si, s[(2*k+1)*ci*co:][:ci*co], ci, co)
	hr, hi := a.ghat[k*ci:], a.ghat[(a.k+k)*ci:]
	kernel.Gemm(a.batch, ci, co, dr, a.ys, 1, sr, ci, hr, a.xs, kernel.Set)
	kernel.Gemm(a.batch, ci, co, di, a.ys, 1, si, ci, hr, a.xs, kernel.Plus)
	kernel.Gemm(a.batch, ci, co, di, a.ys, 1, sr, ci, hi, a.xs, kernel.Set)
	kernel.Gemm(a.batch, ci, co, dr, a.ys, 1, si, ci, hi, a.xs, kernel.Minus)
}

// input adds the transform's part to the gradient of sample b.
func (a *fourierAdjoint[T]) input(b int, buf []T) {
	lines := a.t.expand(sample(a.ghat, b, a.xs), buf, a.ci)
	n := a.size / a.t.rows
	for r := range a.t.rows {
		a.t.synthesise(a.t.f, a.gx.buf[(b*a.size+r*n)*a.ci:], lines, r, 0, n, a.ci, kernel.Plus)
	}
}

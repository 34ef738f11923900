package graph

import "eddy/internal/kernel"

// convAdjoint computes the gradients of a convolution, with pad the linear map
// that continues the grid,
//
//	gW_t = Σ x[i·Stride + t·Dilation − pad]ᵀ gy[i],  gb = Σ gy,
//	gx = padᵀ( Σ_t gy[i] W_tᵀ at i·Stride + t·Dilation ).
//
// On a window that is even, gx is the convolution of gy with the W_tᵀ in reverse
// order.
type convAdjoint[T kernel.Float] struct {
	*conv[T]
	ly   int
	py   []T        // gy, padded [B, P…, ly] on an even window, else [B, M…, ly]; nil where gy is that itself
	wt   *panels[T] // transposed weights
	back []T        // padded gx [B, P…, lx], where the window is not even
	sums partial[T] // of gb
}

func (c *conv[T]) adjoint(in []*Node, out, gy *Node, need []bool) []*Node {
	g, k := c.g, c.k
	gx, gw, gb := gradOf[T](g, "x", in[0], need[0]), gradOf[T](g, "w", in[1], need[1]), gradOf[T](g, "b", in[2], need[2])
	a := &convAdjoint[T]{conv: c, ly: lineOf[T](c.co), sums: newPartial[T](g, len(gb.buf), c.batch)}
	switch {
	case k.even:
		a.py = alloc[T](g, c.batch*points(k.padded)*a.ly)
	case a.ly != c.co:
		a.py = alloc[T](g, c.batch*points(k.coarse)*a.ly)
	}
	if need[0] {
		a.wt = newTransposedPanels[T](g, points(k.taps), c.co, c.ci)
		if !k.even {
			a.back = alloc[T](g, len(c.px))
		}
	}
	run := func(in [][]T) {
		y := a.take(in[3])
		if gb.buf != nil {
			biasGrad(g.pool, a.sums, gb.buf, in[3])
		}
		if gw.buf != nil {
			weightGrad(g.pool, k, c.batch, gw.buf, fineSide(k, c.px, c.ci, c.lx), y)
		}
		if gx.buf != nil {
			a.input(gx.buf, in[1], y.buf)
		}
	}
	return adjoints(g, "conv.adjoint", []*Node{in[0], in[1], out, gy}, []grad[T]{gx, gw, gb}, run)
}

// take readies gy for the products.
func (a *convAdjoint[T]) take(gy []T) operand[T] {
	k, n := a.k, points(a.k.coarse)
	switch {
	case k.even:
		padded := points(k.padded) * a.ly
		a.g.pool.For(a.batch, func(s, _ int) { pad(k, sample(a.py, s, padded), sample(gy, s, n*a.co), a.co, a.ly) })
		return insideSide(k, a.py, a.co, a.ly)
	case a.py != nil:
		a.g.pool.For(a.batch, func(s, _ int) { spread(sample(a.py, s, n*a.ly), sample(gy, s, n*a.co), a.co, a.ly) })
		return coarseSide(k, a.py, a.co, a.ly)
	}
	return coarseSide(k, gy, a.co, a.ly)
}

// input computes gx from what take made of gy.
func (a *convAdjoint[T]) input(gx, w, y []T) {
	k, wt := a.k, a.wt
	fine, padded, coarse := points(k.fine)*a.ci, points(k.padded), points(k.coarse)*a.ly
	if k.even {
		wt.packReversed(w)
		a.g.pool.For(wt.count()*a.batch, func(i, _ int) {
			j, s := i/a.batch, i%a.batch
			wt.gather(k, j, sample(gx, s, fine), sample(y, s, padded*a.ly), a.ly, nil)
		})
		return
	}
	wt.packTransposed(w)
	a.g.pool.For(wt.count()*a.batch, func(i, _ int) {
		j, s := i/a.batch, i%a.batch
		wt.scatter(k, j, sample(a.back, s, padded*a.lx), a.lx, sample(y, s, coarse), a.ly)
	})
	a.g.pool.For(a.batch, func(s, _ int) {
		dst := sample(gx, s, fine)
		clear(dst)
		fold(k, dst, sample(a.back, s, padded*a.lx), a.ci, a.lx)
	})
}

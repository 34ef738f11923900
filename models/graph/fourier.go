package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// FourierBlock is one block of a Fourier neural operator on a grid,
//
//	y = act( x W + b + F⁻¹( S · F x ) ),
//
// with F the Fourier transform truncated to the modes whose number per axis
// is given, and S a complex matrix for each mode: x [B, N…, I], S [K, 2, I, O],
// W [I, O], b [O], y [B, N…, O]. K is the product of 2·modes of all axes but
// the last, and modes of the last.
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, eq. (4).
func (g *Graph) FourierBlock(act kernel.Activation, modes []int, x, s, w, b *Node) *Node {
	xs, ws := x.Shape(), w.Shape()
	if len(xs) != len(modes)+2 || len(ws) != 2 || ws[0] != Channels(x) || b.Shape().TotalSize() != ws[1] {
		Fail("FourierBlock", []*Node{x, s, w, b}, "want x [B, N…, I], W [I, O], b [O] for %d axes", len(modes))
	}
	k := 1
	for a, m := range modes {
		n := xs[a+1]
		if last := a == len(modes)-1; last && m > n/2+1 || !last && 2*m > n {
			Fail("FourierBlock", []*Node{x}, "%d modes along an axis of %d points", m, n)
		} else if last {
			k *= m
		} else {
			k *= 2 * m
		}
	}
	if !slices.Equal([]int(s.Shape()), []int{k, 2, ws[0], ws[1]}) {
		Fail("FourierBlock", []*Node{x, s, w, b}, "want S [%d, 2, %d, %d]", k, ws[0], ws[1])
	}
	return pick(g, fourierBlock[float32], fourierBlock[float64])(g, act, modes, x, s, w, b)
}

// fourier is the state of one block.
type fourier[T kernel.Float] struct {
	g         *Graph
	t         *dft[T]
	act       kernel.Activation
	batch     int
	ci, co    int
	size      int // points of the grid
	k         int // modes
	xs, ys    int // strides of a sample's coefficients in and out
	xhat      []T // [B][2, K, I], kept for the adjoint
	yhat      []T // [B][2, K, O]
	slope     []T // act'
	buf, buf2 [][]T
}

func fourierBlock[T kernel.Float](g *Graph, act kernel.Activation, modes []int, x, s, w, b *Node) *Node {
	shape := x.Shape()
	f := &fourier[T]{
		g: g, t: newDFT[T](shape[1:len(shape)-1], modes), act: act,
		batch: shape[0], ci: Channels(x), co: w.Shape()[1],
	}
	f.size, f.k = Rows(x)/f.batch, f.t.modes()
	f.xs, f.ys = 2*f.k*f.ci+linePad, 2*f.k*f.co+linePad
	f.xhat, f.yhat = alloc[T](g, f.batch*f.xs), alloc[T](g, f.batch*f.ys)
	f.buf = perWorker[T](g, f.t.scratch(max(f.ci, f.co)))
	if g.training && act != kernel.Identity {
		f.slope = alloc[T](g, f.batch*f.size*f.co)
	}
	o := &op[T]{name: "fourier", shape: withChannels(shape, f.co)}
	o.forward = func(in [][]T, y []T) { f.forward(in[0], in[1], in[2], in[3], y) }
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node { return f.adjoint(in, out, gy, need) }
	return apply(g, o, x, s, w, b)
}

// sample returns part b of an array of samples.
func sample[T any](a []T, b, size int) []T { return a[b*size : (b+1)*size] }

func (f *fourier[T]) forward(x, s, w, bias, y []T) {
	pool := f.g.pool
	pool.For(f.batch, func(b, worker int) {
		f.t.analyse(f.t.f, sample(f.xhat, b, f.xs), sample(x, b, f.size*f.ci), f.buf[worker], f.ci)
	})
	pool.For(f.k, func(k, _ int) { f.mix(k, s) })
	pool.For(f.batch, func(b, worker int) { f.output(b, f.buf[worker], x, w, bias, y) })
}

// mix multiplies mode k of all samples by the mode's matrix: Ŷ = X̂ S.
func (f *fourier[T]) mix(k int, s []T) {
	ci, co := f.ci, f.co
	sr, si := s[2*k*ci*co:], s[(2*k+1)*ci*co:]
	xr, xi := f.xhat[k*ci:], f.xhat[(f.k+k)*ci:]
	yr, yi := f.yhat[k*co:], f.yhat[(f.k+k)*co:]
	kernel.Gemm(f.batch, co, ci, xr, f.xs, 1, sr, co, yr, f.ys, kernel.Set)
	kernel.Gemm(f.batch, co, ci, xi, f.xs, 1, si, co, yr, f.ys, kernel.Minus)
	kernel.Gemm(f.batch, co, ci, xr, f.xs, 1, si, co, yi, f.ys, kernel.Set)
	kernel.Gemm(f.batch, co, ci, xi, f.xs, 1, sr, co, yi, f.ys, kernel.Plus)
}

// output writes sample b of y, a few points at a time.
func (f *fourier[T]) output(b int, buf, x, w, bias, y []T) {
	lines := f.t.expand(sample(f.yhat, b, f.ys), buf, f.co)
	n := f.size / f.t.rows
	for r := range f.t.rows {
		for p := 0; p < n; p += rowBlock {
			q, at := min(rowBlock, n-p), b*f.size+r*n+p
			z := y[at*f.co:][:q*f.co]
			kernel.GemmBias(q, f.co, f.ci, x[at*f.ci:], f.ci, 1, w, f.co, bias, z, f.co)
			f.t.synthesise(f.t.g, z, lines, r, p, q, f.co, kernel.Plus)
			activate(f.act, z, f.slope, at*f.co)
		}
	}
}

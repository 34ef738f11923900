package graph

import (
	"slices"

	"eddy/internal/kernel"
)

// FourierLayer is one layer of a Fourier neural operator,
//
//	y = act( x W + b + F⁻¹( S · F x ) ),
//
// with F the Fourier transform truncated to some modes, and S a complex matrix
// for each mode: S [K, 2, I, O], W [I, O], b [O].
type FourierLayer struct {
	Act     kernel.Activation
	S, W, B *Node
}

// Fourier applies layers one after the other on a grid: x [B, N…, I], y
// [B, N…, O]. modes tells how many modes each axis keeps; K is the product of
// 2·modes of all axes but the last, and modes of the last.
//
// The layers are one operation since each sample then goes from one to the
// next while it is in the cache.
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, eq. (4).
func (g *Graph) Fourier(modes []int, x *Node, layers ...FourierLayer) *Node {
	xs := x.Shape()
	if len(xs) != len(modes)+2 || len(layers) == 0 {
		Fail("Fourier", []*Node{x}, "want x [B, N…, I] with %d axes, and one layer or more", len(modes))
	}
	k := 1
	for a, m := range modes {
		n, last := xs[a+1], a == len(modes)-1
		if last && m > n/2+1 || !last && 2*m > n {
			Fail("Fourier", []*Node{x}, "%d modes along an axis of %d points", m, n)
		}
		if k *= m; !last {
			k *= 2
		}
	}
	ci := Channels(x)
	for _, l := range layers {
		ws := l.W.Shape()
		if len(ws) != 2 || ws[0] != ci || l.B.Shape().TotalSize() != ws[1] || !slices.Equal([]int(l.S.Shape()), []int{k, 2, ci, ws[1]}) {
			Fail("Fourier", []*Node{x, l.S, l.W, l.B}, "want S [%d, 2, %d, O], W [%d, O] and b [O]", k, ci, ci)
		}
		ci = ws[1]
	}
	return pick(g, newFourier[float32], newFourier[float64])(g, modes, x, layers)
}

// fourier is the state of the layers.
type fourier[T kernel.Float] struct {
	g      *Graph
	t      *dft[T]
	batch  int
	size   int // points of the grid
	k      int // modes
	layers []*fourierLayer[T]
	work   []*work[T] // per worker, for transforms
}

// fourierLayer is the state of one layer.
type fourierLayer[T kernel.Float] struct {
	act     kernel.Activation
	ci, co  int
	xs, ys  int // strides of a sample's coefficients in and out
	x       []T // [B, N…, I]; the first layer's is the input
	y       []T // [B, N…, O]
	xhat    []T // [B][2, K, I], kept for the adjoint
	yhat    []T // [B][2, K, O]
	slope   []T // act′
	s, w, b []T
}

func newFourier[T kernel.Float](g *Graph, modes []int, x *Node, layers []FourierLayer) *Node {
	shape := x.Shape()
	widest, even := Channels(x), Channels(x)%2 == 0
	for _, l := range layers {
		co := l.W.Shape()[1]
		widest, even = max(widest, co), even && co%2 == 0
	}
	f := &fourier[T]{g: g, t: newDFT[T](shape[1:len(shape)-1], modes, even), batch: shape[0]}
	f.size, f.k = Rows(x)/f.batch, f.t.modes()
	xs := []*Node{x}
	for i, spec := range layers {
		l := f.layer(spec)
		if i > 0 {
			l.x = f.layers[i-1].y
		}
		if i < len(layers)-1 {
			l.y = alloc[T](g, f.batch*f.size*l.co)
		}
		f.layers = append(f.layers, l)
		xs = append(xs, spec.S, spec.W, spec.B)
	}
	f.work = f.t.newWork(g, widest)
	o := &op[T]{name: "fourier", shape: withChannels(shape, f.layers[len(layers)-1].co)}
	o.forward = f.forward
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node { return f.adjoint(in, out, gy, need) }
	return apply(g, o, xs...)
}

func (f *fourier[T]) layer(spec FourierLayer) *fourierLayer[T] {
	l := &fourierLayer[T]{act: spec.Act, ci: spec.W.Shape()[0], co: spec.W.Shape()[1]}
	l.xs, l.ys = 2*f.k*l.ci+linePad, 2*f.k*l.co+linePad
	l.xhat, l.yhat = alloc[T](f.g, f.batch*l.xs), alloc[T](f.g, f.batch*l.ys)
	if f.g.training && l.act != kernel.Identity {
		l.slope = alloc[T](f.g, f.batch*f.size*l.co)
	}
	return l
}

// sample returns part b of an array of samples.
func sample[T any](a []T, b, size int) []T { return a[b*size : (b+1)*size] }

// bind takes the inputs of a run: x, and S, W, b of each layer.
func (f *fourier[T]) bind(in [][]T) {
	f.layers[0].x = in[0]
	for i, l := range f.layers {
		l.s, l.w, l.b = in[3*i+1], in[3*i+2], in[3*i+3]
	}
}

func (f *fourier[T]) forward(in [][]T, y []T) {
	f.bind(in)
	f.layers[len(f.layers)-1].y = y
	pool := f.g.pool
	pool.For(f.batch, func(b, worker int) { f.analyse(f.layers[0], b, f.work[worker]) })
	for i, l := range f.layers {
		pool.For(f.k, func(k, _ int) { f.mix(l, k) })
		pool.For(f.batch, func(b, worker int) {
			f.output(l, b, f.work[worker])
			if i < len(f.layers)-1 {
				f.analyse(f.layers[i+1], b, f.work[worker])
			}
		})
	}
}

// analyse transforms sample b of a layer's input.
func (f *fourier[T]) analyse(l *fourierLayer[T], b int, w *work[T]) {
	f.t.analyse(sample(l.xhat, b, l.xs), sample(l.x, b, f.size*l.ci), w, l.ci)
}

// mix multiplies mode k of all samples by the mode's matrix: Ŷ = X̂ S.
func (f *fourier[T]) mix(l *fourierLayer[T], k int) {
	ci, co := l.ci, l.co
	sr, si := l.s[2*k*ci*co:], l.s[(2*k+1)*ci*co:]
	xr, xi := l.xhat[k*ci:], l.xhat[(f.k+k)*ci:]
	yr, yi := l.yhat[k*co:], l.yhat[(f.k+k)*co:]
	kernel.Gemm(f.batch, co, ci, xr, l.xs, 1, sr, co, yr, l.ys, kernel.Set)
	kernel.Gemm(f.batch, co, ci, xi, l.xs, 1, si, co, yr, l.ys, kernel.Minus)
	kernel.Gemm(f.batch, co, ci, xr, l.xs, 1, si, co, yi, l.ys, kernel.Set)
	kernel.Gemm(f.batch, co, ci, xi, l.xs, 1, sr, co, yi, l.ys, kernel.Plus)
}

// output writes sample b of a layer's output, a few points at a time.
func (f *fourier[T]) output(l *fourierLayer[T], b int, w *work[T]) {
	lines, last := f.t.expand(sample(l.yhat, b, l.ys), w, l.co), f.t.last
	for r := range f.t.rows {
		at := b*f.size + r*f.t.n
		x, y := l.x[at*l.ci:], l.y[at*l.co:][:f.t.n*l.co]
		for _, k := range last.chunks() {
			k.parts(func(p, n int) {
				kernel.GemmBias(n, l.co, l.ci, x[p*l.ci:], l.ci, 1, l.w, l.co, l.b, y[p*l.co:], l.co)
			})
			last.synthesise(inverse, k, y[k.lo*l.co:], y[k.mirror*l.co:], lines[r*2*f.t.m*l.co:], w, l.co)
			k.parts(func(p, n int) { activate(l.act, y[p*l.co:][:n*l.co], l.slope, (at+p)*l.co) })
		}
	}
}

package graph

import (
	"math/cmplx"

	"eddy/internal/kernel"
)

// Symbol is the matrix M(k) [Out, In] that a [Graph.Multiplier] multiplies the
// Fourier coefficients by. Fill sets it for the mode k = (k₁, k₂, k₃), whole
// numbers and both signs, where m has zeros. M(−k) is conj M(k), so that fields
// stay real. Where a grid cannot tell k from −k along an axis, at half an even
// number of points, it takes the mean of both, so that an odd derivative is zero
// there.
//
//	slope := Scalar(func(k [3]int) complex128 { return complex(0, 2*math.Pi/length*float64(k[0])) })
type Symbol struct {
	Out, In int
	Fill    func(k [3]int, m []complex128)
}

// Scalar is the symbol that multiplies all channels by m(k).
func Scalar(m func(k [3]int) complex128) Symbol {
	return Symbol{1, 1, func(k [3]int, s []complex128) { s[0] = m(k) }}
}

// Multiplier is the linear map of fields x [B, N…, C] on a periodic grid of one
// to three axes,
//
//	y = F⁻¹( M(k) F x ),
//
// with C = In, and y of Out channels; a symbol of one channel is applied to each
// of any number. With m = 2πik/L it is a derivative, with (α + |2πk/L|²)^{s/2}
// the root of a Sobolev norm, with I − kkᵀ/|k|² the Leray projection. Any
// numbers of points will do; products of 2, 3 and 5 are fast. Samples share
// transforms in pairs, so rounding carries from one to the other; see
// [Graph.MultiplierApart].
func (g *Graph) Multiplier(x *Node, m Symbol) *Node { return g.multiply(x, m, 2) }

// MultiplierApart is [Graph.Multiplier] with the same bits for a sample in any
// company, as forecasts want it. It takes twice the time.
func (g *Graph) MultiplierApart(x *Node, m Symbol) *Node { return g.multiply(x, m, 1) }

func (g *Graph) multiply(x *Node, m Symbol, together int) *Node {
	dims := x.Dims() - 2
	if dims < 1 || dims > 3 {
		Fail("Multiplier", []*Node{x}, "want one to three axes [B, N…, C]")
	}
	if c := Channels(x); m.In != 1 && m.In != c || m.In == 1 && m.Out != 1 && c != 1 {
		Fail("Multiplier", []*Node{x}, "a symbol of %d channels to %d", m.In, m.Out)
	}
	return pick(g, multiplier[float32], multiplier[float64])(g, x, m, together)
}

func multiplier[T kernel.Float](g *Graph, x *Node, m Symbol, together int) *Node {
	points := x.Shape()[1 : x.Dims()-1]
	t := &multiplied[T]{out: m.Out, in: m.In, together: together, points: points}
	t.tabulate(g, x, m)
	return t.node(g, "multiplier", x)
}

// multiplied is a tabulated symbol.
type multiplied[T kernel.Float] struct {
	out, in  int
	together int // samples that go through a transform as one: 2, or 1
	points   []int
	re, im   []T // [N…, Out, In], over the number of points
}

// tabulate evaluates the symbol at the modes of the grid.
func (t *multiplied[T]) tabulate(g *Graph, x *Node, m Symbol) {
	size, total := m.Out*m.In, 1
	for _, n := range t.points {
		total *= n
	}
	t.re, t.im = alloc[T](g, total*size), alloc[T](g, total*size)
	here, mirrored := make([]complex128, size), make([]complex128, size)
	for i := range total {
		k := modeAt(t.points, i)
		t.symbolAt(here, k, m)
		t.symbolAt(mirrored, [3]int{-k[0], -k[1], -k[2]}, m)
		for j, v := range here {
			if d := cmplx.Abs(v - cmplx.Conj(mirrored[j])); !(d <= 1e-12*cmplx.Abs(v)) {
				Fail("Multiplier", []*Node{x}, "the symbol is %v at k = %v and %v at −k, want conjugates", v, k, mirrored[j])
			}
			t.re[i*size+j] = T(real(v) / float64(total))
			t.im[i*size+j] = T(imag(v) / float64(total))
		}
	}
}

// modeAt is mode i of the flat order: those above half the points are negative.
func modeAt(points []int, i int) (k [3]int) {
	for a := len(points) - 1; a >= 0; a-- {
		n := points[a]
		if k[a], i = i%n, i/n; 2*k[a] > n {
			k[a] -= n
		}
	}
	return k
}

// symbolAt sets dst to the symbol at k, the mean of it over both signs along
// the axes where they are one mode.
func (t *multiplied[T]) symbolAt(dst []complex128, k [3]int, m Symbol) {
	clear(dst)
	signs := [][3]int{k}
	for a, n := range t.points {
		if 2*k[a] == n || 2*k[a] == -n {
			for _, s := range signs {
				s[a] = -s[a]
				signs = append(signs, s)
			}
		}
	}
	part := make([]complex128, len(dst))
	for _, s := range signs {
		clear(part)
		m.Fill(s, part)
		for j, v := range part {
			dst[j] += v / complex(float64(len(signs)), 0)
		}
	}
}

// adjoint is the map by the conjugate transposed matrices.
func (t *multiplied[T]) adjoint(g *Graph) *multiplied[T] {
	size := t.out * t.in
	back := &multiplied[T]{out: t.in, in: t.out, together: t.together, points: t.points, re: alloc[T](g, len(t.re)), im: alloc[T](g, len(t.im))}
	for i := range len(t.re) / size {
		for o := range t.out {
			for j := range t.in {
				from, to := i*size+o*t.in+j, i*size+j*t.out+o
				back.re[to], back.im[to] = t.re[from], -t.im[from]
			}
		}
	}
	return back
}

// node applies the map to x. As it is linear with real coefficients in space,
// two samples may go through the transforms as the real and the imaginary part
// of one.
func (t *multiplied[T]) node(g *Graph, name string, x *Node) *Node {
	batch, channels := x.Shape()[0], Channels(x)
	w := &multiplying[T]{multiplied: t, batch: batch, repeat: channels / t.in, total: x.Shape().TotalSize() / (batch * channels)}
	w.lanes = min(ceil(batch, t.together), ceil(multiplierLanes, channels))
	parts := ceil(batch, t.together*w.lanes)
	for range g.pool.Workers() {
		w.plans = append(w.plans, w.plan())
	}
	room := w.total * 2 * w.lanes * w.repeat * (t.in + t.out)
	reserve[T](g, room*g.pool.Workers())

	o := &op[T]{name: name, shape: withChannels(x.Shape(), t.out*w.repeat)}
	o.forward = func(in [][]T, y []T) {
		space := scratch[T](g, room*g.pool.Workers())
		if parts < g.pool.Workers() && len(t.points) > 1 { // which then share the lines of each part
			for i := range parts {
				w.part(i, y, in[0], space[:room]).run(g.pool.For)
			}
			return
		}
		g.pool.For(parts, func(i, worker int) {
			w.part(i, y, in[0], space[worker*room:][:room]).run(func(n int, f func(i, worker int)) {
				for i := range n {
					f(i, worker)
				}
			})
		})
	}
	o.adjoint = func(_ []*Node, _, gy *Node, _ []bool) []*Node {
		return []*Node{t.adjoint(g).node(g, name+".adjoint", gy)}
	}
	return apply(g, o, x)
}

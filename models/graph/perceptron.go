package graph

import (
	"unsafe"

	"eddy/internal/kernel"
)

// Perceptron is the network of one hidden layer at each point,
//
//	y = act(x W₁ + b₁) W₂ + b₂,
//
// x [B, N…, I], W₁ [I, H], b₁ [H], W₂ [H, O], b₂ [O], y [B, N…, O]. A few rows
// at a time pass through both layers. The hidden values are kept for the
// adjoint where they are few; else it computes them again, which takes less
// time than to bring them from memory.
func (g *Graph) Perceptron(act kernel.Activation, x, w1, b1, w2, b2 *Node) *Node {
	s1, s2 := w1.Shape(), w2.Shape()
	ok := len(s1) == 2 && len(s2) == 2 && len(x.Shape()) >= 2 && s1[0] == Channels(x) && s2[0] == s1[1] &&
		b1.Shape().TotalSize() == s1[1] && b2.Shape().TotalSize() == s2[1]
	if !ok {
		Fail("Perceptron", []*Node{x, w1, b1, w2, b2}, "want x [B, …, I], W₁ [I, H], b₁ [H], W₂ [H, O] and b₂ [O]")
	}
	return pick(g, newPerceptron[float32], newPerceptron[float64])(g, act, x, w1, b1, w2, b2)
}

// perceptron is the state of one such network.
type perceptron[T kernel.Float] struct {
	g          *Graph
	act        kernel.Activation
	rows       int
	ci, ch, co int
	hidden     [][]T // [rowBlock, H] per worker, unless they are kept
	slope      [][]T // [rowBlock, H] per worker, in the adjoint alone
	kept       bool
	h, d       []T // [rows, H] where they are kept: h and act′
}

// keptBytes is what hidden values and their slopes may take to be kept: a part
// of the last cache.
const keptBytes = 8 << 20

func newPerceptron[T kernel.Float](g *Graph, act kernel.Activation, x, w1, b1, w2, b2 *Node) *Node {
	p := &perceptron[T]{g: g, act: act, rows: Rows(x), ci: Channels(x), ch: w1.Shape()[1], co: w2.Shape()[1]}
	var one T
	p.kept = g.training && 2*p.rows*p.ch*int(unsafe.Sizeof(one)) <= keptBytes
	if p.kept {
		p.h, p.d = alloc[T](g, p.rows*p.ch), alloc[T](g, p.rows*p.ch)
	} else {
		p.hidden = perWorker[T](g, rowBlock*p.ch)
	}
	o := &op[T]{name: "perceptron", shape: withChannels(x.Shape(), p.co)}
	o.forward = func(in [][]T, y []T) {
		parts := min(p.g.shards, p.rows)
		g.pool.For(parts, func(i, worker int) {
			lo, hi := span(p.rows, i, parts)
			for r := lo; r < hi; r += rowBlock {
				n := min(rowBlock, hi-r)
				h := p.hide(in, r, n, worker)
				kernel.GemmBias(n, p.co, p.ch, h, p.ch, 1, in[3], p.co, in[4], y[r*p.co:], p.co)
			}
		})
	}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node { return p.adjoint(in, gy, need) }
	return apply(g, o, x, w1, b1, w2, b2)
}

// hide computes the hidden values [n, H] of the rows from r on.
func (p *perceptron[T]) hide(in [][]T, r, n, worker int) []T {
	x, w, b := in[0][r*p.ci:], in[1], in[2]
	if p.kept {
		h := p.h[r*p.ch:][:n*p.ch]
		kernel.GemmBias(n, p.ch, p.ci, x, p.ci, 1, w, p.ch, b, h, p.ch)
		kernel.ActivateGrad(p.act, h, p.d[r*p.ch:][:n*p.ch], h)
		return h
	}
	h := p.hidden[worker][:n*p.ch]
	kernel.GemmBias(n, p.ch, p.ci, x, p.ci, 1, w, p.ch, b, h, p.ch)
	kernel.Activate(p.act, h, h)
	return h
}

// recall returns the hidden values of the rows from r on and their slopes.
func (p *perceptron[T]) recall(in [][]T, r, n, worker int) (h, slope []T) {
	if p.kept {
		return p.h[r*p.ch:][:n*p.ch], p.d[r*p.ch:][:n*p.ch]
	}
	h, slope = p.hidden[worker][:n*p.ch], p.slope[worker][:n*p.ch]
	kernel.GemmBias(n, p.ch, p.ci, in[0][r*p.ci:], p.ci, 1, in[1], p.ch, in[2], h, p.ch)
	kernel.ActivateGrad(p.act, h, slope, h)
	return h, slope
}

// perceptronAdjoint computes, with h = act(z), z = x W₁ + b₁ and
// δ = gy W₂ᵀ ∘ act′(z):
//
//	gW₂ = hᵀ gy,  gb₂ = Σ gy,  gW₁ = xᵀ δ,  gb₁ = Σ δ,  gx = δ W₁ᵀ.
type perceptronAdjoint[T kernel.Float] struct {
	*perceptron[T]
	gx       []T
	sums     [4]partial[T] // of W₁, b₁, W₂ᵀ, b₂: O is small, so W₂ is summed along H
	w1t, w2t []T
	delta    [][]T // [rowBlock, H] per worker
}

func (p *perceptron[T]) adjoint(in []*Node, gy *Node, need []bool) []*Node {
	g, parts := p.g, min(p.g.shards, p.rows)
	a := &perceptronAdjoint[T]{
		perceptron: p, w1t: alloc[T](g, p.ci*p.ch), w2t: alloc[T](g, p.ch*p.co),
		delta: perWorker[T](g, rowBlock*p.ch),
	}
	if !p.kept {
		p.slope = perWorker[T](g, rowBlock*p.ch)
	}
	outs := make([]grad[T], len(in))
	for i, name := range []string{"x", "w1", "b1", "w2", "b2"} {
		outs[i] = gradOf[T](g, name, in[i], need[i])
		if i > 0 {
			a.sums[i-1] = newPartial[T](g, in[i].Shape().TotalSize(), parts)
		}
	}
	a.gx = outs[0].buf
	run := func(in [][]T) {
		kernel.Transpose(a.w1t, in[1], p.ci, p.ch)
		kernel.Transpose(a.w2t, in[3], p.ch, p.co)
		g.pool.For(parts, func(i, worker int) { a.part(i, parts, worker, in) })
		for j, o := range outs[1:] {
			switch {
			case o.buf == nil:
			case j == 2:
				a.sums[j].reduce(a.w2t)
				kernel.Transpose(o.buf, a.w2t, p.co, p.ch)
			default:
				a.sums[j].reduce(o.buf)
			}
		}
	}
	return adjoints(g, "perceptron.adjoint", append(in[:len(in):len(in)], gy), outs, run)
}

// part does the rows of shard i.
func (a *perceptronAdjoint[T]) part(i, parts, worker int, in [][]T) {
	for j := range a.sums {
		clear(a.sums[j].parts[i])
	}
	lo, hi := span(a.rows, i, parts)
	for r := lo; r < hi; r += rowBlock {
		a.block(i, worker, r, min(rowBlock, hi-r), in)
	}
}

func (a *perceptronAdjoint[T]) block(i, worker, r, n int, in [][]T) {
	x, gy, delta := in[0][r*a.ci:], in[5][r*a.co:], a.delta[worker][:n*a.ch]
	h, slope := a.recall(in, r, n, worker)
	kernel.Gemm(a.co, a.ch, n, gy, 1, a.co, h, a.ch, a.sums[2].parts[i], a.ch, kernel.Plus)
	kernel.ColSum(a.sums[3].parts[i], gy[:n*a.co], n, a.co)
	kernel.Gemm(n, a.ch, a.co, gy, a.co, 1, a.w2t, a.ch, delta, a.ch, kernel.Set)
	kernel.Mul(delta, delta, slope)
	kernel.Gemm(a.ci, a.ch, n, x, 1, a.ci, delta, a.ch, a.sums[0].parts[i], a.ch, kernel.Plus)
	kernel.ColSum(a.sums[1].parts[i], delta, n, a.ch)
	if a.gx != nil {
		kernel.Gemm(n, a.ci, a.ch, delta, a.ch, 1, a.w1t, a.ci, a.gx[r*a.ci:], a.ci, kernel.Set)
	}
}

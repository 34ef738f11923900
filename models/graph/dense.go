package graph

import "eddy/internal/kernel"

// Dense is the layer y = act(x W + b) on the last axis: x [B, N…, I],
// W [I, O], b [O], y [B, N…, O].
func (g *Graph) Dense(act kernel.Activation, x, w, b *Node) *Node {
	ws := w.Shape()
	if len(ws) != 2 || len(x.Shape()) < 2 || ws[0] != Channels(x) || b.Shape().TotalSize() != ws[1] {
		Fail("Dense", []*Node{x, w, b}, "want x [B, …, I], W [I, O] and b [O]")
	}
	return pick(g, dense[float32], dense[float64])(g, act, x, w, b)
}

func dense[T kernel.Float](g *Graph, act kernel.Activation, x, w, b *Node) *Node {
	rows, ci, co := Rows(x), Channels(x), w.Shape()[1]
	var slope []T // act'(x W + b)
	if g.training && act != kernel.Identity {
		slope = alloc[T](g, rows*co)
	}
	parts := min(g.shards, rows)
	o := &op[T]{name: "dense", shape: withChannels(x.Shape(), co)}
	o.forward = func(in [][]T, y []T) {
		x, w, b := in[0], in[1], in[2]
		g.pool.For(parts, func(i, _ int) {
			lo, hi := span(rows, i, parts)
			for r := lo; r < hi; r += rowBlock {
				n := min(rowBlock, hi-r)
				z := y[r*co:][:n*co]
				kernel.GemmBias(n, co, ci, x[r*ci:], ci, 1, w, co, b, z, co)
				activate(act, z, slope, r*co)
			}
		})
	}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node {
		return denseAdjoint(g, slope, in, out, gy, need)
	}
	return apply(g, o, x, w, b)
}

// activate applies act to z in place, and keeps the derivative in slope[at:]
// where there is a slope.
func activate[T kernel.Float](act kernel.Activation, z, slope []T, at int) {
	switch {
	case act == kernel.Identity:
	case slope == nil:
		kernel.Activate(act, z, z)
	default:
		kernel.ActivateGrad(act, z, slope[at:][:len(z)], z)
	}
}

// denseAdjoint computes, with δ = gy ∘ act′:
// gx = δ Wᵀ, gW = xᵀ δ, gb = Σ δ over the rows.
func denseAdjoint[T kernel.Float](g *Graph, slope []T, in []*Node, out, gy *Node, need []bool) []*Node {
	rows, ci, co := Rows(in[0]), Channels(in[0]), Channels(out)
	parts := min(g.shards, rows)
	gx, gw, gb := gradOf[T](g, "x", in[0], need[0]), gradOf[T](g, "w", in[1], need[1]), gradOf[T](g, "b", in[2], need[2])
	sw, sb := newPartial[T](g, len(gw.buf), parts), newPartial[T](g, len(gb.buf), parts)
	wt := alloc[T](g, ci*co)
	delta := perWorker[T](g, rowBlock*co)
	block := func(x, gy []T, i, worker, r, n int) {
		d := gy[r*co:][:n*co]
		if slope != nil {
			d = delta[worker][:n*co]
			kernel.Mul(d, gy[r*co:][:n*co], slope[r*co:][:n*co])
		}
		if need[0] {
			kernel.Gemm(n, ci, co, d, co, 1, wt, ci, gx.buf[r*ci:], ci, kernel.Set)
		}
		if need[1] {
			kernel.Gemm(ci, co, n, x[r*ci:], 1, ci, d, co, sw.parts[i], co, kernel.Plus)
		}
		if need[2] {
			kernel.ColSum(sb.parts[i], d, n, co)
		}
	}
	run := func(in [][]T) {
		x, w, gy := in[0], in[1], in[3]
		kernel.Transpose(wt, w, ci, co)
		g.pool.For(parts, func(i, worker int) {
			clear(sw.parts[i])
			clear(sb.parts[i])
			lo, hi := span(rows, i, parts)
			for r := lo; r < hi; r += rowBlock {
				block(x, gy, i, worker, r, min(rowBlock, hi-r))
			}
		})
		sw.reduce(gw.buf)
		sb.reduce(gb.buf)
	}
	return adjoints(g, "dense.adjoint", []*Node{in[0], in[1], out, gy}, []grad[T]{gx, gw, gb}, run)
}

package graph

import (
	"fmt"

	"eddy/internal/kernel"
)

// deepAdjoint computes the gradients of a deep network. For each block of rows
// it goes back through the layers: with δ the gradient of z = x W + b, h that
// of the layer's input and x = act(z′) that input, computed again from z′,
//
//	h = δ Wᵀ,  gW = xᵀ δ,  gb = Σ δ over the rows of the values,
//
// and the adjoint of act at z′ makes h the next δ.
type deepAdjoint[T kernel.Float] struct {
	*deep[T]
	gx           []T
	gw, gb       []grad[T]
	sw, sb       []partial[T]
	wt           [][]T // transposed weights
	delta, spare [][]T // per worker, [S, block, C]
}

func (m *deep[T]) adjoint(name string, in []*Node, out, gy *Node, need []bool) []*Node {
	g, parts := m.g, min(shards, m.rows)
	x := gradOf[T](g, "x", in[0], need[0])
	a := &deepAdjoint[T]{deep: m, gx: x.buf}
	outs := []grad[T]{x}
	for i, l := range m.layers {
		gw := gradOf[T](g, fmt.Sprintf("w%d", i), in[1+2*i], need[1+2*i])
		gb := gradOf[T](g, fmt.Sprintf("b%d", i), in[2+2*i], need[2+2*i])
		a.gw, a.gb, outs = append(a.gw, gw), append(a.gb, gb), append(outs, gw, gb)
		a.sw = append(a.sw, newPartial[T](g, len(gw.buf), parts))
		a.sb = append(a.sb, newPartial[T](g, len(gb.buf), parts))
		a.wt = append(a.wt, alloc[T](g, l.in*l.out))
	}
	m.keep()
	a.delta, a.spare = perWorker[T](g, len(m.work[0].a)), perWorker[T](g, len(m.work[0].a))
	return adjoints(g, name+".adjoint", append(in[:len(in):len(in)], out, gy), outs, a.run)
}

func (a *deepAdjoint[T]) run(in [][]T) {
	for i, l := range a.layers {
		kernel.Transpose(a.wt[i], in[1+2*i], l.in, l.out)
	}
	a.each(func(shard, worker, r, n int) { a.back(shard, worker, r, n, in) }, func(shard int) {
		for i := range a.layers {
			clear(a.sw[i].parts[shard])
			clear(a.sb[i].parts[shard])
		}
	})
	a.g.pool.For(len(a.layers), func(i, _ int) {
		a.sw[i].reduce(a.gw[i].buf)
		a.sb[i].reduce(a.gb[i].buf)
	})
}

// back takes the gradients of rows r … r+n−1 back through all layers.
func (a *deepAdjoint[T]) back(shard, worker, r, n int, in [][]T) {
	w, last := &a.work[worker], len(a.layers)-1
	delta, h := a.delta[worker], a.spare[worker]
	gy, co := in[len(in)-1], a.layers[last].out
	for s := range a.count {
		copy(delta[s*n*co:][:n*co], gy[(s*a.rows+r)*co:])
	}
	a.turn(last, r, n, delta, w)
	for i := last; i > 0; i-- {
		ci, co := a.layers[i].in, a.layers[i].out
		kernel.Gemm(a.count*n, ci, co, delta, co, 1, a.wt[i], ci, h, ci, kernel.Set)
		x := a.turn(i-1, r, n, h, w)
		if a.gw[i].buf != nil {
			kernel.Gemm(ci, co, a.count*n, x, 1, ci, delta, co, a.sw[i].parts[shard], co, kernel.Plus)
		}
		a.bias(shard, i, n, delta)
		delta, h = h, delta
	}
	a.bias(shard, 0, n, delta)
	a.first(shard, r, n, delta, in[0])
}

// turn makes the gradient of layer i's output, in place, that of its z. It
// returns the output.
func (a *deepAdjoint[T]) turn(i, r, n int, h []T, w *deepWork[T]) []T {
	z := a.kept(i, r, n)
	if a.layers[i].act == kernel.Identity {
		return z
	}
	kernel.Pull(a.layers[i].act, a.second, h[:len(z)], w.a[:len(z)], z)
	return w.a
}

func (a *deepAdjoint[T]) bias(shard, i, n int, delta []T) {
	if co := a.layers[i].out; a.gb[i].buf != nil {
		kernel.ColSum(a.sb[i].parts[shard], delta[:n*co], n, co)
	}
}

// first does what is left in the first layer, whose input is constant but for
// the values.
func (a *deepAdjoint[T]) first(shard, r, n int, delta, x []T) {
	ci, co := a.layers[0].in, a.layers[0].out
	if a.gx != nil {
		kernel.Gemm(n, ci, co, delta, co, 1, a.wt[0], ci, a.gx[r*ci:], ci, kernel.Set)
	}
	if a.gw[0].buf == nil {
		return
	}
	gw := a.sw[0].parts[shard]
	kernel.Gemm(ci, co, n, x[r*ci:], 1, ci, delta, co, gw, co, kernel.Plus)
	at := n * co
	for d, s := range a.streams {
		kernel.Gemm(ci, co, n, a.along[d], 1, 0, delta[at:], co, gw, co, kernel.Plus)
		if at += n * co; s.Second {
			at += n * co
		}
	}
}

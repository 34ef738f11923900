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
	gx     []T
	gw, gb []grad[T]
	sw, sb []partial[T]
	turns  [2][][]T // of each worker, δ and h in turn
}

func (m *deep[T]) adjoint(name string, in []*Node, out, gy *Node, need []bool) []*Node {
	g, parts := m.g, ceil(m.rows, m.grain)
	x := gradOf[T](g, "x", in[0], need[0])
	a := &deepAdjoint[T]{deep: m, gx: x.buf}
	outs := []grad[T]{x}
	for i := range m.layers {
		gw := gradOf[T](g, fmt.Sprintf("w%d", i), in[1+2*i], need[1+2*i])
		gb := gradOf[T](g, fmt.Sprintf("b%d", i), in[2+2*i], need[2+2*i])
		a.gw, a.gb, outs = append(a.gw, gw), append(a.gb, gb), append(outs, gw, gb)
		a.sw = append(a.sw, newPartial[T](g, len(gw.buf), parts))
		a.sb = append(a.sb, newPartial[T](g, len(gb.buf), parts))
	}
	m.keep()
	for range m.work {
		for i := range a.turns {
			a.turns[i] = append(a.turns[i], apart[T](g, 2+i, m.count*m.block*m.width))
		}
	}
	return adjoints(g, name+".adjoint", append(in[:len(in):len(in)], out, gy), outs, a.run)
}

func (a *deepAdjoint[T]) run(in [][]T) {
	x, gy := in[0], in[len(in)-1]
	a.each(func(shard, worker, r, n int) { a.back(shard, worker, r, n, x, gy) }, func(shard int) {
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
func (a *deepAdjoint[T]) back(shard, worker, r, n int, x, gy []T) {
	w, last := &a.work[worker], len(a.layers)-1
	delta := a.start(r, n, gy, a.turns[(last+1)%2][worker])
	a.turn(last, r, n, delta, w)
	for i := last; i > 0; i-- {
		h := a.turns[i%2][worker]
		a.layout.back(i, n, h, delta)
		below := a.turn(i-1, r, n, h, w)
		a.layout.grad(i, n, worker, a.sw[i].parts[shard], a.sb[i].parts[shard], below, delta)
		delta = h
	}
	ci := a.layers[0].in
	streams := a.layout.input(w.x, a.span(x, 0, r, n, ci), n)[a.front:]
	a.layout.grad(0, n, worker, a.sw[0].parts[shard], a.sb[0].parts[shard], streams, delta)
	if a.gx != nil {
		h := a.turns[0][worker]
		a.layout.back(0, n, h, delta)
		a.layout.toRows(a.span(a.gx, 0, r, n, ci), h[:n*ci], n, ci)
	}
}

// start is the gradient of the output, which is copied to to unless it can be
// used where it is.
func (a *deepAdjoint[T]) start(r, n int, gy, to []T) []T {
	l := a.layers[len(a.layers)-1]
	if a.direct && l.act == kernel.Identity {
		return gy[r*l.out:]
	}
	for s := range a.count {
		a.layout.fromRows(to[s*n*l.out:][:n*l.out], a.span(gy, s, r, n, l.out), n, l.out)
	}
	return to
}

// turn makes the gradient of layer i's output, in place, that of its z. It
// returns the output.
func (a *deepAdjoint[T]) turn(i, r, n int, h []T, w *deepWork[T]) []T {
	z := a.kept(i, r, n)
	if a.layers[i].act == kernel.Identity {
		return z
	}
	x := w.a[a.front:][:len(z)]
	a.carry.pull(a.layers[i].act, h[:len(z)], x, z)
	return x
}

package graph

import "eddy/internal/kernel"

// rowsFirst is the layout [S, n, C]: all streams are the rows of one product.
type rowsFirst[T kernel.Float] struct {
	*deep[T]
	in [][]T
	wt [][]T // transposed weights, for the adjoint
}

func newRowsFirst[T kernel.Float](m *deep[T]) *rowsFirst[T] {
	l := &rowsFirst[T]{deep: m}
	if m.g.training {
		for _, k := range m.layers {
			l.wt = append(l.wt, alloc[T](m.g, k.in*k.out))
		}
	}
	return l
}

func (l *rowsFirst[T]) begin(in [][]T) {
	l.in = in
	for i, t := range l.wt {
		kernel.Transpose(t, in[1+2*i], l.layers[i].in, l.layers[i].out)
	}
}

func (l *rowsFirst[T]) input(to, x []T, n int) []T {
	if l.count == 1 {
		return x
	}
	ci := l.layers[0].in
	copy(to[:n*ci], x)
	for s, v := range l.along {
		stream := to[(s+1)*n*ci:][:n*ci]
		for i := 0; i < len(stream); i += ci {
			copy(stream[i:], v)
		}
	}
	return to
}

func (l *rowsFirst[T]) affine(i, n int, z, x []T) {
	ci, co, w := l.layers[i].in, l.layers[i].out, l.in[1+2*i]
	kernel.GemmBias(n, co, ci, x, ci, 1, w, co, l.in[2+2*i], z, co)
	if l.count > 1 {
		kernel.Gemm((l.count-1)*n, co, ci, x[n*ci:], ci, 1, w, co, z[n*co:], co, kernel.Set)
	}
}

func (l *rowsFirst[T]) back(i, n int, h, delta []T) {
	ci, co := l.layers[i].in, l.layers[i].out
	kernel.Gemm(l.count*n, ci, co, delta, co, 1, l.wt[i], ci, h, ci, kernel.Set)
}

func (l *rowsFirst[T]) grad(i, n, _ int, gw, gb, x, delta []T) {
	ci, co := l.layers[i].in, l.layers[i].out
	if len(gw) > 0 {
		kernel.Gemm(ci, co, l.count*n, x, 1, ci, delta, co, gw, co, kernel.Plus)
	}
	if len(gb) > 0 {
		kernel.ColSum(gb, delta[:n*co], n, co)
	}
}

func (l *rowsFirst[T]) toRows(rows, stream []T, _, _ int)   { copy(rows, stream) }
func (l *rowsFirst[T]) fromRows(stream, rows []T, _, _ int) { copy(stream, rows) }

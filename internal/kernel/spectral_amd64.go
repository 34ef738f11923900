package kernel

import "unsafe"

// spectral are the assembly kernels of spectral solvers, strides in bytes.
type spectral[T Float] struct {
	combine, combineComplex func(at, n, terms int, list *[]T, dst *T)
	join                    func(n int, a *T, as int, b *T, bs int, z *T, zs int, y *T, ys int, w *T)
	split                   func(n int, z *T, zs int, y *T, ys int, a *T, as int, b *T, bs int, w *T, s T)
	peak                    func(n int, x, dst *T)
}

// spectra takes over the kernels of spectral solvers.
func (t *table[T]) spectra(s spectral[T]) {
	size, point := int(unsafe.Sizeof(T(0))), 2*groupOf[T]()
	t.combine, t.combineComplex = combiner(s.combine), combiner(s.combineComplex)
	t.join = func(n int, z, y, a, b Rows[T], roots []T) {
		s.join(n, &a.Data[a.At], size*a.Step, &b.Data[b.At], size*b.Step, &z.Data[z.At], size*z.Step, &y.Data[y.At], size*y.Step, &roots[0])
	}
	t.split = func(n int, a, b, z, y Rows[T], roots []T, scale T) {
		s.split(n, &z.Data[z.At], size*z.Step, &y.Data[y.At], size*y.Step, &a.Data[a.At], size*a.Step, &b.Data[b.At], size*b.Step, &roots[0], scale)
	}
	t.peak = func(top, x []T) {
		for i := 0; i < len(x); i += stretch {
			s.peak(min(stretch, len(x)-i)/(point/2), &x[i], &top[0])
		}
	}
}

func combiner[T Float](f func(at, n, terms int, list *[]T, dst *T)) func(dst []T, terms []Term[T]) {
	point := 2 * groupOf[T]()
	return func(dst []T, terms []Term[T]) {
		for i := 0; i < len(dst)/point; i += stretch / point {
			f(i, min(stretch/point, len(dst)/point-i), len(terms), &terms[0].W, &dst[0])
		}
	}
}

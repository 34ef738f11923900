package kernel

import "unsafe"

// stretch is the number of elements an assembly kernel gets at once: it cannot
// be interrupted, and the garbage collector would wait for it.
const stretch = 1 << 15

// vectors are the elementwise kernels and reductions of one vector type.
type vectors[T Float] struct {
	add, sub, mul func(n int, x, y, dst *T)
	gate          func(n int, x, y, dst *T) // dst = x [y > 0]
	scale         func(n int, x, dst *T, a T)
	axpy          func(n int, x, y, dst *T, a T)    // dst = x + a y
	lerp          func(n int, x, y, dst *T, a, b T) // dst = a x + b y
	adam          func(n int, p, g, m, v *T, beta1, gain1, beta2, gain2, keep, rate, grow, eps T)
	mulAdd        func(n int, acc, x, y, dst *T)
	moment        func(n int, acc, x, m, y, k, dst *T) // dst = acc + (x-m)(y-k)
	affine        func(n int, x, v, w, dst *T, a T)    // dst = a x v + w
	blend         func(n int, x, p, y, q, r, dst *T)   // dst = x p + y q + r
	center        func(n int, x, dst *T, a, b T)       // dst = (x-a) b
	butterfly     butterflyFunc[T]
	butterflyAdd  butterflyFunc[T]
	sum, naught   func(n int, x *T) T
	dot           func(n int, x, y *T) T
}

// use replaces the portable kernels by those of v and g.
func (t *table[T]) use(v vectors[T], g *tiles[T]) {
	t.gemm = g.gemm
	t.add, t.sub, t.mul, t.gate = binary(v.add), binary(v.sub), binary(v.mul), binary(v.gate)
	t.scale = func(dst []T, a T, x []T) {
		for i := 0; i < len(dst); i += stretch {
			v.scale(min(stretch, len(dst)-i), &x[i], &dst[i], a)
		}
	}
	t.axpy = func(dst []T, a T, x []T) {
		for i := 0; i < len(dst); i += stretch {
			v.axpy(min(stretch, len(dst)-i), &dst[i], &x[i], &dst[i], a)
		}
	}
	t.lerp = func(dst, x []T, a, b T) {
		for i := 0; i < len(dst); i += stretch {
			v.lerp(min(stretch, len(dst)-i), &dst[i], &x[i], &dst[i], a, b)
		}
	}
	t.adam = func(p, g, m, q []T, s adamStep[T]) {
		for i := 0; i < len(p); i += stretch {
			v.adam(min(stretch, len(p)-i), &p[i], &g[i], &m[i], &q[i], s.beta1, s.gain1, s.beta2, s.gain2, s.keep, s.rate, s.grow, s.eps)
		}
	}
	t.rowwise(v)
	t.butterfly, t.butterflyAdd = onRows(v.butterfly), onRows(v.butterflyAdd)
	t.sum = func(x []T) T { return v.sum(len(x), &x[0]) }
	t.dot = func(x, y []T) T { return v.dot(len(x), &x[0], &y[0]) }
	t.finite = func(x []T) bool {
		for i := 0; i < len(x); i += stretch {
			if s := v.naught(min(stretch, len(x)-i), &x[i]); s != s {
				return false
			}
		}
		return true
	}
}

// rowwise replaces what normalisations need. They go row by row, and no row is
// too long for one call.
func (t *table[T]) rowwise(v vectors[T]) {
	t.mulAdd = func(dst, x, y []T) { v.mulAdd(len(dst), &dst[0], &x[0], &y[0], &dst[0]) }
	t.moment = func(acc, x, m, y, k []T) { v.moment(len(acc), &acc[0], &x[0], &m[0], &y[0], &k[0], &acc[0]) }
	t.affine = func(dst, x, p, q []T, a T) { v.affine(len(dst), &x[0], &p[0], &q[0], &dst[0], a) }
	t.blend = func(dst, x, p, y, q, r []T) { v.blend(len(dst), &x[0], &p[0], &y[0], &q[0], &r[0], &dst[0]) }
	t.center = func(dst, x []T, a, b T) { v.center(len(dst), &x[0], &dst[0], a, b) }
}

// binary makes a kernel on slices of one on pointers.
func binary[T Float](f func(n int, x, y, dst *T)) func(dst, x, y []T) {
	return func(dst, x, y []T) {
		for i := 0; i < len(dst); i += stretch {
			f(min(stretch, len(dst)-i), &x[i], &y[i], &dst[i])
		}
	}
}

// activation makes the kernels of an activation on slices.
func (t *table[T]) activation(a Activation, f func(n int, x, y *T), grad func(n int, x, y, d *T)) {
	t.activate[a] = func(y, x []T) {
		for i := 0; i < len(y); i += stretch {
			f(min(stretch, len(y)-i), &x[i], &y[i])
		}
	}
	t.activateGrad[a] = func(y, d, x []T) {
		for i := 0; i < len(y); i += stretch {
			grad(min(stretch, len(y)-i), &x[i], &y[i], &d[i])
		}
	}
}

// streams makes the kernels that carry streams through an activation; chain is
// that of values alone.
func (t *table[T]) streams(
	a Activation, chain func(n int, x, h, y *T),
	push func(n int, z, a *T, stride int, second *bool, count int), pull func(n int, z, a, h *T, stride int, second *bool, count int),
) {
	const part = stretch / 8 // all streams of it take as long as a stretch
	size := int(unsafe.Sizeof(T(0)))
	values := t.activate[a]
	t.push[a] = func(second []bool, a, z []T, n int) {
		if len(second) == 0 {
			values(a, z)
			return
		}
		for i := 0; i < n; i += part {
			push(min(part, n-i), &z[i], &a[i], n*size, &second[0], len(second))
		}
	}
	t.pull[a] = func(second []bool, h, a, z []T, n int) {
		for i := 0; i < n; i += part {
			if len(second) == 0 {
				chain(min(part, n-i), &z[i], &h[i], &a[i])
			} else {
				pull(min(part, n-i), &z[i], &a[i], &h[i], n*size, &second[0], len(second))
			}
		}
	}
}

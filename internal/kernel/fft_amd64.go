package kernel

import "unsafe"

// passFunc is a pass of a transform on 64 bytes of lanes; strides in bytes.
type passFunc[T Float] func(m, s int, xr, xi *T, xst int, yr, yi *T, yst int, tw *T)

// transforms takes over the passes of radix 2 to 5.
func (t *table[T]) transforms(two, three, four, five passFunc[T]) {
	for i, f := range []passFunc[T]{two, three, four, five} {
		t.pass[i+2] = func(p *pass[T], x, y line[T]) {
			size := int(unsafe.Sizeof(x.re[0]))
			f(p.m, p.s, &x.re[0], &x.im[0], x.stride*size, &y.re[0], &y.im[0], y.stride*size, &p.factors[0])
		}
	}
}

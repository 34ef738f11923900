package kernel

// goPass is a pass of any radix in portable Go, four by the shorter formula.
func goPass[T Float](p *pass[T], x, y line[T]) {
	for i := range p.m {
		w := p.factors[2*(p.radix-1)*i:][:2*(p.radix-1)]
		for q := range p.s {
			in, out := q+p.s*i, q+p.s*p.radix*i
			if p.radix == 4 {
				goFour(p, w, x, y, in, out)
			} else {
				goAny(p, w, x, y, in, out)
			}
		}
	}
}

// goAny is one butterfly of any radix.
func goAny[T Float](p *pass[T], w []T, x, y line[T], in, out int) {
	group := groupOf[T]()
	for k := range p.radix {
		re, im := y.re[(out+p.s*k)*y.stride:][:group], y.im[(out+p.s*k)*y.stride:][:group]
		clear(re)
		clear(im)
		for j := range p.radix {
			c, s := p.roots[2*(j*k%p.radix)], p.roots[2*(j*k%p.radix)+1]
			a, b := x.re[(in+p.s*p.m*j)*x.stride:][:group], x.im[(in+p.s*p.m*j)*x.stride:][:group]
			for l := range re {
				re[l] += a[l]*c - b[l]*s
				im[l] += a[l]*s + b[l]*c
			}
		}
		if k > 0 {
			rotate(re, im, re, im, w[2*k-2], w[2*k-1])
		}
	}
}

// rotate computes re + i im = (a + i b)(c + i s).
func rotate[T Float](re, im, a, b []T, c, s T) {
	im, a, b = im[:len(re)], a[:len(re)], b[:len(re)]
	for l := range re {
		re[l], im[l] = a[l]*c-b[l]*s, a[l]*s+b[l]*c
	}
}

// goFour is one butterfly of radix 4.
func goFour[T Float](p *pass[T], w []T, x, y line[T], in, out int) {
	const lanes = 16 // the widest group
	group := groupOf[T]()
	var re, im [4][]T // the inputs
	for j := range re {
		at := (in + p.s*p.m*j) * x.stride
		re[j], im[j] = x.re[at:][:group], x.im[at:][:group]
	}
	var sum [4][2][lanes]T
	for l := range group {
		pr, pi, mr, mi := re[0][l]+re[2][l], im[0][l]+im[2][l], re[0][l]-re[2][l], im[0][l]-im[2][l]
		qr, qi, nr, ni := re[1][l]+re[3][l], im[1][l]+im[3][l], re[1][l]-re[3][l], im[1][l]-im[3][l]
		sum[0][0][l], sum[0][1][l] = pr+qr, pi+qi
		sum[1][0][l], sum[1][1][l] = mr+ni, mi-nr
		sum[2][0][l], sum[2][1][l] = pr-qr, pi-qi
		sum[3][0][l], sum[3][1][l] = mr-ni, mi+nr
	}
	for k := range sum {
		at := (out + p.s*k) * y.stride
		c, s := T(1), T(0)
		if k > 0 {
			c, s = w[2*k-2], w[2*k-1]
		}
		rotate(y.re[at:][:group], y.im[at:][:group], sum[k][0][:group], sum[k][1][:group], c, s)
	}
}

package kernel

// Jet computes y = f(x) and the first three derivatives d1, d2, d3 of f at x,
// in one pass. y may be x. With them, derivatives of a network's output in its
// inputs (of a PINN's u in x and t) go forward through an activation, and
// gradients come back, without differentiating twice. For a = f(z)
//
//	a    = f(z)                     Jet
//	a_x  = f'(z) z_x                Mul(ax, d1, zx)
//	a_xx = f'(z) z_xx + f''(z) z_x²   Push2
//
// and the gradients g of z, z_x, z_xx come from the gradients h of a, a_x, a_xx
// by Mul(g0, d1, h0), then for each direction Pull1 (first derivative only) or
// Pull2 (first and second), which also add to g0.
func Jet[T Float](act Activation, y, d1, d2, d3, x []T) {
	same("Jet", len(y), len(d1), len(d2), len(d3), len(x))
	if len(y) > 0 {
		kernels[T]().jet[known(act)](y, d1, d2, d3, x)
	}
}

// Push2 carries a first and a second derivative through an activation:
// a = d1 z and aa = d1 zz + d2 z². a and aa may be z and zz.
func Push2[T Float](a, aa, d1, d2, z, zz []T) {
	same("Push2", len(a), len(aa), len(d1), len(d2), len(z), len(zz))
	if len(a) > 0 {
		kernels[T]().push2(a, aa, d1, d2, z, zz)
	}
}

// Pull1 is the adjoint of a = d1 z: g = d1 h and g0 += d2 z h. g may be h.
func Pull1[T Float](g, g0, d1, d2, z, h []T) {
	same("Pull1", len(g), len(g0), len(d1), len(d2), len(z), len(h))
	if len(g) > 0 {
		kernels[T]().pull1(g, g0, d1, d2, z, h)
	}
}

// Pull2 is the adjoint of [Push2]: gg = d1 hh, g = d1 h + 2 d2 z hh and
// g0 += d2 (z h + zz hh) + d3 z² hh. g and gg may be h and hh.
func Pull2[T Float](g, gg, g0, d1, d2, d3, z, zz, h, hh []T) {
	same("Pull2", len(g), len(gg), len(g0), len(d1), len(d2), len(d3), len(z), len(zz), len(h), len(hh))
	if len(g) > 0 {
		kernels[T]().pull2(g, gg, g0, d1, d2, d3, z, zz, h, hh)
	}
}

func (c curve[T]) jets(y, d1, d2, d3, x []T) {
	for i, v := range x {
		y[i], d1[i], d2[i], d3[i] = c.jet(v)
	}
}

func goPush2[T Float](a, aa, d1, d2, z, zz []T) {
	for i, v := range z {
		a[i], aa[i] = d1[i]*v, d1[i]*zz[i]+d2[i]*(v*v)
	}
}

func goPull1[T Float](g, g0, d1, d2, z, h []T) {
	for i, v := range h {
		g[i] = d1[i] * v
		g0[i] += d2[i] * (z[i] * v)
	}
}

func goPull2[T Float](g, gg, g0, d1, d2, d3, z, zz, h, hh []T) {
	for i, v := range z {
		x, xx := h[i], hh[i]
		bend := v * xx
		g[i], gg[i] = d1[i]*x+2*(d2[i]*bend), d1[i]*xx
		g0[i] += d2[i]*(v*x+zz[i]*xx) + d3[i]*(v*bend)
	}
}

func identityJet[T Float](x T) (y, d1, d2, d3 T) { return x, 1, 0, 0 }

func reluJet[T Float](x T) (y, d1, d2, d3 T) {
	y, d1 = reluGrad(x)
	return y, d1, 0, 0
}

// tanhJet has y = tanh x.
func tanhJet[T Float](y T) (_, d1, d2, d3 T) {
	d1 = 1 - y*y
	d2 = -2 * y * d1
	return y, d1, d2, -2 * (d1*d1 + y*d2)
}

// geluJet has Φ(x), and the density φ(c) where c is x, cut to where φ is not 0.
func geluJet[T Float](x, c, cumulative, density T) (y, d1, d2, d3 T) {
	return x * cumulative, cumulative + c*density, density * (2 - c*c), density * (c * (c*c - 4))
}

// logisticJet is s = σ(v) = 1/(1+e), e = e^-v, and its derivatives.
func logisticJet[T Float](e T) (s, s1, s2, s3 T) {
	s = 1 / (1 + e)
	s1 = s * (e * s)
	s2 = s1 * (1 - 2*s)
	return s, s1, s2, s2*(1-2*s) - 2*s1*s1
}

// gateJet is x σ, given σ and its derivatives in x. c is x, cut to where they
// are not 0.
func gateJet[T Float](x, c, s, s1, s2, s3 T) (y, d1, d2, d3 T) {
	return x * s, s + c*s1, 2*s1 + c*s2, 3*s2 + c*s3
}

// cubicJet is the chain rule for σ(v), v = geluRate (c + geluCubic c³).
func cubicJet[T Float](c, s, s1, s2, s3 T) (_, t1, t2, t3 T) {
	v1 := geluRate * (1 + 3*geluCubic*c*c)
	v2, v3 := 6*geluRate*geluCubic*c, T(6*geluRate*geluCubic)
	return s, s1 * v1, s2*v1*v1 + s1*v2, s3*v1*v1*v1 + 3*s2*v1*v2 + s1*v3
}

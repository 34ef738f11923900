package kernel

import "fmt"

// A network's output u depends on its inputs; derivatives of u along directions
// v, such as a PINN's u_x and u_t, pass through its layers beside u as streams:
//
//	u, then for each direction v·∇u and, where second says so, (v·∇)²u.
//
// All streams are as long, and one lies behind the other.

// Push carries streams z through an activation: with f at the first stream,
//
//	a = f(z),  a_v = f′ z_v,  a_vv = f′ z_vv + f″ z_v².
//
// a may be z.
//
// Ref: Griewank & Walther, Evaluating Derivatives (2008), ch. 13.
func Push[T Float](act Activation, second []bool, a, z []T) {
	same("Push", len(a), len(z))
	if len(a) > 0 {
		kernels[T]().push[known(act)](second, a, z, streamSize("Push", second, len(a)))
	}
}

// Pull is the adjoint of [Push], and computes a again: from the gradients h of
// the streams of a it makes those of the streams of z, in place,
//
//	g_vv = f′ h_vv,  g_v = f′ h_v + 2 f″ z_v h_vv,
//	g = f′ h + Σ_v f″ (z_v h_v + z_vv h_vv) + f‴ z_v² h_vv.
//
// a may not be z.
func Pull[T Float](act Activation, second []bool, h, a, z []T) {
	same("Pull", len(h), len(a), len(z))
	if len(h) > 0 {
		kernels[T]().pull[known(act)](second, h, a, z, streamSize("Pull", second, len(h)))
	}
}

// streamCount is the number of streams, the values included.
func streamCount(second []bool) int {
	n := 1
	for _, two := range second {
		if n++; two {
			n++
		}
	}
	return n
}

// streamSize is the length of one of the streams that have total elements.
func streamSize(op string, second []bool, total int) int {
	count := streamCount(second)
	if total%count != 0 {
		panic(fmt.Sprintf("kernel: %s: %d elements, want a multiple of %d streams", op, total, count))
	}
	return total / count
}

func (c curve[T]) push(second []bool, a, z []T, n int) {
	for i := range n {
		y, d1, d2, _ := c.jet(z[i])
		a[i] = y
		at := i
		for _, two := range second {
			at += n
			v := z[at]
			if a[at] = d1 * v; two {
				at += n
				a[at] = d1*z[at] + d2*(v*v)
			}
		}
	}
}

func (c curve[T]) pull(second []bool, h, a, z []T, n int) {
	for i := range n {
		y, d1, d2, d3 := c.jet(z[i])
		a[i] = y
		g, at := d1*h[i], i
		for _, two := range second {
			at += n
			v, x := z[at], h[at]
			a[at], h[at] = d1*v, d1*x
			if !two {
				g += d2 * (v * x)
				continue
			}
			first := at
			at += n
			vv, xx := z[at], h[at]
			a[at], h[at] = d1*vv+d2*(v*v), d1*xx
			bend := v * xx
			h[first] += 2 * (d2 * bend)
			g += d2*(v*x+vv*xx) + d3*(v*bend)
		}
		h[i] = g
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

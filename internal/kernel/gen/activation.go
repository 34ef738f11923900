package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The formulas and coefficients are those of the portable path.
const (
	geluRate  = 2 * 0.79788456080286535587989211987 // 2 √(2/π)
	geluCubic = 0.044715
	geluFlat  = 10
	geluEdge  = 5.4
)

// activations emits f, and f with f', of each activation.
func (v vec) activations() {
	for _, a := range []struct {
		name string
		f    func(x VecVirtual) VecVirtual
		grad func(x VecVirtual) (y, d VecVirtual)
	}{
		{"gelu", v.gelu, v.geluGrad},
		{"geluTanh", v.geluTanh, v.geluTanhGrad},
		{"tanh", v.tanh, v.tanhGrad},
		{"sin", v.sin, v.sincos},
		{"relu", v.relu, v.reluGrad},
		{"silu", v.silu, v.siluGrad},
		{"tanhSin", v.tanhSin, v.tanhSinGrad},
	} {
		v.loop(loop{a.name, "is an activation: y = f(x).", []string{"x"}, []string{"y"}, nil,
			func(x, _ []VecVirtual) []VecVirtual { return []VecVirtual{a.f(x[0])} }})
		v.loop(loop{a.name + "Grad", "is an activation and its derivative: y = f(x), d = f'(x).", []string{"x"}, []string{"y", "d"}, nil,
			func(x, _ []VecVirtual) []VecVirtual {
				y, d := a.grad(x[0])
				return []VecVirtual{y, d}
			}})
	}
}

// horner is the polynomial in t whose highest coefficient comes first.
func (v vec) horner(t VecVirtual, coefficients ...float64) VecVirtual {
	r := v.fresh(coefficients[0])
	for _, c := range coefficients[1:] {
		v.emit(VFMADD213PS, VFMADD213PD, v.operand(c), t, r)
	}
	return r
}

// clamp limits x to ±limit and keeps NaN.
func (v vec) clamp(x VecVirtual, limit float64) VecVirtual {
	return v.max(v.number(-limit), v.min(v.number(limit), x))
}

// exp is e^x for x clamped to [-87.3, 88.3].
func (v vec) exp(x VecVirtual) VecVirtual {
	x = v.max(v.number(-87.3), v.min(v.number(88.3), x))
	n := v.round(v.mul(x, v.number(math.Log2E)))
	v.fms(n, v.number(0.693359375), x)
	v.fms(n, v.number(-2.12194440e-4), x)
	p := v.horner(x, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1, 1)
	return v.power(p, n)
}

// round goes to the nearest integer.
func (v vec) round(x VecVirtual) VecVirtual {
	r := v.reg()
	if v.wide {
		VRNDSCALEPS(Imm(8), x, r)
	} else {
		VROUNDPS(Imm(8), x, r)
	}
	return r
}

// power is p 2ⁿ for an integer n.
func (v vec) power(p, n VecVirtual) VecVirtual {
	r := v.reg()
	if v.wide {
		VSCALEFPS(n, p, r)
		return r
	}
	VCVTPS2DQ(n, r)
	bias := v.broadcast(word("i127", 127))
	VPADDD(bias, r, r)
	VPSLLD(Imm(23), r, r)
	return v.mul(p, r)
}

var words = map[string]Mem{}

// word is an integer constant in memory.
func word(name string, x uint32) Mem {
	m, known := words[name]
	if !known {
		m = GLOBL(name, RODATA|NOPTR)
		DATA(0, U32(x))
		words[name] = m
	}
	return m
}

func (v vec) tanh(x VecVirtual) VecVirtual {
	x = v.clamp(x, 7.90531110763549805)
	t := v.mul(x, x)
	p := v.horner(t, -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08, 1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03)
	q := v.horner(t, 1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03)
	return v.div(v.mul(x, p), q)
}

func (v vec) tanhGrad(x VecVirtual) (y, d VecVirtual) {
	y, d = v.tanh(x), v.fresh(1)
	v.fms(y, y, d)
	return y, d
}

// logistic is e = e^-u and σ(u) = 1/(1+e).
func (v vec) logistic(minusU VecVirtual) (e, s VecVirtual) {
	e = v.exp(minusU)
	return e, v.div(v.number(1), v.add(e, v.number(1)))
}

// geluTanhArgument is c, x clamped to where GELUTanh is not flat, and -2u(c).
func (v vec) geluTanhArgument(x VecVirtual) (c, minus2u VecVirtual) {
	c = v.clamp(x, geluFlat)
	p := v.horner(v.mul(c, c), -geluRate*geluCubic, -geluRate)
	return c, v.mul(c, p)
}

func (v vec) geluTanh(x VecVirtual) VecVirtual {
	_, u := v.geluTanhArgument(x)
	return v.div(x, v.add(v.exp(u), v.number(1)))
}

func (v vec) geluTanhGrad(x VecVirtual) (y, d VecVirtual) {
	c, u := v.geluTanhArgument(x)
	e, s := v.logistic(u)
	slope := v.mul(c, v.horner(v.mul(c, c), 3*geluRate*geluCubic, geluRate))
	y, d = v.mul(x, s), s
	v.fma(v.mul(slope, s), v.mul(e, s), d)
	return y, d
}

func (v vec) silu(x VecVirtual) VecVirtual {
	return v.div(x, v.add(v.exp(v.sub(v.zero(), x)), v.number(1)))
}

func (v vec) siluGrad(x VecVirtual) (y, d VecVirtual) {
	e, s := v.logistic(v.sub(v.zero(), x))
	y, d = v.mul(x, s), s
	v.fma(y, v.mul(e, s), d)
	return y, d
}

func (v vec) relu(x VecVirtual) VecVirtual { return v.max(v.zero(), x) }

func (v vec) reluGrad(x VecVirtual) (y, d VecVirtual) {
	const greater = 30 // ordered, quiet
	one := v.number(1)
	y, d = v.relu(x), v.reg()
	if v.wide {
		k := K()
		v.emit(VCMPPS, VCMPPD, Imm(greater), v.zero(), x, k)
		if v.double {
			VMOVAPD_Z(one, k, d)
		} else {
			VMOVAPS_Z(one, k, d)
		}
	} else {
		v.emit(VCMPPS, VCMPPD, Imm(greater), v.zero(), x, d)
		v.emit(VANDPS, VANDPD, one, d, d)
	}
	return y, d
}

// reduce writes x = n π + r with |r| ≤ π/2 and returns r and the sign of
// cos(n π) as a bit pattern. π is the sum of two float32; with a fused multiply
// the first product is exact.
func (v vec) reduce(x VecVirtual) (r, sign VecVirtual) {
	const head = 3.1415927410125732421875 // float32(π)
	n := v.round(v.mul(x, v.number(1/math.Pi)))
	r = v.copy(x)
	v.fms(n, v.number(head), r)
	v.fms(n, v.number(math.Pi-head), r)
	sign = v.reg()
	VCVTPS2DQ(n, sign)
	VPSLLD(Imm(31), sign, sign)
	return v.clamp(r, 1.6), sign
}

func (v vec) flip(x, sign VecVirtual) VecVirtual {
	r := v.reg()
	if v.wide {
		VPXORD(x, sign, r)
	} else {
		VXORPS(x, sign, r)
	}
	return r
}

// sinOf and cosOf are the Taylor series on [-π/2, π/2]; the first term left out
// is below 6e-8.
func (v vec) sinOf(r VecVirtual) VecVirtual {
	t := v.mul(r, r)
	p := v.horner(t, -1./39916800, 1./362880, -1./5040, 1./120, -1./6, 1)
	return v.mul(r, p)
}

func (v vec) cosOf(r VecVirtual) VecVirtual {
	return v.horner(v.mul(r, r), 1./479001600, -1./3628800, 1./40320, -1./720, 1./24, -1./2, 1)
}

func (v vec) sin(x VecVirtual) VecVirtual {
	r, sign := v.reduce(x)
	return v.flip(v.sinOf(r), sign)
}

func (v vec) sincos(x VecVirtual) (s, c VecVirtual) {
	r, sign := v.reduce(x)
	return v.flip(v.sinOf(r), sign), v.flip(v.cosOf(r), sign)
}

// halfTurns writes x = n + r for an integer n, exactly, and returns πr and the
// sign of cos πn as a bit pattern.
func (v vec) halfTurns(x VecVirtual) (r, sign VecVirtual) {
	n := v.round(x)
	sign = v.reg()
	VCVTPS2DQ(n, sign)
	VPSLLD(Imm(31), sign, sign)
	return v.mul(v.sub(x, n), v.number(math.Pi)), sign
}

func (v vec) tanhSin(x VecVirtual) VecVirtual {
	r, sign := v.halfTurns(x)
	return v.sub(x, v.tanh(v.flip(v.sinOf(r), sign)))
}

func (v vec) tanhSinGrad(x VecVirtual) (y, d VecVirtual) {
	r, sign := v.halfTurns(x)
	t, slope := v.tanhGrad(v.flip(v.sinOf(r), sign))
	d = v.fresh(1)
	v.fms(slope, v.mul(v.flip(v.cosOf(r), sign), v.number(math.Pi)), d)
	return v.sub(x, t), d
}

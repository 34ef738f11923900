package main

import . "github.com/mmcloughlin/avo/reg"

// jets emits the activations with three derivatives, and what carries
// derivatives through them; the formulas are those of kernel.Jet.
func (v vec) jets() {
	for _, a := range []struct {
		name string
		jet  func(x VecVirtual) [4]VecVirtual
	}{
		{"gelu", v.geluJet},
		{"geluTanh", v.geluTanhJet},
		{"tanh", v.tanhJet},
		{"sin", v.sinJet},
		{"silu", v.siluJet},
	} {
		v.loop(loop{a.name + "Jet", "is an activation and three derivatives.", []string{"x"}, []string{"y", "d1", "d2", "d3"}, nil,
			func(x, _ []VecVirtual) []VecVirtual {
				j := a.jet(x[0])
				return j[:]
			}})
	}
}

// streams emits the kernels that carry derivatives forward and back.
func (v vec) streams() {
	v.loop(loop{"push2", "computes a = d1 z, aa = d1 zz + d2 z².", []string{"d1", "d2", "z", "zz"}, []string{"a", "aa"}, nil,
		func(x, _ []VecVirtual) []VecVirtual {
			d1, d2, z, zz := x[0], x[1], x[2], x[3]
			aa := v.mul(d1, zz)
			v.fma(d2, v.mul(z, z), aa)
			return []VecVirtual{v.mul(d1, z), aa}
		}})
	v.loop(loop{"pull1", "computes out = d1 h, g0 += d2 z h.", []string{"d1", "d2", "z", "h", "g0"}, []string{"out", "g0"}, nil,
		func(x, _ []VecVirtual) []VecVirtual {
			d1, d2, z, h, g0 := x[0], x[1], x[2], x[3], x[4]
			v.fma(d2, v.mul(z, h), g0)
			return []VecVirtual{v.mul(d1, h), g0}
		}})
	v.loop(loop{"pull2", "is the adjoint of push2.", []string{"d1", "d2", "d3", "z", "zz", "h", "hh", "g0"}, []string{"out", "gg", "g0"}, nil,
		func(x, _ []VecVirtual) []VecVirtual {
			d1, d2, d3, z, zz, h, hh, g0 := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
			bend := v.mul(z, hh)
			v.fma(d3, v.mul(z, bend), g0)
			sum := v.mul(z, h)
			v.fma(zz, hh, sum)
			v.fma(d2, sum, g0)
			gg := v.mul(d1, hh)
			g := v.mul(d2, v.add(bend, bend))
			v.fma(d1, h, g)
			return []VecVirtual{g, gg, g0}
		}})
}

func (v vec) negate(a VecVirtual) VecVirtual { return v.sub(v.zero(), a) }

func (v vec) tanhJet(x VecVirtual) [4]VecVirtual {
	y, d1 := v.tanhGrad(x)
	minus2 := v.number(-2)
	d2 := v.mul(v.mul(y, d1), minus2)
	d3 := v.mul(d1, d1)
	v.fma(y, d2, d3)
	return [4]VecVirtual{y, d1, d2, v.mul(d3, minus2)}
}

func (v vec) sinJet(x VecVirtual) [4]VecVirtual {
	s, c := v.sincos(x)
	return [4]VecVirtual{s, c, v.negate(s), v.negate(c)}
}

// logisticJet is σ and its derivatives for e = e^-v.
func (v vec) logisticJet(minusV VecVirtual) [4]VecVirtual {
	e, s := v.logistic(minusV)
	s1 := v.mul(s, v.mul(e, s))
	twist := v.fresh(1)
	v.fms(v.number(2), s, twist)
	s2 := v.mul(s1, twist)
	s3 := v.mul(s2, twist)
	v.fms(v.add(s1, s1), s1, s3)
	return [4]VecVirtual{s, s1, s2, s3}
}

// gateJet is x σ, given σ and its derivatives in x.
func (v vec) gateJet(x, c VecVirtual, s [4]VecVirtual) [4]VecVirtual {
	y, d1, d2, d3 := v.mul(x, s[0]), s[0], v.add(s[1], s[1]), v.mul(s[2], v.number(3))
	v.fma(c, s[1], d1)
	v.fma(c, s[2], d2)
	v.fma(c, s[3], d3)
	return [4]VecVirtual{y, d1, d2, d3}
}

func (v vec) siluJet(x VecVirtual) [4]VecVirtual {
	c := v.clamp(x, 80)
	return v.gateJet(x, c, v.logisticJet(v.negate(c)))
}

func (v vec) geluTanhJet(x VecVirtual) [4]VecVirtual {
	c, u := v.geluTanhArgument(x)
	s := v.logisticJet(u)
	v1 := v.horner(v.mul(c, c), 3*geluRate*geluCubic, geluRate)
	v2 := v.mul(c, v.number(6*geluRate*geluCubic))
	// s3 v1³ + 3 s2 v1 v2 + s1 v3, s2 v1² + s1 v2, s1 v1
	t3 := v.mul(s[3], v.mul(v1, v1))
	v.fma(s[2], v.mul(v2, v.number(3)), t3)
	t3 = v.mul(t3, v1)
	v.fma(s[1], v.number(6*geluRate*geluCubic), t3)
	t2 := v.mul(s[2], v.mul(v1, v1))
	v.fma(s[1], v2, t2)
	return v.gateJet(x, c, [4]VecVirtual{s[0], v.mul(s[1], v1), t2, t3})
}

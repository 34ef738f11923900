package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// jet is an activation and its first three derivatives.
type jet func(x VecVirtual) [4]VecVirtual

// streams emits the kernels that carry derivatives through activations, forward
// and back; the formulas are those of kernel.Push and kernel.Pull.
func (v vec) streams() {
	for _, a := range []struct {
		name string
		grad func(x VecVirtual) (y, d VecVirtual)
		jet  jet
	}{
		{"gelu", v.geluGrad, v.geluJet},
		{"geluTanh", v.geluTanhGrad, v.geluTanhJet},
		{"tanh", v.tanhGrad, v.tanhJet},
		{"sin", v.sincos, v.sinJet},
		{"relu", v.reluGrad, v.reluJet},
		{"silu", v.siluGrad, v.siluJet},
	} {
		v.loop(loop{a.name + "Chain", "is an activation and the chain rule: y = f(x), h = f'(x) h.", []string{"x", "h"}, []string{"y", "h"}, nil,
			func(x, _ []VecVirtual) []VecVirtual {
				y, d := a.grad(x[0])
				return []VecVirtual{y, v.mul(d, x[1])}
			}})
		stream{vec: v, jet: a.jet}.emit(a.name+"Push", "carries streams through an activation.")
		stream{vec: v, jet: a.jet, back: true}.emit(a.name+"Pull", "is the adjoint of Push.")
	}
}

// stream is a kernel on streams of n elements, stride bytes apart. It takes one
// vector of all of them after the other: the values, then for each of count
// directions a first derivative and, where second is set, a second one.
type stream struct {
	vec
	jet  jet
	back bool
	k    mask // of the last vector; nil for a whole one

	z, a, h               Register // of the vector in turn
	second, count, stride Register
}

func (s stream) emit(name, doc string) {
	args := "z, a"
	if s.back {
		args = "z, a, h"
	}
	s.begin(name, doc, "func(n int, "+args+" *"+s.goType()+", stride int, second *bool, count int)")
	n := Load(Param("n"), GP64())
	s.z, s.a = pointer("z"), pointer("a")
	if s.back {
		s.h = pointer("h")
	}
	s.second, s.count, s.stride = pointer("second"), Load(Param("count"), GP64()), Load(Param("stride"), GP64())
	JMP(LabelRef("constants"))
	Label("begin")
	room = s.spare() - 4
	SUBQ(Imm(uint64(s.lanes())), n)
	JL(LabelRef("tail"))
	Label("loop")
	s.vector("whole")
	for _, p := range []Register{s.z, s.a, s.h} {
		if p != nil {
			ADDQ(Imm(uint64(s.bytes())), p)
		}
	}
	SUBQ(Imm(uint64(s.lanes())), n)
	JGE(LabelRef("loop"))
	Label("tail")
	ADDQ(Imm(uint64(s.lanes())), n)
	JZ(LabelRef("done"))
	s.k = s.masks(n, 1)[0]
	s.vector("part")
	Label("done")
	end()
	room = 0
	Label("constants") // only now is it known which there are
	s.loadHeld()
	JMP(LabelRef("begin"))
}

// vector does one vector of all streams; kind tells its labels from others.
func (s stream) vector(kind string) {
	at := s
	d := s.jet(s.get(s.z))
	s.put(d[0], s.a)
	at.z, at.a = s.start(s.z), s.start(s.a)
	var g0 VecVirtual
	if s.back {
		at.h = s.start(s.h)
		g0 = s.mul(d[1], s.get(s.h))
	}
	at.second, at.count = s.start(s.second), s.start(s.count)
	TESTQ(at.count, at.count)
	JZ(LabelRef(kind + "Done"))
	Label(kind + "Direction")
	at.next()
	CMPB(Mem{Base: at.second}, Imm(0))
	JNE(LabelRef(kind + "Second"))
	at.first(d, g0)
	JMP(LabelRef(kind + "Turn"))
	Label(kind + "Second")
	at.both(d, g0)
	Label(kind + "Turn")
	INCQ(at.second)
	DECQ(at.count)
	JNZ(LabelRef(kind + "Direction"))
	Label(kind + "Done")
	if s.back {
		s.put(g0, s.h)
	}
}

// start is a copy of p, to be changed.
func (s stream) start(p Register) Register {
	r := GP64()
	MOVQ(p, r)
	return r
}

// next goes to the next stream.
func (s stream) next() {
	ADDQ(s.stride, s.z)
	ADDQ(s.stride, s.a)
	if s.back {
		ADDQ(s.stride, s.h)
	}
}

// first does a direction with a first derivative only.
func (s stream) first(d [4]VecVirtual, g0 VecVirtual) {
	z := s.get(s.z)
	s.put(s.mul(d[1], z), s.a)
	if s.back {
		h := s.get(s.h)
		s.put(s.mul(d[1], h), s.h)
		s.fma(s.mul(z, h), d[2], g0)
	}
}

// both does a direction with a first and a second derivative.
func (s stream) both(d [4]VecVirtual, g0 VecVirtual) {
	z := s.get(s.z)
	s.put(s.mul(d[1], z), s.a)
	var h VecVirtual
	var at Register // of the first derivative's gradient
	if s.back {
		h, at = s.get(s.h), s.start(s.h)
	}
	s.next()
	zz := s.get(s.z)
	aa := s.mul(d[1], zz)
	s.fma(s.mul(z, z), d[2], aa)
	s.put(aa, s.a)
	if !s.back {
		return
	}
	hh := s.get(s.h)
	s.put(s.mul(d[1], hh), s.h)
	bend := s.mul(z, hh)
	sum := s.mul(z, h)
	s.fma(zz, hh, sum)
	s.fma(d[2], sum, g0)
	s.fma(d[3], s.mul(z, bend), g0)
	g := s.mul(d[2], s.add(bend, bend))
	s.fma(d[1], h, g)
	s.put(g, at)
}

// get loads a vector, put stores one.
func (s stream) get(p Register) VecVirtual {
	if s.k != nil {
		return s.loadMasked(Mem{Base: p}, s.k)
	}
	return s.load(Mem{Base: p})
}

func (s stream) put(a VecVirtual, p Register) {
	if s.k != nil {
		s.storeMasked(a, Mem{Base: p}, s.k)
	} else {
		s.store(a, Mem{Base: p})
	}
}

func (v vec) negate(a VecVirtual) VecVirtual { return v.sub(v.zero(), a) }

func (v vec) reluJet(x VecVirtual) [4]VecVirtual {
	y, d1 := v.reluGrad(x)
	return [4]VecVirtual{y, d1, v.zero(), v.zero()}
}

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

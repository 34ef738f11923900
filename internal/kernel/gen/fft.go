package main

import (
	"fmt"
	"math"
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// passes emits the passes of a Stockham transform, radix 2 to 5.
func (v vec) passes() {
	pass{vec: v, radix: 2}.emit(pass.two)
	pass{vec: v, radix: 3}.emit(pass.three)
	pass{vec: v, radix: 4}.emit(pass.four)
	pass{vec: v, radix: 5}.emit(pass.five)
}

// pass is one pass over a line whose points are 64 bytes of real and 64 bytes
// of imaginary parts:
//
//	y[q + s(radix p + k)] = w^(k p) Σ_j x[q + s(p + m j)] e^(-2πi j k/radix)
//
// for p < m, q < s. tw holds w^(k p) for each p and k = 1 … radix-1. Strides
// are in bytes.
type pass struct {
	vec
	radix          int
	xr, xi, yr, yi Register
	xs, ys         [5]Register // multiples of the distance of the inputs, outputs
	tw             Register
	w              []VecVirtual // the factors, if there are registers for them
	half           int          // which part of the 64 bytes
}

func (p pass) emit(butterfly func(pass)) {
	f := p.goType()
	p.begin(fmt.Sprintf("pass%d", p.radix), fmt.Sprintf("is a pass of radix %d.", p.radix),
		strings.ReplaceAll("func(m, s int, xr, xi *T, xst int, yr, yi *T, yst int, tw *T)", "T", f))
	m, s := Load(Param("m"), GP64()), Load(Param("s"), GP64())
	p.xr, p.xi, p.yr, p.yi = pointer("xr"), pointer("xi"), pointer("yr"), pointer("yi")
	p.tw = pointer("tw")
	p.distances(m, s)
	Label("blocks")
	p.loadFactors()
	q := GP64()
	MOVQ(s, q)
	Label("points")
	for p.half = 0; p.half < 64; p.half += p.bytes() {
		butterfly(p)
	}
	xst, yst := Load(Param("xst"), GP64()), Load(Param("yst"), GP64())
	ADDQ(xst, p.xr)
	ADDQ(xst, p.xi)
	ADDQ(yst, p.yr)
	ADDQ(yst, p.yi)
	DECQ(q)
	JNZ(LabelRef("points"))
	ADDQ(U32(2*(p.radix-1)*p.size()), p.tw)
	skip := GP64() // to the outputs of the next p
	LEAQ(Mem{Base: p.ys[1], Index: p.ys[1], Scale: 1}, skip)
	switch p.radix {
	case 2:
		MOVQ(p.ys[1], skip)
	case 4:
		ADDQ(p.ys[1], skip)
	case 5:
		ADDQ(skip, skip)
	}
	ADDQ(skip, p.yr)
	ADDQ(skip, p.yi)
	DECQ(m)
	JNZ(LabelRef("blocks"))
	end()
}

// distances fills xs and ys with once and thrice s·m and s points.
func (p *pass) distances(m, s Register) {
	p.xs[1], p.ys[1] = Load(Param("xst"), GP64()), Load(Param("yst"), GP64())
	IMULQ(s, p.xs[1])
	IMULQ(m, p.xs[1])
	IMULQ(s, p.ys[1])
	if p.radix > 3 {
		p.xs[3], p.ys[3] = GP64(), GP64()
		LEAQ(Mem{Base: p.xs[1], Index: p.xs[1], Scale: 2}, p.xs[3])
		LEAQ(Mem{Base: p.ys[1], Index: p.ys[1], Scale: 2}, p.ys[3])
	}
}

// loadFactors keeps the factors in registers in AVX-512, which has enough.
func (p *pass) loadFactors() {
	p.w = nil
	for i := 0; p.wide && i < 2*(p.radix-1); i++ {
		p.w = append(p.w, p.broadcast(Mem{Base: p.tw, Disp: i * p.size()}))
	}
}

// factor is number i of the factors of this p.
func (p pass) factor(i int) VecVirtual {
	if p.wide {
		return p.w[i]
	}
	return p.broadcast(Mem{Base: p.tw, Disp: i * p.size()})
}

func (p pass) at(base Register, distance [5]Register, j int) Mem {
	m := Mem{Base: base, Disp: p.half}
	switch j {
	case 1, 2, 4:
		m.Index, m.Scale = distance[1], uint8(j)
	case 3:
		m.Index, m.Scale = distance[3], 1
	}
	return m
}

// in is input j.
func (p pass) in(j int) (re, im VecVirtual) {
	return p.load(p.at(p.xr, p.xs, j)), p.load(p.at(p.xi, p.xs, j))
}

// first stores output 0.
func (p pass) first(re, im VecVirtual) {
	p.store(re, p.at(p.yr, p.ys, 0))
	p.store(im, p.at(p.yi, p.ys, 0))
}

// out stores output k > 0, times its factor.
func (p pass) out(k int, re, im VecVirtual) {
	wi := p.factor(2*k - 1)
	r, i := p.mul(im, wi), p.mul(re, wi)
	wr := p.factor(2*k - 2)
	p.vec.emit(VFMSUB231PS, VFMSUB231PD, re, wr, r)
	p.vec.emit(VFMADD231PS, VFMADD231PD, im, wr, i)
	p.store(r, p.at(p.yr, p.ys, k))
	p.store(i, p.at(p.yi, p.ys, k))
}

func (p pass) two() {
	ar, ai := p.in(0)
	br, bi := p.in(1)
	p.first(p.add(ar, br), p.add(ai, bi))
	p.out(1, p.sub(ar, br), p.sub(ai, bi))
}

func (p pass) three() {
	ar, ai := p.in(0)
	br, bi := p.in(1)
	cr, ci := p.in(2)
	sr, si := p.add(br, cr), p.add(bi, ci)
	dr, di := p.sub(br, cr), p.sub(bi, ci)
	p.first(p.add(ar, sr), p.add(ai, si))
	p.fma(sr, p.number(-0.5), ar)
	p.fma(si, p.number(-0.5), ai)
	sine := p.number(math.Sqrt(3) / 2)
	dr, di = p.mul(dr, sine), p.mul(di, sine)
	p.out(1, p.add(ar, di), p.sub(ai, dr))
	p.out(2, p.sub(ar, di), p.add(ai, dr))
}

func (p pass) four() {
	ar, ai := p.in(0)
	cr, ci := p.in(2)
	pr, pi, mr, mi := p.add(ar, cr), p.add(ai, ci), p.sub(ar, cr), p.sub(ai, ci)
	br, bi := p.in(1)
	dr, di := p.in(3)
	qr, qi, nr, ni := p.add(br, dr), p.add(bi, di), p.sub(br, dr), p.sub(bi, di)
	p.first(p.add(pr, qr), p.add(pi, qi))
	p.out(2, p.sub(pr, qr), p.sub(pi, qi))
	p.out(1, p.add(mr, ni), p.sub(mi, nr))
	p.out(3, p.sub(mr, ni), p.add(mi, nr))
}

func (p pass) five() {
	br, bi := p.in(1)
	er, ei := p.in(4)
	sr, si, dr, di := p.add(br, er), p.add(bi, ei), p.sub(br, er), p.sub(bi, ei)
	cr, ci := p.in(2)
	fr, fi := p.in(3)
	tr, ti, gr, gi := p.add(cr, fr), p.add(ci, fi), p.sub(cr, fr), p.sub(ci, fi)
	ar, ai := p.in(0)
	p.first(p.add(ar, p.add(sr, tr)), p.add(ai, p.add(si, ti)))
	p.pair(1, 4, 1, 2, ar, ai, sr, si, tr, ti, dr, di, gr, gi)
	p.pair(2, 3, 2, 4, ar, ai, sr, si, tr, ti, dr, di, gr, gi)
}

// pair stores outputs k and l of radix 5, whose angles to the sums and
// differences of the inputs are i and j fifths of a turn.
func (p pass) pair(k, l, i, j int, ar, ai, sr, si, tr, ti, dr, di, gr, gi VecVirtual) {
	angle := func(i int) (cos, sin float64) {
		s, c := math.Sincos(2 * math.Pi * float64(i) / 5)
		return c, s
	}
	c1, s1 := angle(i)
	c2, s2 := angle(j)
	line := func(start *VecVirtual, x, y VecVirtual, a, b float64) VecVirtual {
		var r VecVirtual
		if start == nil {
			r = p.mul(x, p.number(a))
		} else {
			r = p.copy(*start)
			p.fma(x, p.number(a), r)
		}
		p.fma(y, p.number(b), r)
		return r
	}
	ur, vi := line(&ar, sr, tr, c1, c2), line(nil, di, gi, s1, s2)
	re1, re2 := p.add(ur, vi), p.sub(ur, vi)
	ui, vr := line(&ai, si, ti, c1, c2), line(nil, dr, gr, s1, s2)
	im1, im2 := p.sub(ui, vr), p.add(ui, vr)
	p.out(k, re1, im1)
	p.out(l, re2, im2)
}

package main

import (
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// group is the bytes of a point's real parts; its imaginary parts follow.
const group = 64

// spectra emits what a spectral solver does between transforms.
func (v vec) spectra() {
	v.combine("combine", "computes dst = Σ w x for real w.", 1)
	v.combine("combineComplex", "computes dst = Σ w x for complex w.", 2)
	v.join()
	v.split()
	v.peaks()
}

// combine emits a sum over terms for the points from at to at + n. The slices
// w and x of the terms are in a list; a weight has 1 or 2 numbers.
func (v vec) combine(name, doc string, numbers int) {
	v.begin(name, doc, strings.ReplaceAll("func(at, n, terms int, list *[]T, dst *T)", "T", v.goType()))
	at, n, dst := Load(Param("at"), GP64()), Load(Param("n"), GP64()), pointer("dst")
	weight := GP64()
	IMUL3Q(U32(uint32(numbers*v.size())), at, weight)
	IMUL3Q(U32(2*group), at, at)
	Label("points")
	var sums []VecVirtual
	for range 2 * group / v.bytes() {
		sums = append(sums, v.zero())
	}
	list, terms := pointer("list"), Load(Param("terms"), GP64())
	Label("terms")
	const slice = 24 // bytes
	w, x := GP64(), GP64()
	MOVQ(Mem{Base: list}, w)
	MOVQ(Mem{Base: list, Disp: slice}, x)
	number := func(i int) VecVirtual {
		return v.broadcast(Mem{Base: w, Index: weight, Scale: 1, Disp: i * v.size()})
	}
	part := func(i int) Mem { return Mem{Base: x, Index: at, Scale: 1, Disp: i * v.bytes()} }
	re := number(0)
	half := len(sums) / 2
	if numbers == 1 {
		for i, sum := range sums {
			v.fma(re, part(i), sum)
		}
	} else {
		im := number(1)
		for i := range half {
			a, b := v.load(part(i)), v.load(part(half+i))
			v.fma(re, a, sums[i])
			v.fma(re, b, sums[half+i])
			v.fms(im, b, sums[i])
			v.fma(im, a, sums[half+i])
		}
	}
	ADDQ(Imm(2*slice), list)
	DECQ(terms)
	JNZ(LabelRef("terms"))
	for i, sum := range sums {
		v.store(sum, Mem{Base: dst, Index: at, Scale: 1, Disp: i * v.bytes()})
	}
	ADDQ(U32(uint32(numbers*v.size())), weight)
	ADDQ(U32(2*group), at)
	DECQ(n)
	JNZ(LabelRef("points"))
	end()
}

// join emits the combination of coefficients before an inverse transform.
func (v vec) join() {
	v.pairs("join", "computes z = e + i o, y = conj(e) + i conj(o) for e = a + conj(b), o = conj(w) (a - conj(b)).",
		[4]string{"a", "b", "z", "y"}, "",
		func(ar, ai, br, bi, wr, wi, _ VecVirtual) (zr, zi, yr, yi VecVirtual) {
			er, ei, dr, di := v.add(ar, br), v.sub(ai, bi), v.sub(ar, br), v.add(ai, bi)
			or, oi := v.mul(dr, wr), v.mul(di, wr)
			v.fma(di, wi, or)
			v.fms(dr, wi, oi)
			return v.sub(er, oi), v.add(ei, or), v.add(er, oi), v.sub(or, ei)
		})
}

// split emits the separation of coefficients after a transform.
func (v vec) split() {
	v.pairs("split", "computes a = s (e + o), b = s conj(e - o) for e = z + conj(y), o = -i w (z - conj(y)).",
		[4]string{"z", "y", "a", "b"}, "s",
		func(zr, zi, yr, yi, wr, wi, s VecVirtual) (ar, ai, br, bi VecVirtual) {
			er, ei, dr, di := v.add(zr, yr), v.sub(zi, yi), v.add(zi, yi), v.sub(yr, zr)
			or, oi := v.mul(dr, wr), v.mul(di, wr)
			v.fms(di, wi, or)
			v.fma(dr, wi, oi)
			return v.mul(v.add(er, or), s), v.mul(v.add(ei, oi), s), v.mul(v.sub(er, or), s), v.mul(v.sub(oi, ei), s)
		})
}

// pairs emits a loop over pairs of points with a weight for each pair: two
// inputs, two outputs, strides in bytes.
func (v vec) pairs(name, doc string, names [4]string, scalar string, f func(ar, ai, br, bi, wr, wi, s VecVirtual) (zr, zi, yr, yi VecVirtual)) {
	signature := "func(n int"
	for _, s := range names {
		signature += ", " + s + " *T, " + s + "s int"
	}
	signature += ", w *T"
	if scalar != "" {
		signature += ", " + scalar + " T"
	}
	v.begin(name, doc, strings.ReplaceAll(signature+")", "T", v.goType()))
	n, w := Load(Param("n"), GP64()), pointer("w")
	var at [4]Register
	for i, s := range names {
		at[i] = pointer(s)
	}
	var s VecVirtual
	if scalar != "" {
		s = v.scalar(scalar)
	}
	Label("pairs")
	wr, wi := v.broadcast(Mem{Base: w}), v.broadcast(Mem{Base: w, Disp: v.size()})
	part := func(i, disp int) Mem { return Mem{Base: at[i], Disp: disp} }
	for i := 0; i < group; i += v.bytes() {
		zr, zi, yr, yi := f(v.load(part(0, i)), v.load(part(0, group+i)), v.load(part(1, i)), v.load(part(1, group+i)), wr, wi, s)
		v.store(zr, part(2, i))
		v.store(zi, part(2, group+i))
		v.store(yr, part(3, i))
		v.store(yi, part(3, group+i))
	}
	ADDQ(U32(uint32(2*v.size())), w)
	for i, s := range names {
		step := Load(Param(s+"s"), GP64())
		ADDQ(step, at[i])
	}
	DECQ(n)
	JNZ(LabelRef("pairs"))
	end()
}

// peaks emits the largest absolute value of each lane, and what it was before.
// NaN counts for nothing.
func (v vec) peaks() {
	v.begin("peak", "computes dst = max(dst, max |x|) lane by lane, for n groups of x.", strings.ReplaceAll("func(n int, x, dst *T)", "T", v.goType()))
	n, x, dst := Load(Param("n"), GP64()), pointer("x"), pointer("dst")
	var top, minus []VecVirtual // max and −min
	zero := v.zero()
	for i := 0; i < group; i += v.bytes() {
		top, minus = append(top, v.load(Mem{Base: dst, Disp: i})), append(minus, v.zero())
	}
	Label("loop")
	for i := range top {
		a := v.load(Mem{Base: x, Disp: i * v.bytes()})
		v.emit(VMAXPS, VMAXPD, top[i], a, top[i])
		v.emit(VMAXPS, VMAXPD, minus[i], v.sub(zero, a), minus[i])
	}
	ADDQ(U32(group), x)
	DECQ(n)
	JNZ(LabelRef("loop"))
	for i := range top {
		v.store(v.max(minus[i], top[i]), Mem{Base: dst, Disp: i * v.bytes()})
	}
	end()
}

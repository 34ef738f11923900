package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// fold adds the lanes of a by halves; the sum is in the lowest lane.
func (v vec) fold(a VecVirtual) VecVirtual {
	y, extract := a, func(imm, y, x Op) { VEXTRACTF128(imm, y, x) }
	if v.wide { // has registers that the shorter encoding cannot name
		extract = func(imm, y, x Op) { VEXTRACTF32X4(imm, y, x) }
		y = YMM()
		high := YMM()
		VEXTRACTF64X4(Imm(1), a, high)
		v.emit(VADDPS, VADDPD, high, a.AsY(), y)
	}
	x, high := XMM(), XMM()
	extract(Imm(1), y, high)
	v.emit(VADDPS, VADDPD, high, y.AsX(), x)
	half := XMM()
	VPERMILPD(Imm(1), x, half)
	v.emit(VADDPS, VADDPD, half, x, x)
	if !v.double {
		next := XMM()
		VPERMILPS(Imm(1), x, next)
		VADDSS(next, x, x)
	}
	return x
}

// reductions emits sums in four vectors of lanes. Element i goes to lane i mod
// 4 lanes(); sum of zero times x is what tells NaN and infinity from numbers.
func (v vec) reductions() {
	v.reduction("sum", "returns Σ x.", []string{"x"}, func(x []VecVirtual, acc VecVirtual) {
		v.emit(VADDPS, VADDPD, x[0], acc, acc)
	})
	v.reduction("dot", "returns Σ x y.", []string{"x", "y"}, func(x []VecVirtual, acc VecVirtual) {
		v.fma(x[0], x[1], acc)
	})
	v.reduction("naught", "returns Σ 0·x: NaN unless all of x is finite.", []string{"x"}, func(x []VecVirtual, acc VecVirtual) {
		v.fma(x[0], v.zero(), acc)
	})
}

func (v vec) reduction(kernel, doc string, ins []string, step func(x []VecVirtual, acc VecVirtual)) {
	const vectors = 4
	args := ins[0]
	if len(ins) == 2 {
		args += ", " + ins[1]
	}
	v.begin(kernel, doc, fmt.Sprintf("func(n int, %s *%s) %s", args, v.goType(), v.goType()))
	n := Load(Param("n"), GP64())
	var at []Register
	for _, s := range ins {
		at = append(at, pointer(s))
	}
	acc := make([]VecVirtual, vectors)
	for j := range acc {
		acc[j] = v.zero()
	}
	group := U32(vectors * v.lanes())
	SUBQ(group, n)
	JL(LabelRef("tail"))
	Label("loop")
	for j := range acc {
		var x []VecVirtual
		for _, p := range at {
			x = append(x, v.load(Mem{Base: p, Disp: j * v.bytes()}))
		}
		step(x, acc[j])
	}
	for _, p := range at {
		ADDQ(U32(vectors*v.bytes()), p)
	}
	SUBQ(group, n)
	JGE(LabelRef("loop"))
	Label("tail")
	ADDQ(group, n)
	JZ(LabelRef("done"))
	for j, k := range v.masks(n, vectors) {
		var x []VecVirtual
		for _, p := range at {
			x = append(x, v.loadMasked(Mem{Base: p, Disp: j * v.bytes()}, k))
		}
		step(x, acc[j])
	}
	Label("done")
	total := v.fold(v.add(v.add(acc[0], acc[2]), v.add(acc[1], acc[3])))
	Store(total.AsX(), ReturnIndex(0))
	end()
}

// rows emits the product with a single column: a dot product for each row,
// in two vectors of lanes.
func (v vec) rows() {
	f := v.goType()
	v.begin("rows", "computes m dot products of rows of A, ra bytes apart, with b; bias may be nil.",
		fmt.Sprintf("func(m, k int, a *%s, ra int, b, bias, c *%s, ldc, acc int)", f, f))
	m, k := Load(Param("m"), GP64()), Load(Param("k"), GP64())
	a, ra, b := pointer("a"), Load(Param("ra"), GP64()), pointer("b")
	c, ldc, how := pointer("c"), Load(Param("ldc"), GP64()), Load(Param("acc"), GP64())

	pair := 2 * v.lanes()
	rest, whole := GP64(), GP64() // k = whole pairs of vectors + rest elements
	MOVQ(k, rest)
	ANDQ(Imm(uint64(pair-1)), rest)
	SUBQ(rest, k)
	MOVQ(k, whole)
	SHLQ(Imm(uint64(v.size()/4+1)), whole) // in bytes: 4 = 1<<2, 8 = 1<<3
	spent := GP64()
	MOVQ(rest, spent)
	masks := v.masks(spent, 2)
	start := XMM()
	VXORPS(start, start, start)
	bias := pointer("bias")
	TESTQ(bias, bias)
	JZ(LabelRef("row"))
	v.emitScalarLoad(Mem{Base: bias}, start)

	Label("row")
	acc := []VecVirtual{v.zero(), v.zero()}
	i := GP64()
	XORQ(i, i)
	CMPQ(i, whole)
	JGE(LabelRef("tail"))
	Label("loop")
	for j := range acc {
		x := v.load(Mem{Base: a, Index: i, Scale: 1, Disp: j * v.bytes()})
		v.fma(x, Mem{Base: b, Index: i, Scale: 1, Disp: j * v.bytes()}, acc[j])
	}
	ADDQ(U32(2*v.bytes()), i)
	CMPQ(i, whole)
	JL(LabelRef("loop"))
	Label("tail")
	TESTQ(rest, rest)
	JZ(LabelRef("fold"))
	for j := range acc {
		x := v.loadMasked(Mem{Base: a, Index: i, Scale: 1, Disp: j * v.bytes()}, masks[j])
		y := v.loadMasked(Mem{Base: b, Index: i, Scale: 1, Disp: j * v.bytes()}, masks[j])
		v.fma(x, y, acc[j])
	}
	Label("fold")
	s := v.fold(v.add(acc[0], acc[1])).AsX()
	v.emitScalar(VADDSS, VADDSD, start, s)
	old := XMM()
	CMPQ(how, Imm(set))
	JEQ(LabelRef("write"))
	v.emitScalarLoad(Mem{Base: c}, old)
	CMPQ(how, Imm(minus))
	JEQ(LabelRef("minus"))
	v.emitScalar(VADDSS, VADDSD, old, s)
	JMP(LabelRef("write"))
	Label("minus")
	v.emit(func(o ...Op) { VSUBSS(o...) }, func(o ...Op) { VSUBSD(o...) }, s, old, s)
	Label("write")
	v.emitScalarStore(s, Mem{Base: c})
	ADDQ(ra, a)
	ADDQ(ldc, c)
	DECQ(m)
	JNZ(LabelRef("row"))
	end()
}

// emitScalar computes dst = dst op a on the lowest lane.
func (v vec) emitScalar(single, double func(...Op), a, dst Op) {
	v.emit(single, double, a, dst, dst)
}

func (v vec) emitScalarLoad(m Mem, x Op) {
	v.emit(func(o ...Op) { VMOVSS(o...) }, func(o ...Op) { VMOVSD(o...) }, m, x)
}

func (v vec) emitScalarStore(x Op, m Mem) {
	v.emit(func(o ...Op) { VMOVSS(o...) }, func(o ...Op) { VMOVSD(o...) }, x, m)
}

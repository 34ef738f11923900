package main

import (
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// butterflies emits the sums and differences of rows of n elements. Strides of
// rows are in bytes and may be negative.
func (v vec) butterflies() {
	v.butterfly("butterfly", "computes s = x + y and d = x - y for rows of n elements.", func(a VecVirtual, old func() VecVirtual) VecVirtual { return a })
	v.butterfly("butterflyAdd", "computes s += x + y and d += x - y for rows of n elements.", func(a VecVirtual, old func() VecVirtual) VecVirtual { return v.add(a, old()) })
}

func (v vec) butterfly(name, doc string, join func(a VecVirtual, old func() VecVirtual) VecVirtual) {
	v.begin(name, doc, strings.ReplaceAll("func(rows, n int, x *T, xs int, y *T, ys int, s *T, ss int, d *T, ds int)", "T", v.goType()))
	x, y, s, d := pointer("x"), pointer("y"), pointer("s"), pointer("d")
	rows := Load(Param("rows"), GP64())
	Label("row")
	i, n := GP64(), GP64()
	Load(Param("n"), n)
	XORQ(i, i)
	place := func(p Register) Mem { return Mem{Base: p, Index: i, Scale: 1} }
	SUBQ(Imm(uint64(v.lanes())), n)
	JL(LabelRef("tail"))
	Label("loop")
	a, b := v.load(place(x)), v.load(place(y))
	v.store(join(v.add(a, b), func() VecVirtual { return v.load(place(s)) }), place(s))
	v.store(join(v.sub(a, b), func() VecVirtual { return v.load(place(d)) }), place(d))
	ADDQ(Imm(uint64(v.bytes())), i)
	SUBQ(Imm(uint64(v.lanes())), n)
	JGE(LabelRef("loop"))
	Label("tail")
	ADDQ(Imm(uint64(v.lanes())), n)
	JZ(LabelRef("next"))
	k := v.masks(n, 1)[0]
	a, b = v.loadMasked(place(x), k), v.loadMasked(place(y), k)
	v.storeMasked(join(v.add(a, b), func() VecVirtual { return v.loadMasked(place(s), k) }), place(s), k)
	v.storeMasked(join(v.sub(a, b), func() VecVirtual { return v.loadMasked(place(d), k) }), place(d), k)
	Label("next")
	for _, p := range []struct {
		at     Register
		stride string
	}{{x, "xs"}, {y, "ys"}, {s, "ss"}, {d, "ds"}} {
		step := Load(Param(p.stride), GP64())
		ADDQ(step, p.at)
	}
	DECQ(rows)
	JNZ(LabelRef("row"))
	end()
}

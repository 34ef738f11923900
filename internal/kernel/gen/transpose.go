package main

import (
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// square emits the transposition of count adjacent squares, as many rows high
// as an AVX2 vector has lanes, into count squares below each other. Strides are
// in bytes.
func (v vec) square() {
	v.begin("square", "transposes count squares of one vector's length.",
		strings.ReplaceAll("func(count int, src *T, from int, dst *T, to int)", "T", v.goType()))
	count := Load(Param("count"), GP64())
	src, dst := rowsFrom(v.lanes(), "src", "from"), rowsFrom(v.lanes(), "dst", "to")
	Label("loop")
	rows, half := v.lanes(), 16/v.size() // half: lanes in a lower half
	for side := 0; side < 2; side++ {
		var a []VecVirtual // row i and row i + rows/2, half of the columns of each
		for i := 0; i < rows/2; i++ {
			y := YMM()
			VMOVUPS(src.at(i, 16*side), y.AsX())
			VINSERTF128(Imm(1), src.at(i+rows/2, 16*side), y, y)
			a = append(a, y)
		}
		for j, column := range v.interleave(a) {
			v.store(column, dst.at(side*half+j, 0))
		}
	}
	for _, p := range src.base {
		ADDQ(Imm(32), p)
	}
	down := GP64()
	MOVQ(dst.stride, down)
	SHLQ(Imm(map[int]uint64{4: 2, 8: 3}[rows]), down)
	for _, p := range dst.base {
		ADDQ(down, p)
	}
	DECQ(count)
	JNZ(LabelRef("loop"))
	end()
}

// interleave turns the halves of rows into columns.
func (v vec) interleave(a []VecVirtual) []VecVirtual {
	two := func(f func(...Op), a, b VecVirtual) VecVirtual {
		r := YMM()
		f(b, a, r)
		return r
	}
	if v.double {
		return []VecVirtual{two(VUNPCKLPD, a[0], a[1]), two(VUNPCKHPD, a[0], a[1])}
	}
	p, q := two(VUNPCKLPS, a[0], a[1]), two(VUNPCKHPS, a[0], a[1])
	r, s := two(VUNPCKLPS, a[2], a[3]), two(VUNPCKHPS, a[2], a[3])
	return []VecVirtual{two(VUNPCKLPD, p, r), two(VUNPCKHPD, p, r), two(VUNPCKLPD, q, s), two(VUNPCKHPD, q, s)}
}

package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// dots is a kernel that computes the dot products of each of side rows of A
// with each of side rows of B, in lanes, summed over count pairs of matrices.
type dots struct {
	vec
	side int
	a, b lines
	acc  [][]VecVirtual
}

func (v vec) dots() {
	d := dots{vec: v, side: 3}
	if v.wide {
		d.side = 5
	}
	d.emit()
}

// emit: strides and steps are in bytes; the steps lead from behind the last
// whole vector of a matrix's rows to the next matrix.
func (d dots) emit() {
	d.begin("dots", fmt.Sprintf("computes %d by %[1]d dot products.", d.side),
		fmt.Sprintf("func(count, k int, a *%[1]s, ra, stepA int, b *%[1]s, rb, stepB int, c *%[1]s, ldc int)", d.goType()))
	d.a, d.b = rowsFrom(d.side, "a", "ra"), rowsFrom(d.side, "b", "rb")
	rest, spent := Load(Param("k"), GP64()), GP64()
	ANDQ(Imm(uint64(d.lanes()-1)), rest)
	MOVQ(rest, spent)
	last := d.masks(spent, 1)[0]
	for i := range d.side {
		d.acc = append(d.acc, nil)
		for range d.side {
			d.acc[i] = append(d.acc[i], d.zero())
		}
	}
	Label("matrix")
	k := Load(Param("k"), GP64())
	SUBQ(Imm(uint64(d.lanes())), k)
	JL(LabelRef("tail"))
	Label("loop")
	d.step(nil)
	d.advance(Imm(uint64(d.bytes())), Imm(uint64(d.bytes())))
	SUBQ(Imm(uint64(d.lanes())), k)
	JGE(LabelRef("loop"))
	Label("tail")
	TESTQ(rest, rest)
	JZ(LabelRef("next"))
	d.step(last)
	Label("next")
	d.advance(argument("stepA"), argument("stepB"))
	DECQ(argument("count"))
	JNZ(LabelRef("matrix"))
	d.finish()
}

// step adds the products of a vector of each row; k may be nil.
func (d dots) step(k mask) {
	get := func(m Mem) VecVirtual {
		if k != nil {
			return d.loadMasked(m, k)
		}
		return d.load(m)
	}
	row := make([]VecVirtual, d.side)
	for i := range row {
		row[i] = get(d.a.at(i, 0))
	}
	for j := range d.side {
		y := get(d.b.at(j, 0))
		for i := range row {
			d.fma(row[i], y, d.acc[i][j])
		}
	}
}

func (d dots) advance(a, b Op) {
	for _, p := range d.a.base {
		ADDQ(a, p)
	}
	for _, p := range d.b.base {
		ADDQ(b, p)
	}
}

// finish adds up the lanes.
func (d dots) finish() {
	c, ldc := pointer("c"), Load(Param("ldc"), GP64())
	for _, row := range d.acc {
		for j, s := range row {
			d.emitScalarStore(d.fold(s).AsX(), Mem{Base: c, Disp: j * d.size()})
		}
		ADDQ(ldc, c)
	}
	end()
}

package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// What a tile does with C; the values of kernel.Acc.
const (
	set = iota
	plus
	minus
)

// tiles emits the products: up to 12 rows by two vectors in AVX-512, which has
// 32 registers, up to 6 by two in AVX2, which has 16, and up to 12 rows by one
// vector in both.
func (v vec) tiles() {
	tall := 6
	if v.wide {
		tall = 12
	}
	for rows := 1; rows <= tall; rows++ {
		tile{v, rows, 2}.emit()
	}
	for rows := 1; rows <= 12; rows++ {
		tile{v, rows, 1}.emit()
	}
}

// tile computes C [rows, cols vectors] (op)= bias + A·B. Strides are in bytes.
// The last vector has tail lanes; rows of C beyond the first are ldc apart.
type tile struct {
	vec
	rows, cols int
}

func (t tile) emit() {
	f := t.goType()
	t.begin(fmt.Sprintf("tile%dx%d", t.rows, t.cols),
		fmt.Sprintf("computes %d rows of a product, %d vectors wide.", t.rows, t.cols),
		fmt.Sprintf("func(k int, a *%s, ra, ka int, b *%s, ldb int, bias, c *%s, ldc, tail, acc int)", f, f, f))
	k, b := pointer("k"), pointer("b")
	ldb := Load(Param("ldb"), GP64())
	rest := Load(Param("tail"), GP64())
	last := t.masks(rest, 1)[0]
	a := t.rowPointers()
	acc := t.start(last)

	SUBQ(Imm(2), k)
	JL(LabelRef("odd"))
	Label("loop")
	t.step(a, b, ldb, last, acc)
	t.step(a, b, ldb, last, acc)
	SUBQ(Imm(2), k)
	JGE(LabelRef("loop"))
	Label("odd")
	ADDQ(Imm(1), k)
	JL(LabelRef("done"))
	t.step(a, b, ldb, last, acc)
	Label("done")
	t.finish(acc, last)
}

// rowPointers addresses the rows of A by a pointer for every fourth, and the
// row stride once, twice and three times.
type rowPointers struct {
	base        []Register
	ra, ra3, ka Register
}

func (t tile) rowPointers() (p rowPointers) {
	p.ra, p.ka = Load(Param("ra"), GP64()), Load(Param("ka"), GP64())
	p.base = []Register{pointer("a")}
	if t.rows > 3 {
		p.ra3 = GP64()
		LEAQ(Mem{Base: p.ra, Index: p.ra, Scale: 2}, p.ra3)
	}
	for i := 4; i < t.rows; i += 4 {
		next := GP64()
		LEAQ(Mem{Base: p.base[len(p.base)-1], Index: p.ra, Scale: 4}, next)
		p.base = append(p.base, next)
	}
	return p
}

func (p rowPointers) row(i int) Mem {
	m := Mem{Base: p.base[i/4]}
	switch i % 4 {
	case 1:
		m.Index, m.Scale = p.ra, 1
	case 2:
		m.Index, m.Scale = p.ra, 2
	case 3:
		m.Index, m.Scale = p.ra3, 1
	}
	return m
}

// start makes the accumulators: zero, or the bias where there is one.
func (t tile) start(last mask) [][]VecVirtual {
	acc := make([][]VecVirtual, t.rows)
	for i := range acc {
		acc[i] = make([]VecVirtual, t.cols)
		for j := range acc[i] {
			acc[i][j] = t.zero()
		}
	}
	bias := pointer("bias")
	TESTQ(bias, bias)
	JZ(LabelRef("ready"))
	for j := 0; j < t.cols; j++ {
		m := Mem{Base: bias, Disp: t.bytes() * j}
		if j == t.cols-1 {
			t.loadMaskedTo(m, last, acc[0][j])
		} else {
			t.vec.emit(VMOVUPS, VMOVUPD, m, acc[0][j])
		}
		for i := 1; i < t.rows; i++ {
			t.vec.emit(VMOVAPS, VMOVAPD, acc[0][j], acc[i][j])
		}
	}
	Label("ready")
	return acc
}

// step adds the products of one column of A and one row of B.
func (t tile) step(a rowPointers, b, ldb Register, last mask, acc [][]VecVirtual) {
	row := make([]VecVirtual, t.cols)
	for j := range row {
		m := Mem{Base: b, Disp: t.bytes() * j}
		if j == t.cols-1 {
			row[j] = t.loadMasked(m, last)
		} else {
			row[j] = t.load(m)
		}
	}
	ADDQ(ldb, b)
	for i := range acc {
		x := t.broadcast(a.row(i))
		for j := range row {
			t.fma(x, row[j], acc[i][j])
		}
	}
	for _, p := range a.base {
		ADDQ(a.ka, p)
	}
}

// finish writes the tile. Whole tiles in AVX2 do without masks, which are slow
// to store with there.
func (t tile) finish(acc [][]VecVirtual, last mask) {
	how := Load(Param("acc"), GP64())
	c, ldc := pointer("c"), Load(Param("ldc"), GP64())
	if !t.wide {
		tail := Load(Param("tail"), GP64())
		CMPQ(tail, Imm(uint64(t.lanes())))
		JL(LabelRef("edge"))
		t.finishAs("whole", how, c, ldc, acc, nil)
		Label("edge")
	}
	t.finishAs("edge", how, c, ldc, acc, last)
}

func (t tile) finishAs(kind string, how, c, ldc Register, acc [][]VecVirtual, last mask) {
	CMPQ(how, Imm(plus))
	JEQ(LabelRef(kind + "Plus"))
	CMPQ(how, Imm(minus))
	JEQ(LabelRef(kind + "Minus"))
	for op, name := range []string{set: "Set", plus: "Plus", minus: "Minus"} {
		Label(kind + name)
		for i := range acc {
			t.writeRow(op, acc[i], c, last)
			if i < t.rows-1 {
				ADDQ(ldc, c)
			}
		}
		end()
	}
}

func (t tile) writeRow(op int, acc []VecVirtual, c Register, last mask) {
	for j := range acc {
		m := Mem{Base: c, Disp: t.bytes() * j}
		masked := j == t.cols-1 && last != nil
		if op != set {
			old := t.reg()
			if masked {
				t.loadMaskedTo(m, last, old)
			} else {
				t.vec.emit(VMOVUPS, VMOVUPD, m, old)
			}
			if op == plus {
				t.vec.emit(VADDPS, VADDPD, acc[j], old, acc[j])
			} else {
				t.vec.emit(VSUBPS, VSUBPD, acc[j], old, acc[j])
			}
		}
		if masked {
			t.storeMasked(acc[j], m, last)
		} else {
			t.store(acc[j], m)
		}
	}
}

package main

import (
	"fmt"
	"strings"

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
// vector in both. In AVX-512 there is one by one and a half as well.
func (v vec) tiles() {
	one, two := []vec{v}, []vec{v, v}
	tall := 6
	if v.wide {
		tall = 12
	}
	for rows := 1; rows <= tall; rows++ {
		tile{v, rows, "Two", two}.emit()
	}
	for rows := 1; rows <= 12; rows++ {
		tile{v, rows, "One", one}.emit()
		if v.wide {
			tile{v, rows, "Half", []vec{v, {double: v.double, half: true}}}.emit()
		}
	}
}

// tile computes C [rows, cols] (op)= bias + A·B, where cols lists the vectors
// of a row, and then count-1 further ones like it. Strides are in bytes. The
// last vector has tail lanes. After a tile, when a row of A has been read to its
// end, a column of B too, and c is at the last row, what stepA, stepB and stepC
// say is added to them to come to the next tile; to the bias it is stepBias.
type tile struct {
	vec
	rows int
	name string
	cols []vec
}

func (t tile) emit() {
	f := t.goType()
	t.begin(fmt.Sprintf("tile%s%d", t.name, t.rows), fmt.Sprintf("computes products of %d rows, %s vectors wide.", t.rows,
		map[string]string{"One": "one", "Half": "one and a half", "Two": "two"}[t.name]),
		strings.ReplaceAll("func(count, k int, a *T, ra, ka int, b *T, ldb int, bias, c *T, ldc, tail, acc, stepA, stepB, stepBias, stepC int)", "T", f))
	var p operands
	p.b, p.ldb = pointer("b"), Load(Param("ldb"), GP64())
	p.a, p.ka = rowsFrom(t.rows, "a", "ra"), Load(Param("ka"), GP64())
	p.bias, p.c, p.ldc = pointer("bias"), pointer("c"), Load(Param("ldc"), GP64())
	tail := Load(Param("tail"), GP64())
	if !t.wide { // masks cost AVX2 time: whole tiles do without
		CMPQ(tail, Imm(uint64(t.lanes())))
		JL(LabelRef("edge"))
		t.product("whole", p, nil)
		Label("edge")
	}
	t.product("edge", p, t.cols[len(t.cols)-1].masks(tail, 1)[0])
}

// operands are the registers that a product works with.
type operands struct {
	b, ldb, ka, bias, c, ldc Register
	a                        lines
}

// product is the whole computation; last is the mask of the last vector, nil if
// there is none. kind tells its labels from those of another in the kernel.
func (t tile) product(kind string, p operands, last mask) {
	Label(kind + "Tile")
	acc := t.start(kind, p.bias, last)
	k := Load(Param("k"), GP64())
	SUBQ(Imm(2), k)
	JL(LabelRef(kind + "Odd"))
	Label(kind + "Loop")
	t.step(p, last, acc)
	t.step(p, last, acc)
	SUBQ(Imm(2), k)
	JGE(LabelRef(kind + "Loop"))
	Label(kind + "Odd")
	ADDQ(Imm(1), k)
	JL(LabelRef(kind + "Done"))
	t.step(p, last, acc)
	Label(kind + "Done")
	t.finish(kind, p, acc, last)
	Label(kind + "Next")
	for _, row := range p.a.base {
		ADDQ(argument("stepA"), row)
	}
	ADDQ(argument("stepB"), p.b)
	ADDQ(argument("stepC"), p.c)
	DECQ(argument("count"))
	JNZ(LabelRef(kind + "Tile"))
	end()
}

// argument is the place of a parameter in memory.
func argument(name string) Mem {
	b, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}

// place is vector j of the row at p.
func (t tile) place(p Register, j int) Mem { return Mem{Base: p, Disp: t.bytes() * j} }

// masked says that vector j has a mask.
func (t tile) masked(j int, last mask) bool { return last != nil && j == len(t.cols)-1 }

// start makes the accumulators: zero, or the bias where there is one.
func (t tile) start(kind string, bias Register, last mask) [][]VecVirtual {
	acc := make([][]VecVirtual, t.rows)
	for i := range acc {
		for _, v := range t.cols {
			acc[i] = append(acc[i], v.zero())
		}
	}
	TESTQ(bias, bias)
	JZ(LabelRef(kind + "Ready"))
	for j, v := range t.cols {
		if t.masked(j, last) {
			v.loadMaskedTo(t.place(bias, j), last, acc[0][j])
		} else {
			v.emit(VMOVUPS, VMOVUPD, t.place(bias, j), acc[0][j])
		}
		for i := 1; i < t.rows; i++ {
			v.emit(VMOVAPS, VMOVAPD, acc[0][j], acc[i][j])
		}
	}
	ADDQ(argument("stepBias"), bias)
	Label(kind + "Ready")
	return acc
}

// step adds the products of one column of A and one row of B.
func (t tile) step(p operands, last mask, acc [][]VecVirtual) {
	row := make([]VecVirtual, len(t.cols))
	for j, v := range t.cols {
		if t.masked(j, last) {
			row[j] = v.loadMasked(t.place(p.b, j), last)
		} else {
			row[j] = v.load(t.place(p.b, j))
		}
	}
	ADDQ(p.ldb, p.b)
	for i := range acc {
		x := t.broadcast(p.a.at(i, 0))
		for j, v := range t.cols {
			v.fma(v.part(x), row[j], acc[i][j])
		}
	}
	for _, row := range p.a.base {
		ADDQ(p.ka, row)
	}
}

// finish writes the tile.
func (t tile) finish(kind string, p operands, acc [][]VecVirtual, last mask) {
	CMPQ(argument("acc"), Imm(plus))
	JEQ(LabelRef(kind + "Plus"))
	JG(LabelRef(kind + "Minus"))
	for op, name := range []string{set: "Set", plus: "Plus", minus: "Minus"} {
		Label(kind + name)
		for i := range acc {
			t.writeRow(op, acc[i], p.c, last)
			if i < t.rows-1 {
				ADDQ(p.ldc, p.c)
			}
		}
		if op != minus {
			JMP(LabelRef(kind + "Next"))
		}
	}
}

func (t tile) writeRow(op int, acc []VecVirtual, c Register, last mask) {
	for j, v := range t.cols {
		m := t.place(c, j)
		masked := t.masked(j, last)
		if op != set {
			old := v.reg()
			if masked {
				v.loadMaskedTo(m, last, old)
			} else {
				v.emit(VMOVUPS, VMOVUPD, m, old)
			}
			if op == plus {
				v.emit(VADDPS, VADDPD, acc[j], old, acc[j])
			} else {
				v.emit(VSUBPS, VSUBPD, acc[j], old, acc[j])
			}
		}
		if masked {
			v.storeMasked(acc[j], m, last)
		} else {
			v.store(acc[j], m)
		}
	}
}

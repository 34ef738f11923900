package main

import (
	"fmt"
	"slices"
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// loop is a kernel that treats all elements alike: it reads ins, writes outs
// and has broadcast scalars. body maps the vectors of ins to those of outs.
// The last part of a vector is done with masks, by the same instructions, so an
// element has the same bits wherever a slice is cut.
type loop struct {
	name, doc          string
	ins, outs, scalars []string
	body               func(x, s []VecVirtual) []VecVirtual
}

func (v vec) elementwise() {
	one := func(f func(x, s []VecVirtual) VecVirtual) func(x, s []VecVirtual) []VecVirtual {
		return func(x, s []VecVirtual) []VecVirtual { return []VecVirtual{f(x, s)} }
	}
	for _, l := range []loop{
		{"add", "computes dst = x + y.", []string{"x", "y"}, []string{"dst"}, nil,
			one(func(x, s []VecVirtual) VecVirtual { return v.add(x[0], x[1]) })},
		{"sub", "computes dst = x - y.", []string{"x", "y"}, []string{"dst"}, nil,
			one(func(x, s []VecVirtual) VecVirtual { return v.sub(x[0], x[1]) })},
		{"mul", "computes dst = x y.", []string{"x", "y"}, []string{"dst"}, nil,
			one(func(x, s []VecVirtual) VecVirtual { return v.mul(x[0], x[1]) })},
		{"gate", "computes dst = x where y > 0, else 0 x.", []string{"x", "y"}, []string{"dst"}, nil,
			one(func(x, s []VecVirtual) VecVirtual {
				_, d := v.reluGrad(x[1])
				return v.mul(x[0], d)
			})},
		{"scale", "computes dst = a x.", []string{"x"}, []string{"dst"}, []string{"a"},
			one(func(x, s []VecVirtual) VecVirtual { return v.mul(x[0], s[0]) })},
		{"lerp", "computes dst = a x + b y.", []string{"x", "y"}, []string{"dst"}, []string{"a", "b"},
			one(func(x, s []VecVirtual) VecVirtual {
				r := v.mul(x[0], s[0])
				v.fma(x[1], s[1], r)
				return r
			})},
		{"axpy", "computes dst = x + a y.", []string{"x", "y"}, []string{"dst"}, []string{"a"},
			one(func(x, s []VecVirtual) VecVirtual {
				v.fma(x[1], s[0], x[0])
				return x[0]
			})},
		{"mulAdd", "computes dst = acc + x y.", []string{"acc", "x", "y"}, []string{"dst"}, nil,
			one(func(x, s []VecVirtual) VecVirtual {
				v.fma(x[1], x[2], x[0])
				return x[0]
			})},
		{"moment", "computes dst = acc + (x-m) (y-k).", []string{"acc", "x", "m", "y", "k"}, []string{"dst"}, nil,
			one(func(x, s []VecVirtual) VecVirtual {
				v.fma(v.sub(x[1], x[2]), v.sub(x[3], x[4]), x[0])
				return x[0]
			})},
		{"affine", "computes dst = a x v + w.", []string{"x", "v", "w"}, []string{"dst"}, []string{"a"},
			one(func(x, s []VecVirtual) VecVirtual {
				v.fma(v.mul(x[0], s[0]), x[1], x[2])
				return x[2]
			})},
		{"blend", "computes dst = x p + y q + r.", []string{"x", "p", "y", "q", "r"}, []string{"dst"}, nil,
			one(func(x, s []VecVirtual) VecVirtual {
				v.fma(x[2], x[3], x[4])
				v.fma(x[0], x[1], x[4])
				return x[4]
			})},
		{"center", "computes dst = (x-a) b.", []string{"x"}, []string{"dst"}, []string{"a", "b"},
			one(func(x, s []VecVirtual) VecVirtual { return v.mul(v.sub(x[0], s[0]), s[1]) })},
	} {
		v.loop(l)
	}
}

func (v vec) adam() {
	v.loop(loop{"adam", "is one step of Adam with decoupled weight decay.",
		[]string{"p", "grad", "m", "v"}, []string{"p", "m", "v"},
		[]string{"beta1", "gain1", "beta2", "gain2", "keep", "rate", "grow", "eps"},
		func(x, s []VecVirtual) []VecVirtual {
			m, sq := v.mul(x[2], s[0]), v.mul(x[3], s[2])
			v.fma(x[1], s[1], m)
			v.fma(v.mul(x[1], x[1]), s[3], sq)
			root := v.add(v.sqrt(v.mul(sq, s[6])), s[7])
			p := v.sub(v.mul(x[0], s[4]), v.div(v.mul(m, s[5]), root))
			return []VecVirtual{p, m, sq}
		}})
}

func (v vec) loop(l loop) {
	names := append([]string{}, l.ins...)
	for _, s := range l.outs {
		if !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	signature := fmt.Sprintf("func(n int, %s *%s", strings.Join(names, ", "), v.goType())
	if len(l.scalars) > 0 {
		signature += fmt.Sprintf(", %s %s", strings.Join(l.scalars, ", "), v.goType())
	}
	v.begin(l.name, l.doc, signature+")")
	n := Load(Param("n"), GP64())
	at := map[string]Register{}
	for _, s := range names {
		at[s] = pointer(s)
	}
	var scalars []VecVirtual
	for _, s := range l.scalars {
		scalars = append(scalars, v.scalar(s))
	}
	JMP(LabelRef("constants"))
	Label("begin")
	room = v.spare()
	i := GP64()
	XORQ(i, i)
	place := func(name string) Mem { return Mem{Base: at[name], Index: i, Scale: 1} }

	SUBQ(Imm(uint64(v.lanes())), n)
	JL(LabelRef("tail"))
	Label("loop")
	var x []VecVirtual
	for _, s := range l.ins {
		x = append(x, v.load(place(s)))
	}
	for j, y := range l.body(x, scalars) {
		v.store(y, place(l.outs[j]))
	}
	ADDQ(Imm(uint64(v.bytes())), i)
	SUBQ(Imm(uint64(v.lanes())), n)
	JGE(LabelRef("loop"))

	Label("tail")
	ADDQ(Imm(uint64(v.lanes())), n)
	JZ(LabelRef("done"))
	k := v.masks(n, 1)[0]
	x = nil
	for _, s := range l.ins {
		x = append(x, v.loadMasked(place(s), k))
	}
	for j, y := range l.body(x, scalars) {
		v.storeMasked(y, place(l.outs[j]), k)
	}
	Label("done")
	end()
	room = 0
	Label("constants") // only now is it known which there are
	v.loadHeld()
	v.loadTables()
	JMP(LabelRef("begin"))
}

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// lines addresses rows by a pointer for every fourth, and the stride once,
// twice and thrice.
type lines struct {
	base           []Register
	stride, thrice Register
}

// rowsFrom is n rows at the parameter name, as many bytes apart as the
// parameter stride says.
func rowsFrom(n int, name, stride string) (l lines) {
	l.stride = Load(Param(stride), GP64())
	l.base = []Register{pointer(name)}
	if n > 3 {
		l.thrice = GP64()
		LEAQ(Mem{Base: l.stride, Index: l.stride, Scale: 2}, l.thrice)
	}
	for i := 4; i < n; i += 4 {
		next := GP64()
		LEAQ(Mem{Base: l.base[len(l.base)-1], Index: l.stride, Scale: 4}, next)
		l.base = append(l.base, next)
	}
	return l
}

// at is the place disp bytes into row i.
func (l lines) at(i, disp int) Mem {
	m := Mem{Base: l.base[i/4], Disp: disp}
	switch i % 4 {
	case 1, 2:
		m.Index, m.Scale = l.stride, uint8(i%4)
	case 3:
		m.Index, m.Scale = l.thrice, 1
	}
	return m
}

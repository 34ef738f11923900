package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// mask selects the first lanes of a vector: an opmask register in AVX-512, a
// vector of signs in AVX2.
type mask = Register

// masks returns the masks of count successive vectors of which the first n
// elements exist; n, at most count vectors long, is a register and is spent.
func (v vec) masks(n Register, count int) []mask {
	if v.wide || v.half {
		return v.opmasks(n, count)
	}
	all := v.signs(count)
	at := GP64()
	LEAQ(all, at)
	NEGQ(n)
	ks := make([]mask, count)
	for j := range ks {
		k := YMM()
		VMOVUPS(Mem{Base: at, Index: n, Scale: uint8(v.size()), Disp: (count + j) * v.bytes()}, k)
		ks[j] = k
	}
	return ks
}

// opmasks shifts the bits of (1<<n)-1 through the opmask registers.
func (v vec) opmasks(n Register, count int) []mask {
	bits := GP64()
	MOVQ(I64(-1), bits)
	BZHIQ(n, bits, bits)
	ks := make([]mask, count)
	for j := range ks {
		k := K()
		KMOVW(bits.As32(), k)
		ks[j] = k
		if j < count-1 {
			SHRQ(Imm(uint64(v.lanes())), bits)
		}
	}
	return ks
}

var signTables = map[string]Mem{}

// signs is a table of count vectors of ones and as many of zeros.
func (v vec) signs(count int) Mem {
	name := fmt.Sprintf("signs%d", count)
	m, known := signTables[name]
	if !known {
		m = GLOBL(name, RODATA|NOPTR)
		for i := 0; i < 8*count; i++ {
			word := I64(0)
			if i < 4*count {
				word = -1
			}
			DATA(8*i, word)
		}
		signTables[name] = m
	}
	return m
}

// loadMasked loads the lanes of k and zeros the rest.
func (v vec) loadMasked(m Mem, k mask) VecVirtual {
	r := v.reg()
	v.loadMaskedTo(m, k, r)
	return r
}

func (v vec) loadMaskedTo(m Mem, k mask, r VecVirtual) {
	switch {
	case (v.wide || v.half) && v.double:
		VMOVUPD_Z(m, k, r)
	case v.wide || v.half:
		VMOVUPS_Z(m, k, r)
	case v.double:
		VMASKMOVPD(m, k, r)
	default:
		VMASKMOVPS(m, k, r)
	}
}

// storeMasked stores the lanes of k.
func (v vec) storeMasked(a VecVirtual, m Mem, k mask) {
	switch {
	case v.wide || v.half:
		v.emit(VMOVUPS, VMOVUPD, a, k, m)
	case v.double:
		VMASKMOVPD(a, k, m)
	default:
		VMASKMOVPS(a, k, m)
	}
}

package main

import (
	"fmt"
	"math"
	"slices"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// vec is a kind of vector: AVX-512 (wide) or AVX2, float64 (double) or float32.
// Its methods emit one instruction each and return a new register, so kernels
// read as formulas.
//
// A half vector has the length of AVX2 and the masks of AVX-512; there it is
// the last column of a tile.
type vec struct{ wide, double, half bool }

// value is a vector register or, as the last operand, a place in memory.
type value = Op

func (v vec) size() int { // of an element, in bytes
	if v.double {
		return 8
	}
	return 4
}

func (v vec) bytes() int { // of a vector
	if v.wide {
		return 64
	}
	return 32
}

func (v vec) lanes() int { return v.bytes() / v.size() }

// goType is the element type in Go.
func (v vec) goType() string { return fmt.Sprintf("float%d", 8*v.size()) }

// name appends the kind of vector to the name of a kernel.
func (v vec) name(kernel string) string {
	return fmt.Sprintf("%sF%dx%d", kernel, 8*v.size(), v.lanes())
}

func (v vec) reg() VecVirtual {
	if v.wide {
		return ZMM()
	}
	return YMM()
}

// emit chooses the instruction for the element type.
func (v vec) emit(single, double func(...Op), ops ...Op) {
	if v.double {
		double(ops...)
	} else {
		single(ops...)
	}
}

func (v vec) binary(single, double func(...Op), b, a value) VecVirtual {
	r := v.reg()
	v.emit(single, double, b, a, r)
	return r
}

func (v vec) add(a, b value) VecVirtual { return v.binary(VADDPS, VADDPD, b, a) }
func (v vec) sub(a, b value) VecVirtual { return v.binary(VSUBPS, VSUBPD, b, a) }
func (v vec) mul(a, b value) VecVirtual { return v.binary(VMULPS, VMULPD, b, a) }
func (v vec) div(a, b value) VecVirtual { return v.binary(VDIVPS, VDIVPD, b, a) }

// max and min return b when either is NaN.
func (v vec) max(a, b value) VecVirtual { return v.binary(VMAXPS, VMAXPD, b, a) }
func (v vec) min(a, b value) VecVirtual { return v.binary(VMINPS, VMINPD, b, a) }

func (v vec) sqrt(a value) VecVirtual {
	r := v.reg()
	v.emit(VSQRTPS, VSQRTPD, a, r)
	return r
}

// fma computes acc += a b, in place.
func (v vec) fma(a, b value, acc VecVirtual) { v.emit(VFMADD231PS, VFMADD231PD, b, a, acc) }

// fms computes acc -= a b, in place.
func (v vec) fms(a, b value, acc VecVirtual) { v.emit(VFNMADD231PS, VFNMADD231PD, b, a, acc) }

// copy returns a copy of a, to be changed in place.
func (v vec) copy(a value) VecVirtual {
	r := v.reg()
	v.emit(VMOVAPS, VMOVAPD, a, r)
	return r
}

func (v vec) zero() VecVirtual {
	r := v.reg()
	if v.wide {
		VPXORD(r, r, r)
	} else {
		VXORPS(r, r, r)
	}
	return r
}

// part is the part of a vector of any kind that v holds.
func (v vec) part(a VecVirtual) VecVirtual {
	if v.wide {
		return a
	}
	return a.AsY().(VecVirtual)
}

func (v vec) load(m Mem) VecVirtual {
	r := v.reg()
	v.emit(VMOVUPS, VMOVUPD, m, r)
	return r
}

func (v vec) store(a VecVirtual, m Mem) { v.emit(VMOVUPS, VMOVUPD, a, m) }

// broadcast fills a vector with one number from memory or an XMM register.
func (v vec) broadcast(a Op) VecVirtual {
	r := v.reg()
	v.emit(func(o ...Op) { VBROADCASTSS(o...) }, func(o ...Op) { VBROADCASTSD(o...) }, a, r)
	return r
}

var constants = map[string]Mem{}

// constant is a place in memory that holds a number count times.
func (v vec) constant(x float64, count int) Mem {
	name := fmt.Sprintf("c32x%d_%08x", count, math.Float32bits(float32(x)))
	if v.double {
		name = fmt.Sprintf("c64x%d_%016x", count, math.Float64bits(x))
	}
	m, known := constants[name]
	if !known {
		m = GLOBL(name, RODATA|NOPTR)
		for i := range count {
			if v.double {
				DATA(8*i, F64(x))
			} else {
				DATA(4*i, F32(float32(x)))
			}
		}
		constants[name] = m
	}
	return m
}

// held are the constants that the loop being emitted keeps in registers; room
// is how many more it may. Their loads are emitted last, see loop.
var (
	held = map[float64]VecVirtual{}
	room int
)

// spare is the number of registers that the loops leave free for constants.
func (v vec) spare() int {
	if v.wide {
		return 24
	}
	return 5
}

// number is a vector of one constant, which must not be changed.
func (v vec) number(x float64) VecVirtual {
	if r, ok := held[x]; ok {
		return r
	}
	if room > 0 {
		room--
		held[x] = v.reg()
		return held[x]
	}
	return v.broadcast(v.constant(x, 1))
}

// operand is a constant as the last operand of an instruction. AVX2 can read it
// from memory, which costs no register; a vector of AVX-512 in memory might lie
// across two cache lines.
func (v vec) operand(x float64) Op {
	if _, ok := held[x]; ok || room > 0 || v.wide {
		return v.number(x)
	}
	return v.constant(x, v.lanes())
}

// fresh is a vector of one constant that may be changed.
func (v vec) fresh(x float64) VecVirtual {
	if _, ok := held[x]; ok || room > 0 {
		return v.copy(v.number(x))
	}
	return v.number(x)
}

// loadHeld emits the loads of the constants that are kept.
func (v vec) loadHeld() {
	order := make([]float64, 0, len(held))
	for x := range held {
		order = append(order, x)
	}
	slices.Sort(order)
	for _, x := range order {
		v.emit(func(o ...Op) { VBROADCASTSS(o...) }, func(o ...Op) { VBROADCASTSD(o...) }, v.constant(x, 1), held[x])
	}
	held = map[float64]VecVirtual{}
}

// scalar is a vector of the parameter called name.
func (v vec) scalar(name string) VecVirtual {
	x := XMM()
	Load(Param(name), x)
	return v.broadcast(x)
}

// pointer is the parameter called name.
func pointer(name string) Register { return Load(Param(name), GP64()) }

// begin starts a kernel.
func (v vec) begin(kernel, doc, signature string) {
	TEXT(v.name(kernel), NOSPLIT, signature)
	Doc(v.name(kernel) + " " + doc)
	Pragma("noescape")
}

func end() {
	VZEROUPPER()
	RET()
}

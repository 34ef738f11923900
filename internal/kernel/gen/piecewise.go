package main

import (
	"maps"
	"math"
	"slices"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// A permutation of AVX-512 looks up 16 numbers of 32 at once. So a function may
// be cut into 32 pieces, each a short polynomial, which takes fewer
// instructions than one long polynomial and lets two units share them.
const (
	pieces = 32
	degree = 4
)

// piecewise is an odd function on [-edge, edge], not negative where its
// argument is positive, as tables of its coefficients, the lowest first. Piece i
// has the arguments nearest to i edge/(pieces-1).
type piecewise struct{ coefficients [degree + 1][2]VecVirtual }

// tables are the piecewise functions that the loop being emitted keeps in
// registers.
var tables = map[string]*piecewise{}

// piecewise is the function f by its name.
func (v vec) piecewise(name string, edge float64, f func(float64) float64) *piecewise {
	p, known := tables[name]
	if !known {
		p = &piecewise{}
		tables[name] = p
		for k := range p.coefficients {
			p.coefficients[k] = [2]VecVirtual{v.reg(), v.reg()}
			room -= 2
		}
		fit(name, edge, f)
	}
	return p
}

// loadTables emits the loads of the tables.
func (v vec) loadTables() {
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		for k, pair := range tables[name].coefficients {
			for i, r := range pair {
				v.emit(VMOVUPS, VMOVUPD, fitted[name].Offset(4*(pieces*k+v.lanes()*i)), r)
			}
		}
	}
	tables = map[string]*piecewise{}
}

var fitted = map[string]Mem{}

// fit writes the coefficients [degree+1][pieces] of f.
func fit(name string, edge float64, f func(float64) float64) {
	if _, known := fitted[name]; known {
		return
	}
	var c [pieces][degree + 1]float64
	for i := range c {
		step := edge / (pieces - 1)
		c[i] = interpolate(func(t float64) float64 { return f((float64(i) + t) * step) })
	}
	fitted[name] = GLOBL(name+"Pieces", RODATA|NOPTR)
	for k := range degree + 1 {
		for i := range c {
			DATA(4*(pieces*k+i), F32(float32(c[i][k])))
		}
	}
}

// interpolate is the polynomial in t that agrees with f at the Chebyshev points
// of [-½, ½], which is near to the best: Newton's divided differences, then
// expanded.
func interpolate(f func(t float64) float64) (c [degree + 1]float64) {
	var t, d [degree + 1]float64
	for j := range t {
		t[j] = math.Cos(math.Pi*(float64(j)+0.5)/(degree+1)) / 2
		d[j] = f(t[j])
	}
	for k := 1; k <= degree; k++ {
		for j := degree; j >= k; j-- {
			d[j] = (d[j] - d[j-1]) / (t[j] - t[j-k])
		}
	}
	for j := degree; j >= 0; j-- { // c = c (t - t_j) + d_j
		for k := degree; k > 0; k-- {
			c[k] = c[k-1] - t[j]*c[k]
		}
		c[0] = d[j] - t[j]*c[0]
	}
	return c
}

// piece is which piece the arguments c belong to, in the low bits, and where
// they are in it, from -½ to ½.
func (v vec) piece(c VecVirtual, edge float64) (index, t VecVirtual) {
	const magic = 1.5 * (1 << 23) // the sum with it rounds to an integer
	a := v.reg()
	VPANDD_BCST(word("signless", 0x7fffffff), c, a)
	index = v.fresh(magic)
	v.fma(a, v.number((pieces-1)/edge), index)
	t = v.sub(index, v.number(magic))
	v.emit(VFMSUB231PS, VFMSUB231PD, a, v.number((pieces-1)/edge), t)
	return index, t
}

// at is the function of c, of which piece has told index and t.
func (v vec) at(p *piecewise, c, index, t VecVirtual) VecVirtual {
	lookup := func(table [2]VecVirtual) VecVirtual {
		r := v.copy(index)
		VPERMI2PS(table[1], table[0], r)
		return r
	}
	y := lookup(p.coefficients[degree])
	for k := degree - 1; k >= 0; k-- {
		v.emit(VFMADD213PS, VFMADD213PD, lookup(p.coefficients[k]), t, y)
	}
	const orAnd = 0xF8 // A or (B and C): y gets the sign of c
	VPTERNLOGD_BCST(Imm(orAnd), word("sign", 0x80000000), c, y)
	return y
}

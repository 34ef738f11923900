// Command gen writes the assembly of package kernel. It is a module of its own,
// so that eddy does not depend on avo.
//
// Each kernel is described once, for a [vec]: float32 or float64 in AVX-512 or
// AVX2 registers. The names say which: F32x16, F32x8, F64x8, F64x4.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	for _, double := range []bool{false, true} {
		for _, wide := range []bool{true, false} {
			v := vec{wide: wide, double: double}
			v.tiles()
			v.rows()
			v.dots()
			v.elementwise()
			v.adam()
			v.butterflies()
			v.reductions()
			v.passes()
			if !wide {
				v.square()
			}
			if double {
				v.spectra()
			} else {
				v.activations()
				v.streams()
			}
		}
	}
	Generate()
}

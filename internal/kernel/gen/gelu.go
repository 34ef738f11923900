package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/reg"
)

// geluRange cuts x from below and on both sides.
func (v vec) geluRange(x VecVirtual) (low, c VecVirtual) {
	low = v.max(v.number(-geluEdge), x)
	return low, v.min(v.number(geluEdge), low)
}

// geluArgument also maps the square of the second to [-1,1].
func (v vec) geluArgument(x VecVirtual) (low, c, u VecVirtual) {
	low, c = v.geluRange(x)
	u = v.mul(c, c)
	v.emit(VFMADD213PS, VFMADD213PD, v.number(-1), v.number(2/(geluEdge*geluEdge)), u)
	return low, c, u
}

// plusHalf is ½ + c p, in place of p.
func (v vec) plusHalf(c, p VecVirtual) VecVirtual {
	v.emit(VFMADD213PS, VFMADD213PD, v.number(0.5), c, p)
	return p
}

// phi is the normal distribution function.
func (v vec) phi(c, u VecVirtual) VecVirtual {
	return v.plusHalf(c, v.horner(u,
		0.000392857735, -0.00102836895, 0.000874937046, -0.00118640997, 0.0036589182,
		-0.00671533868, 0.00965119805, -0.0139633203, 0.0196451433, -0.0257464573,
		0.0321165957, -0.039206814, 0.0484995916, -0.0653280541, 0.130928114))
}

// geluSlope is Φ(c) + c φ(c).
func (v vec) geluSlope(c, u VecVirtual) VecVirtual {
	return v.plusHalf(c, v.horner(u,
		-0.00351972715, 0.00894926023, -0.00571343442, 0.00522832433, -0.0239194371,
		0.0426974297, -0.0498482548, 0.0601554997, -0.073084347, 0.0772200152,
		-0.0724668801, 0.0640501305, -0.0567808859, 0.0557373017, -0.0673125461,
		0.131200284))
}

// normal is Φ(x) − ½, and normalSlope its part in the derivative of xΦ(x).
func normal(x float64) float64 { return math.Erf(x/math.Sqrt2) / 2 }

func normalSlope(x float64) float64 {
	return normal(x) + x*math.Exp(-x*x/2)/math.Sqrt(2*math.Pi)
}

func (v vec) gelu(x VecVirtual) VecVirtual {
	if v.wide {
		low, c := v.geluRange(x)
		index, t := v.piece(c, geluEdge)
		return v.mul(low, v.add(v.at(v.piecewise("normal", geluEdge, normal), c, index, t), v.number(0.5)))
	}
	low, c, u := v.geluArgument(x)
	return v.mul(low, v.phi(c, u))
}

func (v vec) geluGrad(x VecVirtual) (y, d VecVirtual) {
	if v.wide {
		low, c := v.geluRange(x)
		index, t := v.piece(c, geluEdge)
		half := v.number(0.5)
		y = v.mul(low, v.add(v.at(v.piecewise("normal", geluEdge, normal), c, index, t), half))
		return y, v.add(v.at(v.piecewise("normalSlope", geluEdge, normalSlope), c, index, t), half)
	}
	low, c, u := v.geluArgument(x)
	return v.mul(low, v.phi(c, u)), v.geluSlope(c, u)
}

func (v vec) geluJet(x VecVirtual) [4]VecVirtual {
	low, c, u := v.geluArgument(x)
	d1 := v.phi(c, u)
	y := v.mul(low, d1)
	c = v.clamp(x, geluFlat)
	t := v.mul(c, c)
	density := v.mul(v.exp(v.mul(t, v.number(-0.5))), v.number(1/math.Sqrt(2*math.Pi)))
	v.fma(c, density, d1)
	d2 := v.mul(density, v.sub(v.number(2), t))
	d3 := v.mul(density, v.mul(c, v.sub(t, v.number(4))))
	return [4]VecVirtual{y, d1, d2, d3}
}

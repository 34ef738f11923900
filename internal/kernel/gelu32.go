package kernel

// geluEdge is where GELU in float32 passes into its limits, 0 and x: there
// Φ and Φ + xφ differ from 0 and 1 by 1e-6 or less.
const geluEdge = 5.4

// geluArgument cuts x from below and on both sides, and maps the second to
// [-1,1] by its square. Polynomials in u lose no digits, those in c² do.
func geluArgument(x float32) (low, c, u float32) {
	low = max(-geluEdge, x)
	c = min(geluEdge, low)
	return low, c, c*c*(2/(geluEdge*geluEdge)) - 1
}

// phi32 is Φ(c), the normal distribution function: ½ + c p(u), with the
// polynomial whose largest error on [-5.4, 5.4] is least, 3e-8.
func phi32(c, u float32) float32 {
	p := float32(0.000392857735)
	p = p*u - 0.00102836895
	p = p*u + 0.000874937046
	p = p*u - 0.00118640997
	p = p*u + 0.0036589182
	p = p*u - 0.00671533868
	p = p*u + 0.00965119805
	p = p*u - 0.0139633203
	p = p*u + 0.0196451433
	p = p*u - 0.0257464573
	p = p*u + 0.0321165957
	p = p*u - 0.039206814
	p = p*u + 0.0484995916
	p = p*u - 0.0653280541
	p = p*u + 0.130928114
	return 0.5 + c*p
}

// geluSlope32 is Φ(c) + c φ(c), found like phi32; the error is 1.3e-7.
func geluSlope32(c, u float32) float32 {
	p := float32(-0.00351972715)
	p = p*u + 0.00894926023
	p = p*u - 0.00571343442
	p = p*u + 0.00522832433
	p = p*u - 0.0239194371
	p = p*u + 0.0426974297
	p = p*u - 0.0498482548
	p = p*u + 0.0601554997
	p = p*u - 0.073084347
	p = p*u + 0.0772200152
	p = p*u - 0.0724668801
	p = p*u + 0.0640501305
	p = p*u - 0.0567808859
	p = p*u + 0.0557373017
	p = p*u - 0.0673125461
	p = p*u + 0.131200284
	return 0.5 + c*p
}

func gelu32(x float32) float32 {
	low, c, u := geluArgument(x)
	return low * phi32(c, u)
}

func geluGrad32(x float32) (y, d float32) {
	low, c, u := geluArgument(x)
	return low * phi32(c, u), geluSlope32(c, u)
}

func geluJet32(x float32) (y, d1, d2, d3 float32) {
	low, c, u := geluArgument(x)
	cumulative := phi32(c, u)
	flat := clamp32(x, geluFlat)
	_, d1, d2, d3 = geluJet(x, flat, cumulative, invSqrt2Pi*exp32(-0.5*flat*flat))
	return low * cumulative, d1, d2, d3
}

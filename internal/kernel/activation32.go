package kernel

import "math"

// The activations in float32. Random data would make every branch a
// misprediction, so there are none: arguments are clamped to where the function
// has reached its limit (the builtin min and max keep NaN).
var curves32 = [activations]curve[float32]{
	Identity: {identity[float32], identityGrad[float32], identityJet[float32]},
	GELU:     {gelu32, geluGrad32, geluJet32},
	GELUTanh: {geluTanh32, geluTanhGrad32, geluTanhJet32},
	Tanh:     {tanh32, tanhGrad32, tanhJet32},
	Sin:      {sin32, sinGrad32, sinJet32},
	ReLU:     {relu[float32], reluGrad[float32], reluJet[float32]},
	SiLU:     {silu32, siluGrad32, siluJet32},
	TanhSin:  {tanhSin32, tanhSinGrad32, tanhSinJet32},
}

func clamp32(x, limit float32) float32 { return max(-limit, min(limit, x)) }

// tanh32 is a rational approximation of degree 13 over 6, from Eigen; the
// absolute error is below 3e-7.
func tanh32(x float32) float32 {
	x = clamp32(x, 7.90531110763549805)
	t := x * x
	p := float32(-2.76076847742355e-16)
	p = p*t + 2.00018790482477e-13
	p = p*t - 8.60467152213735e-11
	p = p*t + 5.12229709037114e-08
	p = p*t + 1.48572235717979e-05
	p = p*t + 6.37261928875436e-04
	p = p*t + 4.89352455891786e-03
	q := float32(1.19825839466702e-06)
	q = q*t + 1.18534705686654e-04
	q = q*t + 2.26843463243900e-03
	q = q*t + 4.89352518554385e-03
	return x * p / q
}

// exp32 is e^x by Cephes' polynomial on [-½ ln 2, ½ ln 2]; x is clamped to
// [-87.3, 88.3], between which the result is a normal number.
func exp32(x float32) float32 {
	const shift = 3 << 22 // adding it rounds to an integer
	x = max(-87.3, min(88.3, x))
	n := (x*math.Log2E + shift) - shift
	x = x - n*0.693359375 + n*2.12194440e-4
	p := float32(1.9875691500e-4)
	p = p*x + 1.3981999507e-3
	p = p*x + 8.3334519073e-3
	p = p*x + 4.1665795894e-2
	p = p*x + 1.6666665459e-1
	p = p*x + 5.0000001201e-1
	p = p*x*x + x + 1
	return p * math.Float32frombits(uint32(int32(n)+127)<<23)
}

func geluTanh32(x float32) float32 {
	c := clamp32(x, geluFlat)
	return x / (1 + exp32(-geluRate*c*(1+geluCubic*c*c)))
}

func geluTanhGrad32(x float32) (y, d float32) {
	c := clamp32(x, geluFlat)
	e := exp32(-geluRate * c * (1 + geluCubic*c*c))
	s := 1 / (1 + e)
	return x * s, s + c*geluRate*(1+3*geluCubic*c*c)*s*(e*s)
}

func tanhGrad32(x float32) (y, d float32) {
	y = tanh32(x)
	return y, 1 - y*y
}

func sin32(x float32) float32 { return float32(math.Sin(float64(x))) }

func sinGrad32(x float32) (y, d float32) {
	s, c := math.Sincos(float64(x))
	return float32(s), float32(c)
}

func silu32(x float32) float32 { return x / (1 + exp32(-x)) }

func siluGrad32(x float32) (y, d float32) {
	e := exp32(-x)
	s := 1 / (1 + e)
	return x * s, s + x*s*(e*s)
}

func tanhJet32(x float32) (y, d1, d2, d3 float32) { return tanhJet(tanh32(x)) }

func sinJet32(x float32) (y, d1, d2, d3 float32) {
	s, c := sinGrad32(x)
	return s, c, -s, -c
}

func geluTanhJet32(x float32) (y, d1, d2, d3 float32) {
	c := clamp32(x, geluFlat)
	s, s1, s2, s3 := logisticJet(exp32(-geluRate * c * (1 + geluCubic*c*c)))
	_, s1, s2, s3 = cubicJet(c, s, s1, s2, s3)
	return gateJet(x, c, s, s1, s2, s3)
}

func siluJet32(x float32) (y, d1, d2, d3 float32) {
	c := clamp32(x, 80) // beyond it σ' x is 0 to all digits
	s, s1, s2, s3 := logisticJet(exp32(-c))
	return gateJet(x, c, s, s1, s2, s3)
}

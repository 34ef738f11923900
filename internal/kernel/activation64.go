package kernel

import "math"

// The activations in float64, to the accuracy of package math.
var curves64 = [activations]curve[float64]{
	Identity: {identity[float64], identityGrad[float64], identityJet[float64]},
	GELU:     {gelu64, geluGrad64, geluJet64},
	GELUTanh: {geluTanh64, geluTanhGrad64, geluTanhJet64},
	Tanh:     {math.Tanh, tanhGrad64, tanhJet64},
	Sin:      {math.Sin, sinGrad64, sinJet64},
	ReLU:     {relu[float64], reluGrad[float64], reluJet[float64]},
	SiLU:     {silu64, siluGrad64, siluJet64},
	TanhSin:  {tanhSin64, tanhSinGrad64, tanhSinJet64},
}

const (
	invSqrt2   = math.Sqrt2 / 2                      // 1/√2
	invSqrt2Pi = 0.39894228040143267793994605993     // 1/√(2π)
	geluRate   = 2 * 0.79788456080286535587989211987 // 2 √(2/π)
	geluCubic  = 0.044715                            // Hendrycks & Gimpel (2016), §2
	geluFlat   = 10                                  // beyond ±10 GELUTanh is x or 0 to all digits of float32
)

func gelu64(x float64) float64 { return x * 0.5 * math.Erfc(-x*invSqrt2) }

func geluGrad64(x float64) (y, d float64) {
	phi := 0.5 * math.Erfc(-x*invSqrt2)
	return x * phi, phi + x*invSqrt2Pi*math.Exp(-0.5*x*x)
}

func geluTanh64(x float64) float64 {
	return x / (1 + math.Exp(-geluRate*x*(1+geluCubic*x*x)))
}

func geluTanhGrad64(x float64) (y, d float64) {
	u := max(-300, min(300, geluRate*x*(1+geluCubic*x*x))) // e^±300: σ(1-σ) below any float64 digit
	c := max(-20, min(20, x))                              // where u is cut, x must be too
	e := math.Exp(-u)
	s := 1 / (1 + e)
	return x * s, s + c*geluRate*(1+3*geluCubic*c*c)*s*(e*s)
}

func tanhGrad64(x float64) (y, d float64) {
	y = math.Tanh(x)
	return y, (1 - y) * (1 + y)
}

func sinGrad64(x float64) (y, d float64) { return math.Sincos(x) }

func silu64(x float64) float64 { return x / (1 + math.Exp(-x)) }

func siluGrad64(x float64) (y, d float64) {
	e := math.Exp(-max(-700, min(700, x))) // e^±700 does not overflow
	s := 1 / (1 + e)
	return x * s, s + x*s*(e*s)
}

func tanhJet64(x float64) (y, d1, d2, d3 float64) { return tanhJet(math.Tanh(x)) }

func sinJet64(x float64) (y, d1, d2, d3 float64) {
	s, c := math.Sincos(x)
	return s, c, -s, -c
}

func geluJet64(x float64) (y, d1, d2, d3 float64) {
	c := max(-40, min(40, x)) // φ(40) is 0
	return geluJet(x, c, 0.5*math.Erfc(-x*invSqrt2), invSqrt2Pi*math.Exp(-0.5*c*c))
}

func geluTanhJet64(x float64) (y, d1, d2, d3 float64) {
	c := max(-20, min(20, x)) // e^-|u| is 0 to all digits
	s, s1, s2, s3 := logisticJet(math.Exp(-geluRate * c * (1 + geluCubic*c*c)))
	_, s1, s2, s3 = cubicJet(c, s, s1, s2, s3)
	return gateJet(x, c, s, s1, s2, s3)
}

func siluJet64(x float64) (y, d1, d2, d3 float64) {
	c := max(-700, min(700, x))
	s, s1, s2, s3 := logisticJet(math.Exp(-c))
	return gateJet(x, c, s, s1, s2, s3)
}

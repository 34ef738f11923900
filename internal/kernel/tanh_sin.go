package kernel

import "math"

// TanhSin is x + tanh sin π(x+1) = x − tanh sin πx. The sine's argument is
// reduced before it is multiplied by π: x = 2n + r with |r| ≤ 1 is exact.

func tanhSin64(x float64) float64 {
	s, _ := sincosPi(x)
	return x - math.Tanh(s)
}

func tanhSinGrad64(x float64) (y, d float64) {
	s, c := sincosPi(x)
	t, slope := tanhGrad64(s)
	return x - t, 1 - slope*math.Pi*c
}

// tanhSinJet64 is the chain rule for tanh s, s = sin πx.
func tanhSinJet64(x float64) (y, d1, d2, d3 float64) {
	s, c := sincosPi(x)
	t, t1, t2, t3 := tanhJet64(s)
	s1, s2, s3 := math.Pi*c, -math.Pi*math.Pi*s, -math.Pi*math.Pi*math.Pi*c
	return x - t, 1 - t1*s1, -(t2*s1*s1 + t1*s2), -(t3*s1*s1*s1 + 3*t2*s1*s2 + t1*s3)
}

// sincosPi is sin πx and cos πx.
func sincosPi(x float64) (sin, cos float64) {
	return math.Sincos(math.Pi * (x - 2*math.RoundToEven(x/2)))
}

func tanhSin32(x float32) float32 {
	s, _ := sincosPi(float64(x))
	return x - tanh32(float32(s))
}

func tanhSinGrad32(x float32) (y, d float32) {
	s, c := sincosPi(float64(x))
	t, slope := tanhGrad32(float32(s))
	return x - t, 1 - slope*math.Pi*float32(c)
}

func tanhSinJet32(x float32) (y, d1, d2, d3 float32) {
	y64, a, b, c := tanhSinJet64(float64(x))
	return float32(y64), float32(a), float32(b), float32(c)
}

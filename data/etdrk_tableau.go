package data

import "math/cmplx"

// stage is one line of an exponential Runge–Kutta method for u_t = L u + N(u),
//
//	v = exp(time z) u + Δt Σ_j weights_j(z) N_j,  z = Δt L,
//
// where N_0 is N(u) and N_j is N at the value v of stage j−1. The last stage is the
// step itself. A weight of nil is zero.
type stage struct {
	time    float64
	weights []func(z complex128) complex128
}

// tableaus holds the method of each order.
//
// Ref: Cox & Matthews, J. Comput. Phys. 176 (2002) 430, eq. 4 (order 1), 22
// (order 2), 23–25 (order 3) and 26–29 (order 4), with their coefficients
// written in the functions φ.
var tableaus = [][]stage{
	{{1, nil}},
	{{1, weights{phi1}}},
	{
		{1, weights{phi1}},
		{1, weights{phis(1, -1, 0), phis(0, 1, 0)}},
	},
	{
		{0.5, weights{halfPhi1}},
		{1, weights{phis(-1, 0, 0), phis(2, 0, 0)}},
		{1, weights{phis(1, -3, 4), phis(0, 4, -8), phis(0, -1, 4)}},
	},
	{
		{0.5, weights{halfPhi1}},
		{0.5, weights{nil, halfPhi1}},
		{1, weights{halfPhi1Less, nil, phi1AtHalf}},
		{1, weights{phis(1, -3, 4), phis(0, 2, -4), phis(0, 2, -4), phis(0, -1, 4)}},
	},
}

type weights = []func(z complex128) complex128

// phis returns a φ_1 + b φ_2 + c φ_3.
func phis(a, b, c complex128) func(complex128) complex128 {
	return func(z complex128) complex128 {
		phi := phi(z)
		return a*phi[1] + b*phi[2] + c*phi[3]
	}
}

func phi1(z complex128) complex128 { return phi(z)[1] }

func phi1AtHalf(z complex128) complex128 { return phi(z / 2)[1] }

func halfPhi1(z complex128) complex128 { return phi(z / 2)[1] / 2 }

// halfPhi1Less is ½φ_1(z/2)(exp(z/2) − 1): stage 3 of order 4 starts from
// stage 1 and not from u.
func halfPhi1Less(z complex128) complex128 {
	phi := phi(z / 2)
	return phi[1] * phi[1] * z / 4
}

// phi returns φ_0(z) … φ_3(z), where φ_0 = exp and
//
//	φ_{k+1}(z) = (φ_k(z) − 1/k!) / z = Σ_n z^n / (n+k+1)!.
//
// For |z| < 1 it sums the series, whose 20 terms leave out less than 1/20!,
// 4e-19. Beyond, the recurrence divides the rounding error by |z| each time, so
// it does not grow: either way the error is a few units in the last place
// of the largest term. (Contour integrals do the same at 16 to 64 times the
// exponentials: Kassam & Trefethen, SIAM J. Sci. Comput. 26 (2005) 1214.)
//
// Ref: Hochbruck & Ostermann, Acta Numerica 19 (2010) 209, eq. 2.10–2.12.
func phi(z complex128) (phi [4]complex128) {
	phi[0] = cmplx.Exp(z)
	if cmplx.Abs(z) >= 1 {
		phi[1] = (phi[0] - 1) / z
		phi[2] = (phi[1] - 1) / z
		phi[3] = (phi[2] - 0.5) / z
		return phi
	}
	const terms = 20
	for k := 1; k <= 3; k++ {
		sum := complex(1, 0)
		for n := terms; n > 0; n-- {
			sum = 1 + sum*z/complex(float64(n+k), 0)
		}
		phi[k] = sum
	}
	phi[2] /= 2
	phi[3] /= 6
	return phi
}

package physics

import "math/cmplx"

// Phi returns φ_0(z) … φ_3(z), where φ_0 = exp and
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
func Phi(z complex128) (phi [4]complex128) {
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

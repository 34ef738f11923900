package solver

import (
	"fmt"
	"math/cmplx"

	"eddy/configs"
)

func init() {
	configs.Register("rk4", func() Integrator { return &RK4{} })
}

// RK4 is the classical Runge–Kutta method of order 4, for waves and weak
// diffusion: a step is stable where the rectangle around the spectrum is within
// 2.78 of 0 to the left and 2.82 up and down.
//
// Ref: Kutta, Z. Math. Phys. 46 (1901) 435.
type RK4 struct{}

// Scratch is 3: the rate of a stage, their sum, the stage.
func (*RK4) Scratch() int { return 3 }

// Step implements [Integrator].
func (*RK4) Step(u []float64, dt float64, f ODE, scratch [][]float64) error {
	if s := f.Spectrum(u); !rk4Bears(dt*s.Real, dt*s.Imag) {
		return fmt.Errorf("unstable: rates of %.3g by diffusion and %.3g by waves per step, want at most 2.7 and 2.8; take more substeps", dt*s.Real, dt*s.Imag)
	}
	rate, sum, v := scratch[0], scratch[1], scratch[2]
	clear(sum)
	copy(v, u)
	for _, stage := range []struct{ weight, next float64 }{{1. / 6, 1. / 2}, {1. / 3, 1. / 2}, {1. / 3, 1}, {1. / 6, 0}} {
		f.Rate(rate, v)
		for i, r := range rate {
			sum[i] += stage.weight * r
			v[i] = u[i] + stage.next*dt*r
		}
	}
	for i, r := range sum {
		u[i] += dt * r
	}
	return nil
}

// rk4Bears tells whether |1 + z + z²/2 + z³/6 + z⁴/24| ≤ 1 on the upper and left
// side of the rectangle −real ≤ Re z ≤ 0, |Im z| ≤ imag, and on its right.
func rk4Bears(real, imag float64) bool {
	const samples = 64
	stable := func(z complex128) bool {
		return cmplx.Abs(1+z*(1+z/2*(1+z/3*(1+z/4)))) <= 1+1e-12 // NaN is not
	}
	for i := range samples + 1 {
		part := float64(i) / samples
		if !stable(complex(-part*real, imag)) || !stable(complex(-real, part*imag)) || !stable(complex(0, part*imag)) {
			return false
		}
	}
	return true
}

package solver

import (
	"math"
	"math/cmplx"
	"strings"
	"testing"

	"eddy/physics"
)

// Waves of u_tt = c² Δu run, stand and drift as they should, for any number of
// points, order and length of the steps.
func TestWaveIsExact(t *testing.T) {
	const c, length = 1.3, 2 * math.Pi
	for _, n := range []int{12, 15, 64} {
		for _, dt := range []float64{0.01, 0.7, 5} {
			p := of(&physics.Wave{Speed: c}, n, length, dt)
			const steps = 3
			at := func(time float64) []float64 {
				return fill(p, func(x []float64) []float64 {
					h, v := 0.4-0.2*time, -0.2
					for k := 1; 2*k < n && k < 9; k++ {
						kf, a := float64(k), 1/float64(k*k)
						sin, cos := math.Sincos(kf * (x[0] - c*time))
						h, v = h+a*sin, v-a*c*kf*cos
						stand := math.Cos(kf*x[0] + 1)
						h, v = h+a*stand*math.Cos(c*kf*time), v-a*c*kf*stand*math.Sin(c*kf*time)
					}
					return []float64{h, v}
				})
			}
			for order := range tableaus {
				got := advance(t, solver(t, p, order, 2), at(0), steps)
				if d := maxDistance(got, at(steps*dt)); !(d <= 1e-12) {
					t.Errorf("%d points, steps of %v, order %d: error %.1e", n, dt, order, d)
				}
			}
		}
	}
}

// Without its cubic term, the Schrödinger equation turns the phase of each wave
// at the rate αk², in one and two dimensions.
func TestLinearSchroedingerIsExact(t *testing.T) {
	const alpha, dt, steps = 0.5, 0.3, 4
	for dims := 1; dims <= 2; dims++ {
		p := setting{equation: &physics.Schroedinger{Dispersion: alpha}, dims: dims, extent: 2 * math.Pi, dt: dt}.problem(t, "", 24)
		at := func(time float64) []float64 {
			return fill(p, func(x []float64) []float64 {
				psi := complex(0.3, -0.1)
				for _, k := range [][]float64{{1, 0}, {-2, 3}, {5, -7}, {-11, 4}} {
					phase, square := 0.5, 0.0
					for axis := range x {
						phase += k[axis] * x[axis]
						square += k[axis] * k[axis]
					}
					psi += cmplx.Rect(0.5, phase-alpha*square*time)
				}
				return []float64{real(psi), imag(psi)}
			})
		}
		for order := 1; order < len(tableaus); order++ {
			got := advance(t, solver(t, p, order, 1), at(0), steps)
			if d := maxDistance(got, at(steps*dt)); !(d <= 1e-12) {
				t.Errorf("%d dimensions, order %d: error %.1e", dims, order, d)
			}
		}
	}
}

// Linear terms that are not finite on the grid are refused.
func TestOverflowIsRefused(t *testing.T) {
	for _, e := range []physics.Equation{&physics.Wave{Speed: 1e200}, &physics.HyperDiffusion{HyperDiffusivity: 1e305}} {
		_, err := (&ETDRK{Order: 4, Substeps: 1, Bound: 1}).Stepper(of(e, 64, 1, 1))
		if err == nil || !strings.Contains(err.Error(), "linear terms times dt are") {
			t.Errorf("%T: error %v", e, err)
		}
	}
}

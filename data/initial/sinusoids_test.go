package initial

import (
	"math"
	"testing"

	"eddy/physics"
)

// Each of the waves has ⟨A²⟩/2 = 1/6 as its mean square, of any sign; the share
// of states with one sign, and of those that vanish near both ends, is as set.
func TestSinusoids(t *testing.T) {
	g := gridOf(64, interval, physics.Periodic)
	const draws = 2000
	for _, test := range []struct{ absolute, window float64 }{{0, 0}, {1, 0}, {0.3, 0.2}} {
		f := &Sinusoids{Waves: 2, Cutoff: 8, Absolute: test.absolute, Window: test.window}
		var square, single, ends float64
		for seed := range uint64(draws) {
			u := drawn(t, f, g, seed)
			low, high := math.Inf(1), math.Inf(-1)
			for i := range 64 {
				square += u[2*i] * u[2*i] / 64 / draws
				low, high = min(low, u[2*i]), max(high, u[2*i])
			}
			if low >= -1e-9 || high <= 1e-9 { // tanh is 1 but for some 1e-9 at the ends
				single += 1.0 / draws
			}
			if math.Abs(u[0]) < 1e-8 && math.Abs(u[2]) < 1e-6 {
				ends += 1.0 / draws
			}
		}
		// Twice the number is a wave with both amplitudes, whose square has the
		// mean 1/6 + 1/6, too, as the angles are independent. The standard
		// deviation of a mean square is about 0.35/√2000 = 0.008, of a share 0.01.
		if test.window == 0 && math.Abs(square-1.0/3) > 0.03 {
			t.Errorf("%+v: mean square %.3f, want 0.333", test, square)
		}
		if math.Abs(single-test.absolute) > 0.04 || math.Abs(ends-test.window) > 0.04 {
			t.Errorf("%+v: shares %.3f of one sign and %.3f without ends", test, single, ends)
		}
	}
}

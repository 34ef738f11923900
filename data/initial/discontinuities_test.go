package initial

import (
	"math"
	"slices"
	"testing"

	"eddy/physics"
)

// A block covers a place x of the unit interval with probability 2x(1 − x), and
// its value has the mean square 1/3 for values between −1 and 1.
func TestDiscontinuitiesMeanSquare(t *testing.T) {
	f := &Discontinuities{Blocks: 3, Low: -1, High: 1}
	g := gridOf(16, unitSquare, physics.Periodic)
	const draws = 4000
	sum, at := 0.0, 4*16+8 // x = 1/4, y = 1/2
	for seed := range uint64(draws) {
		v := drawn(t, f, g, seed)[2*at]
		sum += v * v / draws
	}
	// A square has a mean of 0.19 and a standard deviation of about 0.4.
	if want := 3.0 / 3 * (2 * 0.25 * 0.75) * (2 * 0.5 * 0.5); math.Abs(sum-want) > 0.025 {
		t.Errorf("mean square %.4f, want %.4f", sum, want)
	}
}

// Three blocks have six ends, so a state has seven pieces at most.
func TestDiscontinuitiesPieces(t *testing.T) {
	g := gridOf(1000, interval, physics.Periodic)
	for seed := range uint64(20) {
		u := drawn(t, &Discontinuities{Blocks: 3, Low: -1, High: 1}, g, seed)
		channel := []float64{}
		for i := range 1000 {
			channel = append(channel, u[2*i])
		}
		if pieces := len(slices.Compact(channel)); pieces > 7 || pieces < 2 {
			t.Errorf("%d pieces, want 2 to 7", pieces)
		}
	}
}

package initial

import (
	"math"
	"testing"

	"eddy/physics"
)

// The integral of a bump is √(2π) times its standard deviation, its centre of
// mass is its position, and both are uniform as the settings say.
func TestBlobsMoments(t *testing.T) {
	f := &Blobs{Blobs: 1, Position: [2]float64{0.4, 0.6}, Variance: [2]float64{0.005, 0.01}}
	const length, draws = 2.0, 1000
	g := gridOf(64, []float64{length}, physics.Periodic)
	var position, variance float64
	for seed := range uint64(draws) {
		u := drawn(t, f, g, seed)
		var mass, moment float64
		for i := range 64 {
			mass += u[2*i] * g.Spacing(0)
			moment += u[2*i] * g.Spacing(0) * g.X(0, i)
		}
		p, v := moment/mass/length, mass*mass/(2*math.Pi)/(length*length)
		if p < 0.4-1e-3 || p > 0.6+1e-3 || v < 0.005-1e-5 || v > 0.01+1e-5 {
			t.Fatalf("position %.4f and variance %.5f, want 0.4 to 0.6 and 0.005 to 0.01", p, v)
		}
		position, variance = position+p/draws, variance+v/draws
	}
	// Standard deviations: 0.2/√12/√1000 = 0.0018 and 0.005/√12/√1000 = 0.00005.
	if math.Abs(position-0.5) > 0.007 || math.Abs(variance-0.0075) > 0.0002 {
		t.Errorf("mean position %.4f and variance %.5f, want 0.5 and 0.0075", position, variance)
	}
}

package initial

import (
	"math"
	"testing"

	"eddy/physics"
)

// One wave between walls at −1 and 1 is −sin πx.
func TestSineBetweenWalls(t *testing.T) {
	g := gridOf(9, []float64{2}, physics.Walls)
	u := drawn(t, &Sine{Amplitude: 1, Waves: []float64{1}, Phase: []float64{0}}, g, 1)
	for i := range 9 {
		if want := -math.Sin(math.Pi * (g.X(0, i) - 1)); math.Abs(u[2*i]-want) > 1e-15 {
			t.Errorf("u = %v at %v, want %v", u[2*i], g.X(0, i)-1, want)
		}
	}
}

// Each axis has its own wave and phase.
func TestSineAxes(t *testing.T) {
	g := gridOf(8, box12, physics.Periodic)
	u := drawn(t, &Sine{Amplitude: 3, Waves: []float64{1, 2}, Phase: []float64{0, math.Pi / 2}}, g, 1)
	for i := range g.Size() {
		at := g.Index(i)
		want := 3 * math.Sin(2*math.Pi*g.X(0, at[0])) * math.Cos(2*math.Pi*g.X(1, at[1]))
		if math.Abs(u[2*i]-want) > 1e-14 {
			t.Errorf("u = %v at %v, want %v", u[2*i], at, want)
		}
	}
}

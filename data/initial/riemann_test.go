package initial

import (
	"math"
	"testing"

	"eddy/physics"
)

func TestRiemannStates(t *testing.T) {
	f := &Riemann{
		Left: []float64{1, 2}, Right: []float64{3, 4}, RightHigh: []float64{3, 5},
		Axis: 1, Position: [2]float64{0.25, 0.75},
	}
	g := gridOf(16, box12, physics.Cells)
	const draws = 1000
	var mean, edge float64
	for seed := range uint64(draws) {
		u := drawn(t, f, g, seed)
		left := 0
		for i := range g.Size() {
			y := g.X(1, g.Index(i)[1])
			switch {
			case u[2*i] == 1 && u[2*i+1] == 2 && y < 1.5:
				left++
			case u[2*i] == 3 && u[2*i+1] >= 4 && u[2*i+1] <= 5 && y > 0.5:
			default:
				t.Fatalf("state %v at y = %v", u[2*i:2*i+2], y)
			}
		}
		mean += u[2*g.Size()-1] / draws
		edge += float64(left) / float64(g.Size()) / draws
	}
	// Standard deviations: 1/√12/√1000 = 0.009 and half of it.
	if math.Abs(mean-4.5) > 0.04 || math.Abs(edge-0.5) > 0.02 {
		t.Errorf("mean value %.3f and position %.3f, want 4.5 and 0.5", mean, edge)
	}
}

// The sphere of the radial problem has the area πr² around the middle.
func TestRadialRiemannStates(t *testing.T) {
	f := &RadialRiemann{Inside: []float64{2, 0}, Outside: []float64{1, 0}, Radius: [2]float64{0.5, 0.5}}
	for _, b := range boundaries {
		g := gridOf(200, []float64{2.5, 2.5}, b)
		u, area := drawn(t, f, g, 1), 0.0
		for i := range g.Size() {
			area += (u[2*i] - 1) * g.Spacing(0) * g.Spacing(1)
			if u[2*i+1] != 0 {
				t.Fatalf("velocity %v, want 0", u[2*i+1])
			}
		}
		if want := math.Pi / 4; math.Abs(area/want-1) > 0.01 {
			t.Errorf("%v: area %.4f, want %.4f", b, area, want)
		}
	}
}

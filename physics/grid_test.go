package physics

import (
	"math"
	"slices"
	"testing"
)

// The points of every kind of grid lie in the box, one spacing apart, and those
// with walls at both ends or of cells lie symmetrically in it.
func TestPointsOfGrids(t *testing.T) {
	for _, test := range []struct {
		ends        Boundary
		first, last float64 // of four points on a box of length 6
	}{
		{Periodic, 0, 4.5}, {Walls, 0, 6}, {HalfOpen, 0, 4.5}, {Cells, 0.75, 5.25},
	} {
		g := Grid{Points: []int{4}, Extent: []float64{6}, Boundary: test.ends}
		if g.X(0, 0) != test.first || g.X(0, 3) != test.last {
			t.Errorf("%v: points from %v to %v, want %v to %v", test.ends, g.X(0, 0), g.X(0, 3), test.first, test.last)
		}
		for i := range 3 {
			if d := g.X(0, i+1) - g.X(0, i); math.Abs(d-g.Spacing(0)) > 1e-15 {
				t.Errorf("%v: points %v apart, want %v", test.ends, d, g.Spacing(0))
			}
		}
		if x := g.X(0, g.mirror(0, 1)); test.ends != HalfOpen && math.Mod(x+g.X(0, 1), 6) != 0 {
			t.Errorf("%v: point 1 is mirrored to %v", test.ends, x)
		}
	}
}

// A finer grid has the points between as well, or halves of the cells.
func TestFinerGrids(t *testing.T) {
	for ends := Periodic; ends <= Cells; ends++ {
		g := Grid{Points: []int{4, 5}, Extent: []float64{6, 2}, Boundary: ends}
		fine := g.Finer()
		if back, ok := fine.Coarser(); !ok || !slices.Equal(back.Points, g.Points) {
			t.Errorf("%v: %v is the finer grid of %v, want %v", ends, fine.Points, back.Points, g.Points)
		}
		if _, ok := g.Coarser(); ok {
			t.Errorf("%v: %v is the finer grid of another", ends, g.Points)
		}
		for axis, n := range g.Points {
			if got := g.Spacing(axis) / fine.Spacing(axis); math.Abs(got-2) > 1e-15 {
				t.Errorf("%v: spacing over %v, want 2", ends, got)
			}
			for i := range n {
				x := fine.X(axis, 2*i)
				if ends == Cells {
					x = (x + fine.X(axis, 2*i+1)) / 2
				}
				if math.Abs(x-g.X(axis, i)) > 1e-15 {
					t.Errorf("%v: %v in the place of %v", ends, x, g.X(axis, i))
				}
			}
		}
	}
}

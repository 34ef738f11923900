package solver

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/physics"
)

// Between any grids of cells integrals are kept and no new extrema are made,
// the means over unions of cells are exact, and going to cells that divide the
// old ones and back returns the state.
func TestResampleCells(t *testing.T) {
	on := func(n, m int) physics.Grid {
		return physics.Grid{Points: []int{n, m}, Extent: []float64{1, 3}, Boundary: physics.Cells}
	}
	rng := rand.New(rand.NewPCG(4, 4))
	resample := func(u []float64, from, to physics.Grid) []float64 {
		v := make([]float64, 2*to.Size())
		if err := Resample(v, to, u, from, 2); err != nil {
			t.Fatal(err)
		}
		return v
	}
	from := on(12, 10)
	u := make([]float64, 2*from.Size())
	for i := range u {
		u[i] = rng.NormFloat64()
	}
	for _, to := range []physics.Grid{on(4, 5), on(6, 2), on(7, 3), on(24, 30), on(13, 17)} {
		v := resample(u, from, to)
		for c, sum := range totals(v, 2) {
			if want := totals(u, 2)[c] / float64(from.Size()); math.Abs(sum/float64(to.Size())-want) > 1e-14 {
				t.Errorf("to %v: channel %d has the mean %v, want %v", to.Points, c, sum/float64(to.Size()), want)
			}
		}
		if slices.Max(v) > slices.Max(u)+1e-14 || slices.Min(v) < slices.Min(u)-1e-14 {
			t.Errorf("to %v: new extrema", to.Points)
		}
	}
	if d := maxDistance(resample(resample(u, from, on(36, 20)), on(36, 20), from), u); d > 1e-14 {
		t.Errorf("to a grid that divides the cells and back: %.1e", d)
	}
	half := resample(u, from, on(6, 5))
	want := (u[0] + u[2] + u[20] + u[22]) / 4 // cells (0, 0), (0, 1), (1, 0), (1, 1)
	if math.Abs(half[0]-want) > 1e-15 {
		t.Errorf("the union of four cells has the mean %v, want %v", half[0], want)
	}
}

// Smooth functions are resampled at order 2.
func TestResampleCellsOrder(t *testing.T) {
	points := []int{32, 64, 128, 256}
	var errors []float64
	for _, n := range points {
		on := func(n int) physics.Grid {
			return physics.Grid{Points: []int{n}, Extent: []float64{1}, Boundary: physics.Cells}
		}
		of := func(g physics.Grid) []float64 {
			return means(g, func(x, _ float64) []float64 { return []float64{math.Sin(5 * x)} })
		}
		v := make([]float64, 3*n/2)
		if err := Resample(v, on(3*n/2), of(on(n)), on(n), 1); err != nil {
			t.Fatal(err)
		}
		errors = append(errors, meanDistance(v, of(on(3*n/2))))
	}
	if got := order(points, errors); math.Abs(got-2) > 0.2 {
		t.Errorf("order %.2f, want 2; errors %.2g", got, errors)
	}
}

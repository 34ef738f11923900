package solver

import (
	"math"
	"testing"

	"eddy/data/fourier"
	"eddy/physics"
)

// resized returns a grid of the same box with more points, or fewer.
func resized(g physics.Grid, grow []int) physics.Grid {
	points := make([]int, g.Dims())
	for a, n := range g.Points {
		points[a] = n + grow[a%len(grow)]
	}
	return physics.Grid{Points: points, Extent: g.Extent}
}

// A state without waves beyond both grids is resampled exactly, and channels
// stay apart.
func TestResampleIsExact(t *testing.T) {
	one := physics.Operator{{Coef: 1}}
	for _, from := range grids {
		for _, grow := range [][]int{{0}, {1}, {2}, {7}, {20}, {5, -2}, {-1}, {-2, 3}} {
			to := resized(from, grow)
			if to.Points[0] < 2 {
				continue
			}
			const channels = 2
			var waves [channels][]fourier.Wave
			src := make([]float64, channels*from.Size())
			for c := range channels {
				for _, w := range randomWaves(from, uint64(c)) {
					if fourier.Holds(to, w.K) {
						waves[c] = append(waves[c], w)
					}
				}
				for i := range from.Size() {
					src[i*channels+c] = at(waves[c], one, from, i)
				}
			}
			dst := make([]float64, channels*to.Size())
			if err := Resample(dst, to, src, from, channels); err != nil {
				t.Fatal(err)
			}
			for i, v := range dst {
				if want := at(waves[i%channels], one, to, i/channels); math.Abs(v-want) > 1e-12 {
					t.Fatalf("%v to %v: %v at %d, want %v", from.Points, to.Points, v, i, want)
				}
			}
		}
	}
}

// Any state, the wave N/2 of even grids included, is the same after a finer
// grid.
func TestResampleThereAndBack(t *testing.T) {
	for _, g := range grids {
		for _, grow := range [][]int{{1}, {2}, {7}, {1, 16}} {
			fine := resized(g, grow)
			u := make([]float64, g.Size())
			for i := range u {
				u[i] = math.Sin(float64(i * i))
			}
			v, w := make([]float64, fine.Size()), make([]float64, g.Size())
			if err := Resample(v, fine, u, g, 1); err != nil {
				t.Fatal(err)
			}
			if err := Resample(w, g, v, fine, 1); err != nil {
				t.Fatal(err)
			}
			if d := maxDistance(u, w); d > 1e-13 {
				t.Errorf("%v to %v and back: differs by %.1e", g.Points, fine.Points, d)
			}
		}
	}
}

// A finer grid sees cos(kx) where a coarse one sees its wave N/2; points that
// both have keep their values.
func TestResampleInterpolates(t *testing.T) {
	coarse := physics.Grid{Points: []int{8}, Extent: []float64{2 * math.Pi}}
	fine := physics.Grid{Points: []int{24}, Extent: []float64{2 * math.Pi}}
	u := sample(coarse, func(x float64) float64 { return math.Cos(4 * x) })
	v := make([]float64, 24)
	if err := Resample(v, fine, u, coarse, 1); err != nil {
		t.Fatal(err)
	}
	if d := maxDistance(v, sample(fine, func(x float64) float64 { return math.Cos(4 * x) })); d > 1e-14 {
		t.Errorf("cos 4x on 8 points differs by %.1e on 24", d)
	}
}

func TestResampleRefuses(t *testing.T) {
	g := physics.Grid{Points: []int{8}, Extent: []float64{1}}
	walls, longer, plane := g, g, physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 1}}
	walls.Boundary = physics.Walls
	longer.Extent = []float64{2}
	u := make([]float64, 8)
	for _, other := range []physics.Grid{walls, longer, plane, {}} {
		if Resample(make([]float64, 64), other, u, g, 1) == nil {
			t.Errorf("to %v: want an error", other)
		}
	}
	if Resample(u, g, u, g, 2) == nil || Resample(u[:7], g, u, g, 1) == nil {
		t.Error("slices of a wrong length: want an error")
	}
}

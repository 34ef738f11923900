package physics_test

import (
	"math"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Every design has points that are uniform on each axis, differ between
// indices, seeds and axes, and are the same whenever they are asked for.
func TestDesignPoints(t *testing.T) {
	for _, kind := range configs.Kinds[physics.Design]() {
		d, err := configs.New[physics.Design](kind)
		if err != nil {
			t.Fatal(err)
		}
		const n = 6400 // 100 sets of 64
		var mean, square, product float64
		p, again := make([]float64, 2), make([]float64, 2)
		for i := range uint64(n) {
			d.Point(p, 7, i)
			d.Point(again, 7, i)
			if !slices.Equal(p, again) || p[0] < 0 || p[0] > 1 || p[0] == p[1] {
				t.Fatalf("%s: point %d is %v, then %v", kind, i, p, again)
			}
			x, y := p[0]-0.5, p[1]-0.5
			mean, square, product = mean+x/n, square+x*x/n, product+x*y/n
			if d.Point(again, 8, i); again[0] == p[0] {
				t.Fatalf("%s: point %d is the same for two seeds", kind, i)
			}
		}
		// Standard deviations, if points are independent: √(1/12)/80 = 0.0036,
		// √(1/180)/80 = 0.0009 and 1/12/80 = 0.001.
		if math.Abs(mean) > 0.015 || math.Abs(square-1.0/12) > 0.004 || math.Abs(product) > 0.005 {
			t.Errorf("%s: moments %.4f, %.4f and %.4f, want 0, 0.0833 and 0", kind, mean, square, product)
		}
	}
}

// Each set of consecutive points has one in every slice along every axis, and
// sets differ.
func TestLatinHypercubeSlices(t *testing.T) {
	for _, n := range []int{1, 7, 64} {
		d := &physics.LatinHypercube{Samples: n}
		var orders [][]int
		for set := range uint64(3) {
			taken := [3][]int{}
			for i := range uint64(n) {
				p := make([]float64, 3)
				d.Point(p, 5, set*uint64(n)+i)
				for axis, v := range p {
					taken[axis] = append(taken[axis], int(v*float64(n)))
				}
			}
			for axis, slicesTaken := range taken {
				orders = append(orders, slices.Clone(slicesTaken))
				slices.Sort(slicesTaken)
				for i, s := range slicesTaken {
					if s != i {
						t.Fatalf("%d points, axis %d: slices %v", n, axis, slicesTaken)
					}
				}
			}
		}
		if n == 64 && (slices.Equal(orders[0], orders[1]) || slices.Equal(orders[0], orders[3])) {
			t.Error("two axes or two sets have the same order")
		}
	}
}

// The mean of a sum of functions of one coordinate each has a far smaller
// variance over a Latin hypercube than over independent points.
func TestLatinHypercubeReducesVariance(t *testing.T) {
	variance := func(d physics.Design) float64 {
		const n, sets = 32, 200
		sum := 0.0
		for set := range uint64(sets) {
			mean, p := 0.0, make([]float64, 2)
			for i := range uint64(n) {
				d.Point(p, 3, set*n+i)
				mean += (math.Exp(p[0]) + p[1]*p[1] - (math.E - 1 + 1.0/3)) / n
			}
			sum += mean * mean / sets
		}
		return sum
	}
	// Var(e^U) + Var(U²) = 0.331 over 32 points, and less by 1/n² within slices.
	latin, independent := variance(&physics.LatinHypercube{Samples: 32}), variance(&physics.Independent{})
	if math.Abs(independent/(0.331/32)-1) > 0.4 || latin > independent/100 {
		t.Errorf("variances %.2e of independent points and %.2e of Latin hypercubes", independent, latin)
	}
}

package physics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// sobolev is the value of l, and its gradient by pred, for fields [B, N…, 1].
func sobolev(t *testing.T, l *physics.Sobolev, g physics.Grid, pred, target []float64) (float64, []float64) {
	t.Helper()
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	pool := kernel.NewPool(1)
	defer pool.Close()
	ps := &graph.Params{Precision: graph.F64}
	shape := append(append([]int{len(pred) / g.Size()}, g.Points...), 1)
	next := 0
	q := ps.New("pred", shape, func() float64 { next++; return pred[next-1] })
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, ps.List, func(b *graph.Graph, _ graph.Nodes) *graph.Node {
		return l.Node(b, g, b.Param(q), b.Const("target", shape, target))
	})
	if err != nil {
		t.Fatal(err)
	}
	return value(t, p), p.Grads[0].Values()
}

// wave is cos(2π k·x/L) on the points of a grid.
func wave(g physics.Grid, k [3]int) []float64 {
	u := make([]float64, g.Size())
	for i := range u {
		phase := 0.0
		for a, j := range g.Index(i) {
			phase += 2 * math.Pi * float64(k[a]*j%g.Points[a]) / float64(g.Points[a])
		}
		u[i] = math.Cos(phase)
	}
	return u
}

// TestSobolevOfOneMode: the norm of a wave is (α + |2πk/L|²)^{s/2} times its
// norm in L².
func TestSobolevOfOneMode(t *testing.T) {
	grids := []physics.Grid{
		{Points: []int{16}, Extent: []float64{3}},
		{Points: []int{15}, Extent: []float64{0.5}},
		{Points: []int{6, 9}, Extent: []float64{1, 4}},
		{Points: []int{4, 5, 6}, Extent: []float64{2, 1, 7}},
	}
	for _, g := range grids {
		for _, s := range []float64{-2, -1, -0.5, 0, 0.5, 1, 2, 3} {
			for _, k := range [][3]int{{}, {1}, {-2}, {1, -2}, {0, 2, 1}} {
				if g.Dims() < 3 && k[2] != 0 || g.Dims() < 2 && k[1] != 0 {
					continue
				}
				const alpha = 0.7
				symbol := alpha
				for a, length := range g.Extent {
					symbol += math.Pow(2*math.Pi*float64(k[a])/length, 2)
				}
				u := wave(g, k)
				zero := make([]float64, len(u))
				squares := 0.0
				for _, v := range u {
					squares += v * v / float64(len(u))
				}
				l := &physics.Sobolev{Order: s, Alpha: alpha}
				got, _ := sobolev(t, l, g, u, zero)
				if want := math.Pow(symbol, s/2); math.Abs(math.Sqrt(got/squares)-want) > 1e-12*want {
					t.Errorf("%v, s = %v, k = %v: %v, want %v", g.Points, s, k, math.Sqrt(got/squares), want)
				}
			}
		}
	}
}

// TestSobolevOfOrderZero is the mean square, and relative the norm L².
func TestSobolevOfOrderZero(t *testing.T) {
	g := physics.Grid{Points: []int{6, 5}, Extent: []float64{1, 2}}
	rng := rand.New(rand.NewPCG(1, 2))
	pred, target := make([]float64, 2*g.Size()), make([]float64, 2*g.Size())
	var errs, sizes [2]float64
	for i := range pred {
		pred[i], target[i] = rng.NormFloat64(), rng.NormFloat64()
		errs[i/g.Size()] += math.Pow(pred[i]-target[i], 2)
		sizes[i/g.Size()] += target[i] * target[i]
	}
	got, _ := sobolev(t, &physics.Sobolev{Alpha: 3}, g, pred, target)
	if want := (errs[0] + errs[1]) / float64(len(pred)); math.Abs(got-want) > 1e-14*want {
		t.Errorf("mean square %v, want %v", got, want)
	}
	got, _ = sobolev(t, &physics.Sobolev{Alpha: 3, Relative: true}, g, pred, target)
	if want := (math.Sqrt(errs[0]/sizes[0]) + math.Sqrt(errs[1]/sizes[1])) / 2; math.Abs(got-want) > 1e-14*want {
		t.Errorf("relative %v, want %v", got, want)
	}
}

// TestSobolevBands: bands beside each other add up to the whole norm, and one
// lets nothing else through.
func TestSobolevBands(t *testing.T) {
	g := physics.Grid{Points: []int{12, 9}, Extent: []float64{1, 2}}
	rng := rand.New(rand.NewPCG(1, 2))
	u, zero := make([]float64, g.Size()), make([]float64, g.Size())
	for i := range u {
		u[i] = rng.NormFloat64()
	}
	whole, _ := sobolev(t, &physics.Sobolev{Order: -1, Alpha: 0.1}, g, u, zero)
	sum := 0.0
	for _, band := range [][2]float64{{0, 1.9}, {1.91, 3.9}, {3.91, 0}} {
		part, _ := sobolev(t, &physics.Sobolev{Order: -1, Alpha: 0.1, Low: band[0], High: band[1]}, g, u, zero)
		sum += part
	}
	if math.Abs(sum-whole) > 1e-14*whole {
		t.Errorf("the bands add up to %v, want %v", sum, whole)
	}
	if v, _ := sobolev(t, &physics.Sobolev{Order: 1, Low: 1, High: 2}, g, wave(g, [3]int{2, 1}), zero); v > 1e-28 {
		t.Errorf("a wave of √5 waves has %v in the band 1 … 2", v)
	}
}

// TestSobolevGradient is the inverse transform of 2 w² ê, which the norm of
// order 2s of a wave is: the gradient of ‖u‖²_s by a point is 2 (α − Δ)^s u/N.
func TestSobolevGradient(t *testing.T) {
	g := physics.Grid{Points: []int{8, 6}, Extent: []float64{1, 2}}
	k := [3]int{2, -1}
	u := wave(g, k)
	for _, s := range []float64{-1.5, 0.5, 2} {
		_, grad := sobolev(t, &physics.Sobolev{Order: s, Alpha: 0.3}, g, u, make([]float64, len(u)))
		w := math.Pow(0.3+math.Pow(2*math.Pi, 2)*(4+0.25), s)
		for i, v := range u {
			if want := 2 * w * v / float64(len(u)); math.Abs(grad[i]-want) > 1e-14*w {
				t.Fatalf("s = %v, point %d: %v, want %v", s, i, grad[i], want)
			}
		}
	}
}

func TestSobolevRefuses(t *testing.T) {
	for _, c := range []struct {
		loss physics.Sobolev
		want string
	}{
		{physics.Sobolev{Order: -1}, "infinite"},
		{physics.Sobolev{Low: 3, High: 2}, "want low = 3 or more"},
	} {
		if err := c.loss.Check(); err == nil || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%+v: error %v, want %q", c.loss, err, c.want)
		}
	}
	if err := (&physics.Sobolev{Order: -1, Low: 1}).Check(); err != nil {
		t.Error(err)
	}
}

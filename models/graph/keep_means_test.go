package graph

import (
	"math"
	"math/rand/v2"
	"testing"
)

func init() {
	opCases = append(opCases,
		opCase{"keep means", [][]int{{3, 4, 2}, {3, 4, 3}}, func(g *Graph, x []*Node) *Node {
			return g.KeepMeans(x[0], x[1], []float64{0.25, 0.25, 0.25, 0.25}, []int{1}, []int{2})
		}},
		opCase{"keep means of two", [][]int{{2, 2, 3, 2}, {2, 2, 3, 1}}, func(g *Graph, x []*Node) *Node {
			return g.KeepMeans(x[0], x[1], []float64{0.1, 0.2, 0.1, 0.2, 0.3, 0.1}, []int{0, 1}, []int{0, 0})
		}})
}

// TestKeepMeans goes through 1000 steps in single precision, in each of which
// the means would change: the last one is the first one.
func TestKeepMeans(t *testing.T) {
	const n = 128
	rng := rand.New(rand.NewPCG(1, 2))
	weights, total := make([]float64, n), 0.0
	for i := range weights {
		weights[i] = 1 + rng.Float64()
		total += weights[i]
	}
	for i := range weights {
		weights[i] /= total
	}
	shape := []int{1, n, 2}
	f := Feeds{"x": {Shape: shape, Data: random[float64](rng, 2*n)}, "y": {Shape: shape, Data: make([]float64, 2*n)}}
	p, err := Compile(machine(t, F32, 2), f, nil, func(g *Graph, in Nodes) *Node {
		return g.KeepMeans(in["y"], in["x"], weights, []int{0, 1}, []int{0, 1})
	})
	if err != nil {
		t.Fatal(err)
	}
	mean := func(x []float64, c int) float64 { return weightedMean(x[c:], 2, weights) }
	first := f["x"].Data
	for i, v := range first {
		first[i] = float64(float32(v))
	}
	for range 1000 {
		y := random[float64](rng, 2*n)
		f["y"] = Tensor{Shape: shape, Data: y}
		if err := p.Run(f); err != nil {
			t.Fatal(err)
		}
		f["x"] = Tensor{Shape: shape, Data: p.Output().Values()}
	}
	for c := range 2 {
		// Each step rounds one of the values, of which a mean has 1/128.
		if d := math.Abs(mean(f["x"].Data, c) - mean(first, c)); d > 3e-8 {
			t.Errorf("channel %d: the mean drifts by %g", c, d)
		}
	}
}

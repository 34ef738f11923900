package speed

import (
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// TestSizes checks that the networks have as many parameters as those that
// scripts/peers draws for the other frameworks.
func TestSizes(t *testing.T) {
	want := map[string]int{"deeponet_relu": 112385, "deeponet_tanh": 112385, "pinn_8x20": 3021, "pinn_4x128": 50049, "unet1d": 51505793}
	for _, w := range All() {
		if want[w.Name] == 0 {
			continue
		}
		ps := &graph.Params{Precision: graph.F32}
		if _, err := w.build(ps, rand.New(rand.NewPCG(1, 1))); err != nil {
			t.Fatal(err)
		}
		if ps.Count() != want[w.Name] {
			t.Errorf("%s: %d parameters, want %d", w.Name, ps.Count(), want[w.Name])
		}
	}
}

// TestWorkers takes two training steps of networks of many rows: the bits of
// the gradients do not depend on the number of workers.
func TestWorkers(t *testing.T) {
	for _, w := range All() {
		if !slices.Contains([]string{"deeponet_tanh", "pinn_8x20"}, w.Name) {
			continue
		}
		var want [][]float64
		for _, workers := range []int{1, 2, 3} {
			got := gradients(t, w, workers)
			if want == nil {
				want = got
			}
			for i := range want {
				if !slices.Equal(got[i], want[i]) {
					t.Errorf("%s: gradient %d with %d workers differs", w.Name, i, workers)
				}
			}
		}
	}
}

// gradients are those of the second step.
func gradients(t *testing.T, w Workload, workers int) [][]float64 {
	t.Helper()
	pool := kernel.NewPool(workers)
	defer pool.Close()
	j, err := w.Open(graph.Machine{Precision: graph.F32, Pool: pool})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := j.Train(); err != nil {
			t.Fatal(err)
		}
	}
	var grads [][]float64
	for _, g := range j.train.Grads {
		grads = append(grads, g.Values())
	}
	return grads
}

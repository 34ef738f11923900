package train

import (
	"math"
	"testing"

	"eddy/models/graph"
)

// valley is Rosenbrock's function of x [2], with its gradient.
//
// Ref: Rosenbrock, The Computer Journal 3 (1960) 175.
func valley(x []float64) (float64, []float64) {
	a, b := 1-x[0], x[1]-x[0]*x[0]
	return a*a + 100*b*b, []float64{-2*a - 400*x[0]*b, 200 * b}
}

// descend takes steps of an optimizer on a function of two parameters, and
// counts evaluations.
func descend(t *testing.T, o Optimizer, ps *graph.Params, steps int, f func([]float64) (float64, []float64)) int {
	t.Helper()
	p := ps.List[0]
	grads := []graph.Array{graph.NewArray(ps.Precision, 2)}
	for len(grads) < len(ps.List) {
		grads = append(grads, graph.NewArray(ps.Precision, 1))
	}
	count := 0
	evaluate := func() (float64, error) {
		count++
		v, g := f(p.Value.Values())
		grads[0].Put(g)
		return v, nil
	}
	o.Init(ps.List)
	loss, _ := evaluate()
	for step := 1; step <= steps; step++ {
		check(t, o.Step(Update{Step: step, Loss: loss, Grads: grads, Evaluate: evaluate}))
		before := loss
		if loss, _ = f(p.Value.Values()); loss > before {
			t.Errorf("step %d: from %v up to %v", step, before, loss)
		}
	}
	return count
}

func TestLBFGSFindsTheMinimum(t *testing.T) {
	for precision, tolerance := range map[graph.Precision]float64{graph.F64: 1e-8, graph.F32: 1e-2} {
		ps := &graph.Params{Precision: precision}
		p := ps.New("x", []int{2}, graph.Zero)
		p.Value.Put([]float64{-1.2, 1})
		still := ps.New("weight", []int{1}, func() float64 { return 3 })
		still.Ascends = true
		// 40 steps and 55 evaluations suffice for L-BFGS in the literature.
		count := descend(t, &LBFGS{Memory: 5, Evaluations: 20}, ps, 50, valley)
		for _, x := range p.Value.Values() {
			if math.Abs(x-1) > tolerance {
				t.Errorf("%v: ends at %v, want 1, 1", precision, p.Value.Values())
			}
		}
		if still.Value.Values()[0] != 3 {
			t.Error("a parameter that ascends was moved")
		}
		t.Logf("%v: %d evaluations", precision, count)
	}
}

// TestLBFGSGivesUp: where there is no number, the parameters stay.
func TestLBFGSGivesUp(t *testing.T) {
	ps := &graph.Params{Precision: graph.F64}
	p := ps.New("x", []int{2}, func() float64 { return 1 })
	descend(t, &LBFGS{Memory: 5, Evaluations: 20}, ps, 3, func(x []float64) (float64, []float64) {
		if x[0] != 1 {
			return math.NaN(), []float64{1, 1}
		}
		return 1, []float64{1, 1}
	})
	if v := p.Value.Values(); v[0] != 1 || v[1] != 1 {
		t.Errorf("ends at %v, want where it began", v)
	}
}

package train

import (
	"math"
	"testing"

	"eddy/models/graph"
)

// TestAverage follows the mean of one parameter by hand: in step t the weight
// is (1+t)/(10+t), until that exceeds the memory.
func TestAverage(t *testing.T) {
	ps := &graph.Params{Precision: graph.F64}
	p := ps.New("p", []int{1}, func() float64 { return 1 })
	a := newAverage(0.25, ps.List)
	want := 1.0
	for step, w := range []float64{2. / 11, 3. / 12, 0.25, 0.25} { // 3/12 = ¼ in the second step
		p.Value.F64[0] = float64(10 * (step + 1))
		a.update(step + 1)
		want = w*want + (1-w)*p.Value.F64[0]
		if got := a.mean[0].F64[0]; math.Abs(got-want) > 1e-14 {
			t.Errorf("step %d: mean %v, want %v", step+1, got, want)
		}
	}
	a.swap()
	if math.Abs(p.Value.F64[0]-want) > 1e-14 || a.mean[0].F64[0] != 40 {
		t.Errorf("after a swap: parameter %v, mean %v", p.Value.F64[0], a.mean[0].F64[0])
	}
	a.swap()
	if p.Value.F64[0] != 40 {
		t.Errorf("after two swaps: parameter %v, want 40", p.Value.F64[0])
	}
}

// TestAverageKeepsConstants: the mean of what does not move is that, in both
// precisions.
func TestAverageKeepsConstants(t *testing.T) {
	for _, precision := range []graph.Precision{graph.F32, graph.F64} {
		ps := &graph.Params{Precision: precision}
		p := ps.New("p", []int{5}, func() float64 { return 0.3 })
		a := newAverage(0.99, ps.List)
		for step := range 200 {
			a.update(step + 1)
		}
		for i, m := range a.mean[0].Values() {
			// Each of 200 steps rounds once, by 6e-8 of single precision.
			if want := p.Value.Values()[i]; math.Abs(m-want) > 200*6e-8*want {
				t.Errorf("%v: mean %v, want %v", precision, m, want)
			}
		}
	}
}

// TestNoAverage: without a memory there is no mean, and a swap changes nothing.
func TestNoAverage(t *testing.T) {
	ps := &graph.Params{Precision: graph.F64}
	p := ps.New("p", []int{1}, func() float64 { return 2 })
	a := newAverage(0, ps.List)
	a.update(1)
	a.swap()
	if p.Value.F64[0] != 2 || len(a.state()) != 0 {
		t.Errorf("parameter %v, state %v", p.Value.F64[0], a.state())
	}
}

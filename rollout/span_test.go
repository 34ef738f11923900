package rollout

import "testing"

// TestSpanHoldsWholeLines: a line far below the others widens the axis, single
// points and what is far above do not.
func TestSpanHoldsWholeLines(t *testing.T) {
	all := [][]float64{{1, 1, 1e-15, 1}, {1e-7, 1e-7, 2e-7}, {1, 2, 3, 4}, {1e9}}
	s := newSpan()
	s.low, s.high = 1e-15, 1e9
	for _, y := range all {
		s.line(y)
	}
	s.limit()
	if s.low != 0.5e-7 || s.high != 1e4 { // half of the lowest median; the median of all is 1
		t.Errorf("from %g to %g, want 5e-8 to 1e4", s.low, s.high)
	}
	exact := newSpan()
	exact.low, exact.high = 1e-15, 1
	exact.line([]float64{1e-15})
	exact.line([]float64{1, 1, 1})
	if exact.limit(); exact.low != 1e-9 {
		t.Errorf("from %g, want 1e-9: a line may be exact", exact.low)
	}
}

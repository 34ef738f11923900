package rollout

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// dice forecasts frames of its own for each draw.
type dice struct {
	draws [][][]float64 // [draws][T][N…·C]
}

func (d dice) Predict(_ Start, n int) ([][]float64, error) { return d.draws[0][:n], nil }
func (d dice) Draws(_ Start, draws, _ int) ([][][]float64, error) {
	return d.draws[:min(draws, len(d.draws))], nil
}

// TestAgreement has three draws of three frames: equal up to scale and shift,
// one the negative of two equal ones, and one that is not a number.
func TestAgreement(t *testing.T) {
	truth := line(1, 3, 4)
	u, minus := []float64{1, 2, 3, 5}, []float64{-1, -2, -3, -5}
	double, bad := []float64{3, 5, 7, 11}, []float64{1, math.NaN(), 3, 4}
	p := dice{[][][]float64{{u, u, u}, {double, u, u}, {u, minus, bad}}}
	e, err := Forecast("dice", p, truth, math.Inf(1))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Compare(p, 3); err != nil {
		t.Fatal(err)
	}
	want := []float64{1, (1. - 1 - 1) / 3, 1. / 3}
	if !slices.EqualFunc(e.Doubts[0], want, func(a Doubt, b float64) bool { return math.Abs(a.Agreement-b) < 1e-14 }) {
		t.Errorf("agreement %v, want %v", e.Doubts[0], want)
	}
	if err := e.Compare(p, 4); err == nil || !strings.Contains(err.Error(), "3 of them, want 4") {
		t.Errorf("too few draws: %v", err)
	}
	p.draws[1] = p.draws[1][:2]
	if err := e.Compare(p, 3); err == nil || !strings.Contains(err.Error(), "2 frames, want 3") {
		t.Errorf("a draw that is too short: %v", err)
	}
}

func TestDrawsFor(t *testing.T) {
	if n := DrawsFor([]Metric{&NRMSE{}, &FailureTime{0.8, 4}, &FailureTime{0.9, 7}}); n != 7 {
		t.Errorf("%d draws, want 7", n)
	}
	if n := DrawsFor([]Metric{&NRMSE{}}); n != 0 {
		t.Errorf("%d draws, want 0", n)
	}
}

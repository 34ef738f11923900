package train

import (
	"math"
	"slices"
	"testing"

	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// lossOf returns the losses' weighted sum over pairs of frames [B, N…, C], and
// the terms that it reports.
func lossOf(t *testing.T, ls Losses, g physics.Grid, shape []int, pred, target [][]float64) (float64, []string, []float64) {
	t.Helper()
	pool := kernel.NewPool(1)
	defer pool.Close()
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, nil, func(b *graph.Graph, _ graph.Nodes) *graph.Node {
		var ps, ts []*graph.Node
		for i := range pred {
			ps, ts = append(ps, b.Const("pred", shape, pred[i])), append(ts, b.Const("target", shape, target[i]))
		}
		return Task{Losses: ls, Balance: &Fixed{}}.loss(b, outcome{grid: g, pred: ps, target: ts})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	names, values := p.Reports()
	return p.Scalar(), names, values
}

// TestLosses: each term is the mean over the pairs, reported without its
// weight.
func TestLosses(t *testing.T) {
	ls := Losses{
		{"mse", &physics.MSE{Weighted: physics.Weighted{Weight: 3}}},
		{"rel_l2", &physics.RelativeL2{Weighted: physics.Weighted{Weight: 0.5}}},
	}
	pred := [][]float64{{1, 2}, {0, 0}}
	target := [][]float64{{1, 4}, {3, 4}}
	mse := (4./2 + 25./2) / 2
	rel := (2/math.Sqrt(17) + 1) / 2
	loss, names, values := lossOf(t, ls, physics.Grid{Points: []int{2}, Extent: []float64{1}}, []int{1, 2, 1}, pred, target)
	if want := 3*mse + 0.5*rel; math.Abs(loss-want) > 1e-14 {
		t.Errorf("loss %v, want %v", loss, want)
	}
	if !slices.Equal(names, []string{"mse", "rel_l2"}) || math.Abs(values[0]-mse) > 1e-14 || math.Abs(values[1]-rel) > 1e-14 {
		t.Errorf("reported %v of %v, want %v of mse and rel_l2", values, names, []float64{mse, rel})
	}
}

// TestSlopesInSpaceTime takes the H¹ norm of a function of time and space that
// is linear in time: the differences in time must not wrap around, whatever
// the ends of the axes of space are, and spacings must be those of the problem.
func TestSlopesInSpaceTime(t *testing.T) {
	const frames, dt = 5, 0.5
	for _, ends := range []physics.Boundary{physics.Periodic, physics.Walls, physics.HalfOpen, physics.Cells} {
		space := physics.Grid{Points: []int{4}, Extent: []float64{6}, Boundary: ends}
		g := spacetime(space, frames, dt)
		if g.Spacing(0) != dt || g.Spacing(1) != space.Spacing(0) {
			t.Errorf("%v: spacings %v and %v, want %v and %v", ends, g.Spacing(0), g.Spacing(1), dt, space.Spacing(0))
		}
		var pred, target []float64
		squares := 0.0
		for frame := range frames {
			for range space.Size() {
				time := float64(frame) * dt
				pred, target = append(pred, 0), append(target, 3*time)
				squares += 9 * time * time
			}
		}
		h1 := Losses{{"rel_h1", &physics.RelativeH1{Weighted: physics.Weighted{Weight: 1}}}}
		if loss, _, _ := lossOf(t, h1, g, []int{1, frames, 4, 1}, [][]float64{pred}, [][]float64{target}); loss != 1 {
			t.Errorf("%v: the loss of zero is %v, want 1", ends, loss)
		}
		// A constant error e has no slope: its square is 20 e², against that of
		// the function and of its slope 3 at each of the 20 points.
		for i := range pred {
			pred[i] = target[i] + 2
		}
		want := math.Sqrt(20 * 4 / (squares + 20*9))
		if loss, _, _ := lossOf(t, h1, g, []int{1, frames, 4, 1}, [][]float64{pred}, [][]float64{target}); math.Abs(loss-want) > 1e-14 {
			t.Errorf("%v: loss %v, want %v", ends, loss, want)
		}
	}
}

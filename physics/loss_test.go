package physics_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// fixture is a loss whose value is found by hand.
type fixture struct {
	grid         physics.Grid
	pred, target []float64 // [B, N, 1]
	want         float64
}

var (
	ring  = physics.Grid{Points: []int{4}, Extent: []float64{2}} // spacing ½
	shelf = physics.Grid{Points: []int{3}, Extent: []float64{1}, Boundary: physics.Walls}
	open  = physics.Grid{Points: []int{3}, Extent: []float64{1.5}, Boundary: physics.HalfOpen}
)

var fixtures = map[string][]fixture{
	"mse": {
		{shelf, []float64{1, 2, 3}, []float64{0, 2, 5}, (1. + 0 + 4) / 3},
		{shelf, []float64{1, 2, 3, 0, 0, 1}, []float64{0, 2, 5, 0, 0, 0}, (1. + 4 + 1) / 6},
	},
	"rel_l2": {
		{shelf, []float64{1, 2, 3}, []float64{0, 2, 5}, math.Sqrt(5. / 29)},
		// The second sample is 100 times smaller and counts alike.
		{shelf, []float64{1, 2, 3, 0.01, 0, 0}, []float64{0, 2, 5, 0.02, 0, 0}, (math.Sqrt(5./29) + 0.5) / 2},
	},
	"rel_h1": {
		// ‖u‖² = 2 and the slopes 0, −2, 0, 2; the error 1 has no slope.
		{ring, []float64{2, 1, 0, 1}, []float64{1, 0, -1, 0}, math.Sqrt(4. / 10)},
		// The error 0, 1, 0, −1 has ‖e‖² = 2 and the slopes 2, 0, −2, 0.
		{ring, []float64{1, 1, -1, -1}, []float64{1, 0, -1, 0}, math.Sqrt((2. + 8) / 10)},
		// u = 4x² has the slopes 0, 4, 8, which differences of second order meet
		// at the walls, too; the error 2x has the slope 2.
		{shelf, []float64{0, 2, 6}, []float64{0, 1, 4}, math.Sqrt((5. + 12) / (17 + 80))},
		{open, []float64{0, 2, 6}, []float64{0, 1, 4}, math.Sqrt((5. + 12) / (17 + 80))},
	},
	"sobolev": {
		// ‖u‖² = 2 with one wave on the length 2; the error 1 has no slope.
		{ring, []float64{2, 1, 0, 1}, []float64{1, 0, -1, 0}, math.Sqrt(4 / (2 * (1 + math.Pi*math.Pi)))},
	},
	"rmse":   {{shelf, []float64{1, 2, 3, 0, 0, 1}, []float64{0, 2, 5, 0, 0, 0}, (math.Sqrt(5./3) + math.Sqrt(1./3)) / 2}},
	"mae":    {{shelf, []float64{1, 2, 3, 0, 0, 1}, []float64{0, 2, 5, 0, 0, 0}, (1. + 2 + 1) / 6}},
	"rel_l1": {{shelf, []float64{1, 2, 3, 0.01, 0, 0}, []float64{0, 2, 5, 0.02, 0, 0}, (3./7 + 0.5) / 2}},
	"nmse":   {{shelf, []float64{1, 2, 3, 0, 0, 1}, []float64{0, 2, 5, 0, 0, 3}, (1. + 4 + 4) / (4 + 25 + 9)}},
	"rel_l2_global": {
		{shelf, []float64{1, 2, 3, 0, 0, 1}, []float64{0, 2, 5, 0, 0, 3}, math.Sqrt((1. + 4 + 4) / (4 + 25 + 9))},
	},
	"rel_l2_clamped": {
		{shelf, []float64{1, 2, 3}, []float64{0, 2, 5}, math.Sqrt(5. / 29)},
		// Three values of 10⁻⁴ have the norm √3·10⁻⁴, more than the target has.
		{shelf, []float64{3e-4, 0, 0}, []float64{0, 0, 1e-5}, math.Sqrt((9e-8 + 1e-10) / 3e-8)},
	},
	"rel_l2_channels": {
		{shelf, []float64{1, 2, 3, 3e-8, 0, 0}, []float64{0, 2, 5, 0, 0, 1e-8}, (math.Sqrt(5)/(math.Sqrt(29)+1e-8) + math.Sqrt(10)/2) / 2},
	},
}

// lossProgram compiles a loss of fields [B, N…, C], of which the prediction is
// learned.
func lossProgram(t *testing.T, kind string, g physics.Grid, shape []int, pred, target []float64) (*graph.Program, *graph.Param) {
	t.Helper()
	loss, err := configs.New[physics.Loss](kind)
	if err != nil {
		t.Fatal(err)
	}
	pool := kernel.NewPool(1)
	t.Cleanup(pool.Close)
	ps := &graph.Params{Precision: graph.F64}
	next := 0
	q := ps.New("pred", shape, func() float64 { next++; return pred[next-1] })
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, ps.List, func(b *graph.Graph, _ graph.Nodes) *graph.Node {
		return loss.(physics.Comparison).Node(b, g, b.Param(q), b.Const("target", shape, target))
	})
	if err != nil {
		t.Fatal(err)
	}
	return p, q
}

func value(t *testing.T, p *graph.Program) float64 {
	t.Helper()
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	return p.Scalar()
}

// comparisons are the kinds of losses that compare with true values.
func comparisons(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(configs.Kinds[physics.Loss](), func(kind string) bool {
		loss, err := configs.New[physics.Loss](kind)
		if err != nil {
			t.Fatal(err)
		}
		_, ok := loss.(physics.Comparison)
		return !ok
	})
}

func TestLossValues(t *testing.T) {
	for _, kind := range comparisons(t) {
		if len(fixtures[kind]) == 0 {
			t.Errorf("%s: no value by hand", kind)
		}
		for i, f := range fixtures[kind] {
			n := f.grid.Size()
			p, _ := lossProgram(t, kind, f.grid, []int{len(f.pred) / n, n, 1}, f.pred, f.target)
			if got := value(t, p); math.Abs(got-f.want) > 2e-15 {
				t.Errorf("%s, fixture %d: %v, want %v", kind, i, got, f.want)
			}
		}
	}
}

// lossGrids are of one and two dimensions, with every kind of end.
var lossGrids = []physics.Grid{
	{Points: []int{7}, Extent: []float64{2}},
	{Points: []int{6}, Extent: []float64{1}, Boundary: physics.Walls},
	{Points: []int{4, 5}, Extent: []float64{1, 3}},
	{Points: []int{4, 4}, Extent: []float64{1, 1}, Boundary: physics.HalfOpen},
	{Points: []int{5}, Extent: []float64{1}, Boundary: physics.Cells},
}

// eachLoss runs test for every comparison on every grid, on random fields of
// two samples and two channels.
func eachLoss(t *testing.T, test func(t *testing.T, kind string, g physics.Grid, shape []int, pred, target []float64)) {
	for _, kind := range comparisons(t) {
		for _, g := range lossGrids {
			loss, err := configs.New[physics.Loss](kind)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := loss.(physics.Spectral); ok && g.Boundary != physics.Periodic {
				continue
			}
			t.Run(fmt.Sprintf("%s/%v %v", kind, g.Points, g.Boundary), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(1, 2))
				shape := append(append([]int{2}, g.Points...), 2)
				pred, target := make([]float64, 4*g.Size()), make([]float64, 4*g.Size())
				for i := range pred {
					pred[i], target[i] = rng.NormFloat64(), rng.NormFloat64()
				}
				test(t, kind, g, shape, pred, target)
			})
		}
	}
}

// TestLossGradients compares with central differences.
func TestLossGradients(t *testing.T) {
	eachLoss(t, func(t *testing.T, kind string, g physics.Grid, shape []int, pred, target []float64) {
		p, q := lossProgram(t, kind, g, shape, pred, target)
		value(t, p)
		grad := p.Grads[0].Values()
		largest := 0.0
		for _, d := range grad {
			largest = max(largest, math.Abs(d))
		}
		const h = 1e-5 // error h² = 1e-10, rounding 1e-16/h = 1e-11
		for i, x := range pred {
			q.Value.F64[i] = x + h
			up := value(t, p)
			q.Value.F64[i] = x - h
			down := value(t, p)
			q.Value.F64[i] = x
			if fd := (up - down) / (2 * h); math.Abs(fd-grad[i]) > 1e-8*largest {
				t.Errorf("element %d: gradient %.10g, finite difference %.10g", i, grad[i], fd)
			}
		}
	})
}

// TestLossOfEqualFields is zero, with a gradient of zeros.
func TestLossOfEqualFields(t *testing.T) {
	eachLoss(t, func(t *testing.T, kind string, g physics.Grid, shape []int, _, target []float64) {
		p, _ := lossProgram(t, kind, g, shape, target, target)
		if v := value(t, p); v != 0 {
			t.Errorf("value %v", v)
		}
		for i, d := range p.Grads[0].Values() {
			if d != 0 {
				t.Fatalf("gradient %v at %d", d, i)
			}
		}
	})
}

// TestLossShares checks that Weight is the share in the sum of all terms, 1
// unless the configuration says otherwise.
func TestLossShares(t *testing.T) {
	for _, kind := range configs.Kinds[physics.Loss]() {
		loss, err := configs.New[physics.Loss](kind)
		if err != nil {
			t.Fatal(err)
		}
		if s := loss.Share(); s != 1 {
			t.Errorf("%s: share %v, want 1", kind, s)
		}
	}
	if s := (&physics.MSE{Weighted: physics.Weighted{Weight: 0.25}}).Share(); s != 0.25 {
		t.Errorf("share %v, want the weight 0.25", s)
	}
}

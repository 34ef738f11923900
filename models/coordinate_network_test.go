package models_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// solutionOn is the spec of one solution of two channels on a grid and in time,
// which begins with sines.
func solutionOn(points []int, ends physics.Boundary) models.Spec {
	s := specOn(points, ends)
	s.In, s.Coords = nil, len(points)+1
	s.Out = []models.Scale{{Mean: 0.2, Std: 2}, {Mean: 0, Std: 1}}
	k := &models.Solution{Extent: append(append([]float64{}, s.Grid.Extent...), 0.7)}
	for i := range s.Grid.Size() {
		a, b := 1.0, 1.0
		for axis, j := range s.Grid.Index(i) {
			a *= math.Sin(math.Pi * s.Grid.X(axis, j))
			b *= math.Sin(2 * math.Pi * s.Grid.X(axis, j))
		}
		k.Initial = append(k.Initial, a, b-3*a)
	}
	if ends != physics.Periodic {
		for range points {
			zero := configs.Of[physics.Condition]{Kind: "dirichlet", Value: &physics.Dirichlet{Value: []float64{0}}}
			k.Ends = append(k.Ends, physics.Ends{Low: zero, High: zero})
		}
	}
	s.Solution = k
	return s
}

// variants of the network, with all that its inputs and outputs may pass
// through.
var variants = map[string]models.CoordinateNetwork{
	"tanh":     {Activation: models.Tanh, Omega: 1, Sigma: 1},
	"gelu":     {Activation: models.GELU, Omega: 1, Sigma: 1},
	"siren":    {Activation: models.Sine, Omega: 3, Sigma: 1},
	"features": {Activation: models.Tanh, Features: 6, Sigma: 1, Omega: 1},
	"initial":  {Activation: models.Tanh, Omega: 1, Sigma: 1, Initial: true},
	"ends":     {Activation: models.Tanh, Omega: 1, Sigma: 1, Ends: true},
	"exact":    {Activation: models.Tanh, Omega: 1, Sigma: 1, Initial: true, Ends: true},
}

// TestCoordinateDerivatives compares the derivatives of every variant with
// differences of its values.
func TestCoordinateDerivatives(t *testing.T) {
	const h = 1e-4
	orders := []physics.Order{{}, {1}, {2}, {0, 1}, {1, 1}, {0, 0, 0, 1}, {1, 0, 0, 1}}
	each := func(t *testing.T, m models.CoordinateNetwork, s models.Spec) {
		dims := s.Grid.Dims()
		at := values(t, m, s)
		place := []float64{0.63, 1.21, 0.4}
		x := append(append([]float64{}, place[:dims]...), 0.3)
		for _, o := range orders {
			if dims == 1 && o[1] > 0 {
				continue
			}
			var by [2][]float64 // steps of two first differences
			n := 0
			for a, k := range o {
				for range k {
					by[n] = make([]float64, dims+1)
					axis := a
					if a == physics.Time {
						axis = dims
					}
					by[n][axis] = h
					n++
				}
			}
			for c := range s.Out {
				f := func(i, j float64) float64 {
					y := append([]float64{}, x...)
					for a := range y {
						if n > 0 {
							y[a] += i * by[0][a]
						}
						if n > 1 {
							y[a] += j * by[1][a]
						}
					}
					return at(y, physics.Order{})[c]
				}
				var want float64
				switch n {
				case 0:
					want = f(0, 0)
				case 1:
					want = (f(1, 0) - f(-1, 0)) / (2 * h)
				case 2:
					want = (f(1, 1) - f(1, -1) - f(-1, 1) + f(-1, -1)) / (4 * h * h)
				}
				// Differences are off by h² ≈ 1e-8 and by rounding, 1e-16/h² ≈ 1e-8, times
				// derivatives of higher order.
				if got := at(x, o)[c]; math.Abs(got-want) > 2e-5*(1+math.Abs(want)) {
					t.Errorf("order %v, channel %d: %.10g, want %.10g", o, c, got, want)
				}
			}
		}
	}
	for _, dims := range []int{1, 2} {
		t.Run(fmt.Sprintf("confined/%d-D", dims), func(t *testing.T) {
			each(t, variants["tanh"], confinedOn([]int{9, 8}[:dims]))
		})
	}
	for name, m := range variants {
		for _, dims := range []int{1, 2} {
			for _, ends := range []physics.Boundary{physics.Periodic, physics.Walls} {
				if m.Ends && ends == physics.Periodic || m.Initial && !m.Ends && ends == physics.Walls {
					continue
				}
				t.Run(fmt.Sprintf("%s/%d-D %v", name, dims, ends), func(t *testing.T) {
					each(t, m, solutionOn([]int{9, 8}[:dims], ends))
				})
			}
		}
	}
}

// confinedOn is a spec of a solution whose first channel is above −0.1.
func confinedOn(points []int) models.Spec {
	s := solutionOn(points, physics.Walls)
	s.Solution.Least = []float64{-0.1, math.Inf(-1)}
	return s
}

// TestCoordinateConfined: no point of a confined channel is below its bound, and
// some would be without it; the other channel is the same.
func TestCoordinateConfined(t *testing.T) {
	s := confinedOn([]int{9})
	free := solutionOn([]int{9}, physics.Walls)
	confined, plain := values(t, variants["tanh"], s), values(t, variants["tanh"], free)
	below := 0
	for i := range 200 {
		x := []float64{s.Solution.Extent[0] * float64(i%20) / 19, s.Solution.Extent[1] * float64(i/20) / 9}
		u, v := confined(x, physics.Order{}), plain(x, physics.Order{})
		if u[0] < -0.1-1e-12 {
			t.Errorf("%v at %v, want nothing below −0.1", u[0], x)
		}
		if v[0] < -0.1 {
			below++
		}
		if math.Abs(u[1]-v[1]) > 1e-12 {
			t.Errorf("the free channel is %v at %v, want %v", u[1], x, v[1])
		}
	}
	if below == 0 {
		t.Error("nothing was below the bound without it")
	}
}

// values returns a function that evaluates a derivative of a new network, with
// means and deviations of the channels, at a point.
func values(t *testing.T, m models.CoordinateNetwork, s models.Spec) func(x []float64, o physics.Order) []float64 {
	t.Helper()
	m.Width, m.Layers = 7, 2
	pool := kernel.NewPool(1)
	t.Cleanup(pool.Close)
	ps := &graph.Params{Precision: graph.F64}
	n := &models.Normalized{Model: &m}
	if err := n.Init(s, ps, random(4)); err != nil {
		t.Fatal(err)
	}
	d, err := models.AsDifferentiable(n)
	if err != nil {
		t.Fatal(err)
	}
	programs := map[physics.Order]*graph.Program{}
	return func(x []float64, o physics.Order) []float64 {
		f := graph.Feeds{"x": {Shape: []int{1, len(x)}, Data: x}}
		if programs[o] == nil {
			programs[o], err = graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, f, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
				if o == (physics.Order{}) {
					return n.Apply(g, models.Input{Points: in["x"]})
				}
				u := d.Derivatives(g, in["x"], []physics.Order{o})
				return g.Join(u(0, o), u(1, o))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := programs[o].Run(f); err != nil {
			t.Fatal(err)
		}
		return programs[o].Output().Values()
	}
}

// TestCoordinateExact looks at the initial state, the values at the walls and
// the period, which hold for any weights.
func TestCoordinateExact(t *testing.T) {
	same := func(t *testing.T, got, want []float64, what string) {
		t.Helper()
		if d := distance(got, want); d > 1e-12 {
			t.Errorf("%s: off by %.2g", what, d)
		}
	}
	for _, ends := range []physics.Boundary{physics.Periodic, physics.Walls} {
		s := solutionOn([]int{9, 8}, ends)
		at := values(t, models.CoordinateNetwork{Omega: 1, Sigma: 1, Initial: true, Ends: ends == physics.Walls}, s)
		for i := range s.Grid.Size() {
			j := s.Grid.Index(i)
			x := []float64{s.Grid.X(0, j[0]), s.Grid.X(1, j[1]), 0}
			same(t, at(x, physics.Order{}), s.Solution.Initial[2*i:2*i+2], "initial state")
			if ends == physics.Walls && (j[0] == 0 || j[1] == s.Grid.Points[1]-1) {
				x[2] = 0.5
				same(t, at(x, physics.Order{}), []float64{0, 0}, "wall")
			}
		}
	}
	for _, m := range []models.CoordinateNetwork{{Omega: 1, Sigma: 1}, {Features: 5, Sigma: 2, Omega: 1}} {
		at := values(t, m, solutionOn([]int{8, 8}, physics.Periodic))
		same(t, at([]float64{2.3, 0.4, 0.2}, physics.Order{}), at([]float64{0.3, 2.4, 0.2}, physics.Order{}), "period")
	}
}

// TestCoordinateRefuses lists what a network cannot meet.
func TestCoordinateRefuses(t *testing.T) {
	walls := func() models.Spec { return solutionOn([]int{9}, physics.Walls) }
	neumann := walls()
	neumann.Solution.Ends[0].High = configs.Of[physics.Condition]{Kind: "neumann", Value: &physics.Neumann{Slope: []float64{0}}}
	off := walls()
	off.Solution.Initial[0] = 0.1
	nothing := walls()
	nothing.Solution = nil
	for _, test := range []struct {
		spec models.Spec
		m    models.CoordinateNetwork
		want string
	}{
		{neumann, models.CoordinateNetwork{Ends: true}, "ends in dirichlet and neumann"},
		{off, models.CoordinateNetwork{Ends: true, Initial: true}, "the value at a wall"},
		{walls(), models.CoordinateNetwork{Initial: true}, "together with ends"},
		{solutionOn([]int{9}, physics.Periodic), models.CoordinateNetwork{Ends: true}, "has no ends"},
		{nothing, models.CoordinateNetwork{}, "methods that learn one solution"},
		{specOn([]int{9}, physics.Periodic), models.CoordinateNetwork{}, "the method gives it a state"},
	} {
		test.m.Width, test.m.Layers, test.m.Omega = 4, 1, 1
		err := test.m.Init(test.spec, &graph.Params{}, random(1))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want …%s…", err, test.want)
		}
	}
}

// TestCoordinateHighDerivatives compares derivatives up to the fourth, mixed
// ones among them, with differences of those one order lower.
func TestCoordinateHighDerivatives(t *testing.T) {
	const h = 1e-4
	orders := []physics.Order{{3}, {4}, {2, 1}, {1, 2}, {3, 1}, {2, 2}, {1, 3}, {2, 0, 0, 1}, {0, 0, 0, 2}, {1, 0, 0, 2}}
	for _, name := range []string{"tanh", "gelu", "siren", "features", "exact"} {
		at := values(t, variants[name], solutionOn([]int{9, 8}, physics.Walls))
		x := []float64{0.63, 1.21, 0.3}
		for _, o := range orders {
			axis := 0
			for o[axis] == 0 {
				axis++
			}
			lower := o
			lower[axis]--
			column := min(axis, 2)
			up, down := append([]float64{}, x...), append([]float64{}, x...)
			up[column], down[column] = x[column]+h, x[column]-h
			high, low, got := at(up, lower), at(down, lower), at(x, o)
			for c := range got {
				if want := (high[c] - low[c]) / (2 * h); math.Abs(got[c]-want) > 1e-4*(1+math.Abs(want)) {
					t.Errorf("%s: order %v, channel %d: %.10g, want %.10g", name, o, c, got[c], want)
				}
			}
		}
	}
}

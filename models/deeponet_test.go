package models_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// paired are the kinds that pair a branch with a trunk.
var paired = []string{"deeponet", "multionet"}

// applyTo applies the subject's model to its state, at points [P, dims] or, for
// none, on the grid.
func (x *subject) applyTo(t *testing.T, points []float64) []float64 {
	t.Helper()
	dims := x.spec.Grid.Dims()
	p, err := graph.Compile(x.on, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		in := models.Input{State: g.Param(x.state)}
		if points != nil {
			in.Points = g.Const("points", []int{len(points) / dims, dims}, points)
		}
		return x.model.Apply(g, in)
	})
	if err != nil {
		t.Fatal(err)
	}
	run(t, p)
	return p.Output().Values()
}

// gridPoints lists the points of a grid [P, dims].
func gridPoints(g physics.Grid) []float64 {
	var points []float64
	for i := range g.Size() {
		for a, j := range g.Index(i) {
			points = append(points, g.X(a, j))
		}
	}
	return points
}

// TestPoints: the output on the grid is that at the grid's points, in any order
// and together with others, and on a periodic grid that one box further.
func TestPoints(t *testing.T) {
	const tolerance = 1e-12 // of the largest: some roundings, along other orders of summation
	for _, kind := range paired {
		for _, grid := range grids {
			if grid.cond > 0 {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s", kind, grid.name), func(t *testing.T) {
				s := specOn(grid.points, grid.ends)
				x := open(t, kind, s, graph.F64, 1)
				on := x.applyTo(t, nil)
				points := gridPoints(s.Grid)
				if d := distance(x.applyTo(t, points), on); d > tolerance*largest(on) {
					t.Errorf("at the points of the grid: off by %.1e", d)
				}
				dims, channels := s.Grid.Dims(), len(s.Out)
				some := slices.Concat(points[7*dims:8*dims], points[3*dims:4*dims])
				want := slices.Concat(at(on, s.Grid.Size(), channels, 7), at(on, s.Grid.Size(), channels, 3))
				if grid.ends == physics.Periodic {
					for i := range some {
						some[i] += s.Grid.Extent[i%dims]
					}
				}
				got := x.applyTo(t, some)
				got = slices.Concat(at(got, 2, channels, 0), at(got, 2, channels, 1))
				if d := distance(got, want); d > tolerance*largest(on) {
					t.Errorf("at two points: off by %.1e", d)
				}
			})
		}
	}
}

// at is what an output [B, P, C] has at a point, for all samples.
func at(y []float64, points, channels, point int) []float64 {
	var v []float64
	for b := range len(y) / (points * channels) {
		v = append(v, y[(b*points+point)*channels:][:channels]...)
	}
	return v
}

// TestPairedCounts compares numbers of parameters with those that the authors of
// MultiONet print for u(·, 0) at 128 points to u(·, 1), with the plain coordinate
// for the trunk (yaohua32/Deep-Neural-Operators-for-PDEs, Examples/01_Burgers).
func TestPairedCounts(t *testing.T) {
	for kind, want := range map[string]int{"multionet": 115_846, "deeponet": 115_841} {
		m, err := configs.New[models.Model](kind)
		if err != nil {
			t.Fatal(err)
		}
		switch m := m.(type) {
		case *models.DeepONet:
			m.Circles = false
		case *models.MultiONet:
			m.Circles = false
		}
		s := specOn([]int{128}, physics.Periodic)
		s.In, s.Out = s.In[:1], s.Out[:1]
		ps := &graph.Params{}
		if err := m.Init(s, ps, random(1)); err != nil {
			t.Fatal(err)
		}
		if n := ps.Count(); n != want {
			t.Errorf("%s: %d parameters, want %d", kind, n, want)
		}
	}
}

// TestMultiONetBegins: before training the output is zero.
func TestMultiONetBegins(t *testing.T) {
	x := open(t, "multionet", specOn([]int{32}, physics.Periodic), graph.F64, 1)
	for _, q := range x.params.List {
		if strings.HasPrefix(q.Name, "pair.") {
			q.Value.Put(make([]float64, q.Value.Len()))
		}
	}
	if v := largest(x.applyTo(t, nil)); v != 0 {
		t.Errorf("the output is up to %v", v)
	}
	fresh := &graph.Params{}
	if err := newModel(t, "multionet", x.spec).Init(x.spec, fresh, random(1)); err != nil {
		t.Fatal(err)
	}
	for _, q := range fresh.List {
		if zero := largest(q.Value.Values()) == 0; zero != strings.HasPrefix(q.Name, "pair.") {
			t.Errorf("%s: begins at zero: %v", q.Name, zero)
		}
	}
}

// TestSensors: a state on another grid than the branch's is refused by name.
func TestSensors(t *testing.T) {
	for _, kind := range paired {
		for _, points := range [][]int{{32}, {24, 24}} {
			s := specOn(points, physics.Periodic)
			x := open(t, kind, s, graph.F64, 1)
			finer := append([]int{1}, points...)
			finer[1] *= 2
			like := graph.Feeds{"u": {Shape: append(finer, len(s.In))}}
			_, err := graph.Compile(x.on, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
				return x.model.Apply(g, models.Input{State: in["u"]})
			})
			if want := fmt.Sprintf("want a state on the %v points", points); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s on %v points: got %v, want …%s…", kind, finer[1:], err, want)
			}
		}
	}
}

// TestPairedRefuses lists what the kinds cannot be, and the key that is to
// blame.
func TestPairedRefuses(t *testing.T) {
	cnn := func(levels int) configs.Of[models.Branch] {
		return configs.Of[models.Branch]{Kind: "cnn", Value: &models.CNNBranch{Width: 2, Levels: levels, Hidden: 3}}
	}
	for _, test := range []struct {
		model  models.Model
		points []int
		key    string
	}{
		{&models.MultiONet{Width: 8, Layers: 1}, []int{32}, "width"}, // of three channels
		{&models.DeepONet{Branch: cnn(3), Basis: 2, Width: 2}, []int{36}, "branch.levels"},
		{&models.DeepONet{Branch: cnn(5), Basis: 2, Width: 2}, []int{32}, "branch.levels"},
	} {
		err := test.model.Init(specOn(test.points, physics.Periodic), &graph.Params{}, random(1))
		var f *configs.FieldError
		if !errors.As(err, &f) || f.Field != test.key {
			t.Errorf("%T on %v points: got %v, want an error about the key %s", test.model, test.points, err, test.key)
		}
	}
	if err := (&models.DeepONet{}).Check(); err == nil || !strings.Contains(err.Error(), "[cnn mlp]") {
		t.Errorf("no branch: got %v", err)
	}
	for _, kind := range paired {
		s := specOn([]int{32}, physics.Periodic)
		s.Coords = 2
		if err := newModel(t, kind, s).Init(s, &graph.Params{}, random(1)); err == nil || !strings.Contains(err.Error(), "1 coordinates") {
			t.Errorf("%s: points in the plane for a grid on a line: got %v", kind, err)
		}
	}
}

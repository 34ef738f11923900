package physics_test

import (
	"math"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// TestResidualFollowsDrawnNumbers: samples with numbers of their own have the
// mean of the residuals of their equations.
func TestResidualFollowsDrawnNumbers(t *testing.T) {
	p := coleHopf(16, 0.1).problem
	frames := coleHopf(16, 0.1).frames(1)
	law := func(low, high float64) configs.Of[physics.Distribution] {
		return configs.Of[physics.Distribution]{Kind: "uniform", Value: &physics.Uniform{Low: low, High: high}}
	}
	p.Parameters = []physics.Parameter{{Name: "equation.viscosity", Law: law(0.01, 0.1)}, {Name: "equation.convection", Law: law(0.5, 2)}}
	drawn := [][]float64{{0.03, 0.7}, {0.09, 1.9}, {0.01, 2}}
	want := 0.0
	for _, values := range drawn {
		own, err := p.With(values)
		if err != nil {
			t.Fatal(err)
		}
		own.Parameters = nil
		r, _ := lawOf(t, residual(&physics.CrankNicolson{}), own, frames)
		want += r / 3
	}
	l := residual(&physics.CrankNicolson{})
	if err := l.Init(p); err != nil {
		t.Fatal(err)
	}
	pool := kernel.NewPool(1)
	defer pool.Close()
	program, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		three := func(u []float64) []float64 { return append(append(append([]float64{}, u...), u...), u...) }
		return l.Node(g, physics.Trajectory{
			Grid: p.Grid, Dt: p.Dt,
			Start:      g.Const("start", []int{3, 16, 1}, three(frames[0])),
			Rest:       g.Const("rest", []int{3, 1, 16, 1}, three(frames[1])),
			Parameters: g.Const("parameters", []int{3, 2}, append(append(append([]float64{}, drawn[0]...), drawn[1]...), drawn[2]...)),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := value(t, program); math.Abs(got-want) > 1e-12*want {
		t.Errorf("residual %v, want %v", got, want)
	}
	if err := residual(&physics.Defect{Substeps: 1}).Init(p); err == nil || !strings.Contains(err.Error(), "not affine") {
		t.Errorf("error %v, want that the exponential is not affine in what is drawn", err)
	}
}

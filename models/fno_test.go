package models_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// TestFNOParameters counts by hand, for two fields in and three out.
func TestFNOParameters(t *testing.T) {
	for _, test := range []struct {
		points []int
		modes  []int
		coords bool
		want   int
	}{
		// lift (2+1)·4+4 · blocks 2·(2·8·4·4 + 4·4+4) · projection 4·5+5, 5·3+3
		{[]int{32}, []int{8}, true, 16 + 2*(256+20) + 25 + 18},
		{[]int{32}, []int{8}, false, 12 + 2*(256+20) + 25 + 18},
		// Along all axes but the last, there are modes of either sign: 2·3·4.
		{[]int{16, 16}, []int{3, 4}, true, 20 + 2*(2*24*16+20) + 25 + 18},
		{[]int{16, 16}, []int{3}, true, 20 + 2*(2*18*16+20) + 25 + 18},
		{[]int{8, 8, 8}, []int{2, 3, 4}, true, 24 + 2*(2*4*6*4*16+20) + 25 + 18},
	} {
		m := &models.FNO{Modes: test.modes, Width: 4, Blocks: 2, Projection: 5, Coordinates: test.coords}
		ps := &graph.Params{}
		if err := m.Init(specOn(test.points, physics.Periodic), ps, random(1)); err != nil {
			t.Fatal(err)
		}
		if got := ps.Count(); got != test.want {
			t.Errorf("%v points, %v modes, coordinates %v: %d parameters, want %d", test.points, test.modes, test.coords, got, test.want)
		}
	}
}

// TestFNORefuses lists what an FNO cannot be, and the key that is to blame.
func TestFNORefuses(t *testing.T) {
	periodic, walls := specOn([]int{16, 12}, physics.Periodic), specOn([]int{16, 12}, physics.Walls)
	for _, test := range []struct {
		name string
		fno  models.FNO
		spec models.Spec
		key  string
	}{
		{"one mode too many", models.FNO{Modes: []int{8, 7}}, periodic, "modes"},
		{"the shorter axis decides", models.FNO{Modes: []int{8}}, periodic, "modes"},
		{"too few numbers", models.FNO{Modes: []int{}}, periodic, "modes"},
		{"too many numbers", models.FNO{Modes: []int{4, 4, 4}}, periodic, "modes"},
		{"padding on a periodic grid", models.FNO{Modes: []int{4}, Padding: 2}, periodic, "padding"},
		{"padding does not make enough modes", models.FNO{Modes: []int{8}, Padding: 3}, walls, "modes"},
	} {
		test.fno.Width, test.fno.Blocks, test.fno.Projection = 2, 1, 2
		err := test.fno.Init(test.spec, &graph.Params{}, random(1))
		var f *configs.FieldError
		if !errors.As(err, &f) || f.Field != test.key {
			t.Errorf("%s: got %v, want an error about the key %s", test.name, err, test.key)
		}
	}
	most := models.FNO{Modes: []int{8, 6}, Width: 2, Blocks: 1, Projection: 2}
	if err := most.Init(periodic, &graph.Params{}, random(1)); err != nil {
		t.Errorf("half the points as modes: %v", err)
	}
	padded := models.FNO{Modes: []int{8}, Width: 2, Blocks: 1, Projection: 2, Padding: 4}
	if err := padded.Init(walls, &graph.Params{}, random(1)); err != nil {
		t.Errorf("half the padded points as modes: %v", err)
	}
}

// wave is a smooth state of two fields on n points of a box of length 2, of
// modes up to 3.
func wave(n int) []float64 {
	var u []float64
	for i := range n {
		x := 2 * math.Pi * float64(i) / float64(n)
		u = append(u, math.Sin(x)+0.3*math.Cos(3*x), 0.5*math.Cos(2*x))
	}
	return u
}

// on applies an FNO for 32 points on n points, and returns the output at
// eight points that all grids have.
func on(t *testing.T, m *models.FNO, x *subject, n int) []float64 {
	t.Helper()
	like := graph.Feeds{"u": {Shape: []int{1, n, 2}, Data: wave(n)}}
	p, err := graph.Compile(x.on, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		return m.Apply(g, models.Input{State: in["u"]})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(like); err != nil {
		t.Fatal(err)
	}
	var at []float64
	for i, row := range slices.Collect(slices.Chunk(p.Output().Values(), 3)) {
		if i%(n/8) == 0 {
			at = append(at, row...)
		}
	}
	return at
}

// louder multiplies a parameter.
func louder(q *graph.Param, factor float64) {
	for i := range q.Value.F64 {
		q.Value.F64[i] *= factor
	}
}

// TestFNOResolution applies one network on ever finer grids. Without
// coordinates all it sees is smooth, so the error, which is of what the
// activations add to waves beyond the grid's shortest, falls exponentially:
// twice the points square it. The coordinates are a sawtooth, whose low modes a
// grid of n points has to 1/n, so with them the error falls at first order.
func TestFNOResolution(t *testing.T) {
	s := specOn([]int{32}, physics.Periodic)
	for _, coordinates := range []bool{false, true} {
		m := &models.FNO{Modes: []int{6}, Width: 8, Blocks: 3, Projection: 16, Activation: models.GELU, Coordinates: coordinates}
		x, err := ready(t, m, s, graph.F64, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range x.params.List {
			if strings.HasSuffix(q.Name, "spectral") {
				louder(q, 64) // width²: as loud as the path around it
			}
		}
		finest := on(t, m, x, 1024)
		var errs []float64
		for _, n := range []int{32, 64, 128} {
			errs = append(errs, distance(on(t, m, x, n), finest)/largest(finest))
		}
		t.Logf("coordinates %v: error %.1e on 32 points, %.1e on 64, %.1e on 128", coordinates, errs[0], errs[1], errs[2])
		if !coordinates && (errs[0] > 1e-2 || errs[1] > errs[0]*errs[0] || errs[2] > 1e-11) {
			t.Errorf("without coordinates: errors %.1e", errs)
		}
		if ratio := errs[0] / errs[1]; coordinates && (errs[0] > 0.05 || ratio < 1.6 || ratio > 2.6) {
			t.Errorf("with coordinates: off by %.1e on 32 points, and %.2f times less on 64", errs[0], ratio)
		}
	}
}

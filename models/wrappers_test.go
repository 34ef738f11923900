package models_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// fixed is a network that returns the same number everywhere, whatever it is
// given, and notes its spec.
type fixed struct {
	value float64
	spec  *models.Spec
	seen  *models.Input
}

func (f fixed) Init(s models.Spec, _ *graph.Params, _ *rand.Rand) error {
	*f.spec = s
	return nil
}

func (f fixed) Apply(g *graph.Graph, in models.Input) *graph.Node {
	*f.seen = in
	shape := slices.Clone([]int(in.State.Shape()))
	shape[len(shape)-1] = len(f.spec.Out)
	size := 1
	for _, n := range shape {
		size *= n
	}
	return g.Const("fixed", shape, slices.Repeat([]float64{f.value}, size))
}

func fixedAt(value float64) (fixed, configs.Of[models.Model]) {
	f := fixed{value, &models.Spec{}, &models.Input{}}
	return f, configs.Of[models.Model]{Kind: "fixed", Value: f}
}

// conditionedOn is a task with two numbers for each sample.
func conditionedOn(points []int, ends physics.Boundary) models.Spec {
	s := specOn(points, ends)
	s.Cond = make([]models.Scale, 2)
	return s
}

// TestResidualAddsTheChange wants u + μ + s·y in physical units, from the newest
// of the channels.
func TestResidualAddsTheChange(t *testing.T) {
	s := stepOn([]int{8}, physics.Periodic)
	// The last two channels of the state are those of the output.
	s.In = append([]models.Scale{{Mean: 7, Std: 3}}, s.Out...)
	const y = 0.7
	_, network := fixedAt(y)
	x, err := ready(t, &models.Normalized{Model: &models.Residual{Model: network}}, s, graph.F64, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := x.apply(t)
	run(t, p)
	state, got := x.state.Value.Values(), p.Output().Values()
	for i, v := range got {
		c := i % 2
		want := state[i/2*3+1+c] + s.Change[c].Mean + s.Change[c].Std*y
		if math.Abs(v-want) > 1e-12 {
			t.Fatalf("value %d is %v, want %v", i, v, want)
		}
	}
}

// TestPhysicalUnits wants the network to see the numbers of the problem, and its
// output to be the answer.
func TestPhysicalUnits(t *testing.T) {
	s := measuredOn([]int{4, 3}, physics.Periodic)
	s.Cond = []models.Scale{{Mean: -1, Std: 0.5}, {Mean: 3, Std: 2}}
	const y = 0.7
	f, network := fixedAt(y)
	x, err := ready(t, &models.Normalized{Model: &models.Physical{Model: network}}, s, graph.F64, 1)
	if err != nil {
		t.Fatal(err)
	}
	output := slices.Repeat([]float64{y}, batch*12*len(s.Out))
	want := slices.Concat(x.state.Value.Values(), x.cond.Value.Values(), output)
	var got []float64
	for part := range 3 {
		p, err := graph.Compile(x.on, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
			out := x.model.Apply(g, x.input(g, g.Param(x.state)))
			return g.Sum([]*graph.Node{f.seen.State, f.seen.Cond, out}[part])
		})
		if err != nil {
			t.Fatal(err)
		}
		run(t, p)
		got = append(got, p.Output().Values()...)
	}
	if len(got) != len(want) {
		t.Fatalf("%d values, want %d", len(got), len(want))
	}
	for i, v := range got {
		if math.Abs(v-want[i]) > 1e-12 {
			t.Errorf("value %d is %v, want %v", i, v, want[i])
		}
	}
}

// TestResidualRefuses lists tasks whose output does not follow the state.
func TestResidualRefuses(t *testing.T) {
	for name, spoil := range map[string]func(s *models.Spec){
		"no change":       func(s *models.Spec) { s.Change = nil },
		"several frames":  func(s *models.Spec) { s.Out = slices.Repeat(s.Out, 2) },
		"too few inputs":  func(s *models.Spec) { s.In = s.In[:1] },
		"scattered query": func(s *models.Spec) { s.Coords = 1 },
	} {
		s := stepOn([]int{32}, physics.Periodic)
		spoil(&s)
		if _, err := ready(t, newModel(t, "residual", s), s, graph.F64, 1); err == nil || !strings.HasPrefix(err.Error(), "residual: ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestConditionedFillsChannels wants each sample's numbers before its state, the
// same at all points.
func TestConditionedFillsChannels(t *testing.T) {
	f, network := fixedAt(0)
	s := conditionedOn([]int{4, 3}, physics.Periodic)
	s.Cond[1] = models.Scale{Mean: 3, Std: 2}
	x, err := ready(t, &models.Conditioned{Model: network}, s, graph.F64, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.spec.In) != 4 || len(f.spec.Cond) != 0 || f.spec.In[1] != s.Cond[1] {
		t.Errorf("the network is asked for %+v", *f.spec)
	}
	p, err := graph.Compile(x.on, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		x.model.Apply(g, x.input(g, g.Param(x.state)))
		return g.Sum(f.seen.State)
	})
	if err != nil {
		t.Fatal(err)
	}
	run(t, p)
	got, state := p.Output().Values(), x.state.Value.Values()
	numbers := x.cond.Value.Values()
	for i := range len(got) / 4 {
		sample := i / 12
		want := slices.Concat(numbers[sample*2:sample*2+2], state[i*2:i*2+2])
		if !slices.Equal(got[i*4:i*4+4], want) {
			t.Fatalf("point %d of sample %d: %v, want %v", i%12, sample, got[i*4:i*4+4], want)
		}
	}
}

// TestBlindSeesNothing wants the output of the bare network.
func TestBlindSeesNothing(t *testing.T) {
	s := conditionedOn([]int{32}, physics.Periodic)
	blind := open(t, "blind", s, graph.F64, 1)
	s.Cond = nil
	bare := open(t, "fno", s, graph.F64, 1)
	var outputs [2][]float64
	for i, x := range []*subject{blind, bare} {
		p := x.apply(t)
		run(t, p)
		outputs[i] = p.Output().Values()
	}
	if !slices.Equal(outputs[0], outputs[1]) {
		t.Error("the outputs differ")
	}
}

// TestWrappersRefuse: what handles conditions refuses a task without, and no
// wrapper stands alone.
func TestWrappersRefuse(t *testing.T) {
	s := specOn([]int{32}, physics.Periodic)
	for _, kind := range []string{"conditioned", "blind"} {
		if _, err := ready(t, newModel(t, kind, s), s, graph.F64, 1); err == nil || !strings.Contains(err.Error(), "parameters") {
			t.Errorf("%s: got %v", kind, err)
		}
	}
	for _, kind := range []string{"residual", "conditioned", "blind", "physical"} {
		m, err := configs.New[models.Model](kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.(interface{ Check() error }).Check(); err == nil || !strings.Contains(err.Error(), "missing") {
			t.Errorf("%s of nothing: got %v", kind, err)
		}
	}
}

func TestNames(t *testing.T) {
	s := conditionedOn([]int{32}, physics.Periodic)
	m := configs.Of[models.Model]{Kind: "residual", Value: &models.Residual{Model: inner(s)}}
	m = configs.Of[models.Model]{Kind: "blind", Value: &models.Blind{Model: m}}
	if got := models.Name(m); got != "blind residual fno" {
		t.Errorf("got %q", got)
	}
}

// TestInnerSettings: a setting of the network in a wrapper is named with its
// path.
func TestInnerSettings(t *testing.T) {
	s := conditionedOn([]int{32}, physics.Periodic)
	m := &models.Conditioned{Model: inner(s)}
	m.Model.Value.(*models.FNO).Modes = []int{99}
	_, err := ready(t, m, s, graph.F64, 1)
	f, ok := err.(*configs.FieldError)
	if !ok || f.Field != "model.modes" {
		t.Errorf("got %#v", err)
	}
}

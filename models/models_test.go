package models_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// small gives a kind hyper-parameters that make its checks fast, for a grid of
// some axes. A kind that is not listed is tested with its defaults.
var small = map[string]func(m models.Model, s models.Spec){
	"fno":         smallFNO,
	"residual":    func(m models.Model, s models.Spec) { m.(*models.Residual).Model = inner(s) },
	"conditioned": func(m models.Model, s models.Spec) { m.(*models.Conditioned).Model = inner(s) },
	"blind":       func(m models.Model, s models.Spec) { m.(*models.Blind).Model = inner(s) },
	"physical":    func(m models.Model, s models.Spec) { m.(*models.Physical).Model = inner(s) },
	// Networks of ReLU are tried with GELU: differences do not tell the
	// derivative at a kink.
	"convnet": func(m models.Model, _ models.Spec) {
		c := m.(*models.ConvNet)
		c.Width, c.Depth, c.Activation = 4, 2, models.GELU
	},
	"resnet": func(m models.Model, _ models.Spec) {
		r := m.(*models.ResNet)
		r.Width, r.Blocks, r.Groups, r.Activation, r.Edges = 4, 2, 2, models.GELU, models.Replicate
	},
	"preact_resnet": func(m models.Model, _ models.Spec) {
		r := m.(*models.PreactResNet)
		r.Width, r.Blocks, r.Hidden = 4, 2, 3
	},
	"dilated_resnet": func(m models.Model, _ models.Spec) {
		r := m.(*models.DilatedResNet)
		r.Width, r.Blocks, r.Dilations, r.Activation = 4, 1, []int{1, 4, 2}, models.GELU
	},
	"deeponet": smallDeepONet,
	"multionet": func(m models.Model, s models.Spec) {
		n := m.(*models.MultiONet)
		n.Width, n.Layers = 6, 2
		if s.Grid.Dims() > 1 { // on so many values, differences of tanh_sin are too coarse
			n.Activation = models.GELU
		}
	},
	"unet": func(m models.Model, _ models.Spec) {
		u := m.(*models.UNet)
		u.Width, u.Growth, u.Blocks = 2, []int{1, 2}, 1
	},
	"classic_unet": func(m models.Model, _ models.Spec) {
		u := m.(*models.ClassicUNet)
		u.Width, u.Activation = 2, models.GELU
	},
}

func smallFNO(m models.Model, s models.Spec) {
	f := m.(*models.FNO)
	f.Modes, f.Width, f.Blocks, f.Projection = []int{3}, 4, 2, 5
	if slices.Contains(s.Periodic, false) {
		f.Padding = 2
	}
}

// smallDeepONet has a perceptron for a branch in one dimension, and convolutions
// in two.
func smallDeepONet(m models.Model, s models.Spec) {
	d := m.(*models.DeepONet)
	d.Basis, d.Width, d.Layers = 5, 4, 1
	if s.Grid.Dims() == 1 {
		d.Branch.Value = &models.MLPBranch{Width: 6, Layers: 1}
	} else {
		d.Branch = configs.Of[models.Branch]{Kind: "cnn", Value: &models.CNNBranch{Width: 2, Levels: 2, Hidden: 5, Activation: models.GELU}}
	}
}

// inner is the network in a wrapper.
func inner(s models.Spec) configs.Of[models.Model] {
	m, err := configs.New[models.Model]("fno")
	if err != nil {
		panic(err)
	}
	smallFNO(m, s)
	return configs.Of[models.Model]{Kind: "fno", Value: m}
}

// grids are the grids that every model is tried on. Their sides are large
// enough for the defaults of the models, which a kind without an entry in small
// gets, and not all powers of two.
var grids = []struct {
	name   string
	points []int
	ends   physics.Boundary
	cond   int // conditions
}{
	{"1-D periodic", []int{32}, physics.Periodic, 0},
	{"1-D walls", []int{25}, physics.Walls, 0},
	{"1-D cells", []int{24}, physics.Cells, 0},
	{"2-D periodic", []int{24, 32}, physics.Periodic, 0},
	{"2-D half-open", []int{24, 24}, physics.HalfOpen, 0},
	{"1-D conditioned", []int{32}, physics.Periodic, 2},
	{"2-D conditioned", []int{24, 24}, physics.HalfOpen, 1},
}

// specs are the tasks of the kinds that do more or less than to map a state on a
// grid.
var specs = map[string]func(points []int, ends physics.Boundary) models.Spec{"coordinates": solutionOn, "residual": stepOn, "physical": measuredOn}

// batch is the number of samples: odd, and more than there are workers.
const batch = 3

// subject is a model under test, on a state and conditions that are learned
// too, so that gradients with respect to the input are checked with those of
// the parameters.
type subject struct {
	model  models.Model
	spec   models.Spec
	params *graph.Params
	state  *graph.Param
	cond   *graph.Param // nil without conditions
	on     graph.Machine
}

// taskOn is a task for a kind.
func taskOn(kind string, points []int, ends physics.Boundary) models.Spec {
	if of := specs[kind]; of != nil {
		return of(points, ends)
	}
	return specOn(points, ends)
}

// specOn is a task of two fields that become three.
func specOn(points []int, ends physics.Boundary) models.Spec {
	s := models.Spec{Grid: physics.Grid{Points: points, Boundary: ends}, In: make([]models.Scale, 2), Out: make([]models.Scale, 3)}
	for range points {
		s.Grid.Extent = append(s.Grid.Extent, 2)
		s.Periodic = append(s.Periodic, ends == physics.Periodic)
	}
	return s
}

// stepOn is a task of three fields of which the last two go on to the next state.
func stepOn(points []int, ends physics.Boundary) models.Spec {
	s := specOn(points, ends)
	s.In, s.Out = make([]models.Scale, 3), []models.Scale{{Mean: 5, Std: 2}, {Mean: -1, Std: 4}}
	s.Change = []models.Scale{{Mean: 0.5, Std: 0.2}, {Mean: 1, Std: 3}}
	return s
}

// measuredOn is a task of fields in units of their own.
func measuredOn(points []int, ends physics.Boundary) models.Spec {
	s := specOn(points, ends)
	s.In = []models.Scale{{Mean: 0.3, Std: 0.5}, {Mean: -1, Std: 2}}
	s.Out = []models.Scale{{Mean: 1, Std: 2}, {Mean: 0, Std: 0.5}, {Mean: -0.2, Std: 1}}
	return s
}

// random returns a generator of its own for a seed.
func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// newModel returns a kind with its small hyper-parameters.
func newModel(t testing.TB, kind string, s models.Spec) models.Model {
	t.Helper()
	m, err := configs.New[models.Model](kind)
	if err != nil {
		t.Fatal(err)
	}
	if shrink := small[kind]; shrink != nil {
		shrink(m, s)
	}
	return m
}

// ready readies a model and draws a state, both from seed.
func ready(t testing.TB, m models.Model, s models.Spec, p graph.Precision, seed uint64) (*subject, error) {
	pool := kernel.NewPool(2)
	t.Cleanup(pool.Close)
	x := &subject{model: m, spec: s, params: &graph.Params{Precision: p}, on: graph.Machine{Precision: p, Pool: pool}}
	if err := m.Init(s, x.params, random(seed)); err != nil {
		return nil, err
	}
	wake(x.params, random(seed+3))
	shape := append(append([]int{batch}, s.Grid.Points...), len(s.In))
	if s.Coords > 0 {
		shape = []int{batch, s.Coords}
	}
	x.state = x.params.New("state", shape, graph.Uniform(random(seed+1), 1))
	if _, blind := m.(*models.Blind); len(s.Cond) > 0 && !blind { // it does not depend on them
		n := len(s.Cond)
		x.cond = x.params.New("cond", []int{batch, n}, graph.Uniform(random(seed+2), 1))
	}
	return x, nil
}

// wake draws the parameters that begin at zero: they may be factors, which hide
// what they are factors of.
func wake(ps *graph.Params, rng *rand.Rand) {
	for _, q := range ps.List {
		if largest(q.Value.Values()) == 0 {
			v := make([]float64, q.Value.Len())
			for i := range v {
				v[i] = rng.Float64() - 0.5
			}
			q.Value.Put(v)
		}
	}
}

// inputs are the arrays that hold a part for each sample.
func (x *subject) inputs() []*graph.Param {
	if x.cond == nil {
		return []*graph.Param{x.state}
	}
	return []*graph.Param{x.state, x.cond}
}

// input is what the subject's state is for its model: a state, or points. The
// conditions are those of the first samples.
func (x *subject) input(g *graph.Graph, state *graph.Node) models.Input {
	if x.spec.Coords > 0 {
		return models.Input{Points: state}
	}
	in := models.Input{State: state}
	switch b := state.Shape()[0]; {
	case x.cond == nil:
	case b == batch:
		in.Cond = g.Param(x.cond)
	default:
		n := len(x.spec.Cond)
		in.Cond = g.Const("cond", []int{b, n}, x.cond.Value.Values()[:b*n])
	}
	return in
}

// apply compiles the model on the subject's state.
func (x *subject) apply(t testing.TB) *graph.Program {
	t.Helper()
	p, err := graph.Compile(x.on, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		return x.model.Apply(g, x.input(g, g.Param(x.state)))
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// train compiles the loss and its gradients, loss the loss alone.
func (x *subject) train(t testing.TB) *graph.Program { return x.fit(t, x.params.List) }
func (x *subject) loss(t testing.TB) *graph.Program  { return x.fit(t, nil) }

// fit compiles a scalar loss and its gradients with respect to some parameters.
// Each element of the output has a target of its own, so no two errors can
// cancel.
func (x *subject) fit(t testing.TB, to []*graph.Param) *graph.Program {
	t.Helper()
	p, err := graph.Compile(x.on, nil, to, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		y := x.model.Apply(g, x.input(g, g.Param(x.state)))
		target := make([]float64, y.Shape().TotalSize())
		rng := random(7)
		for i := range target {
			target[i] = 1 + rng.Float64()
		}
		return g.RelativeL2(y, g.Const("target", y.Shape(), target))
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t testing.TB, p *graph.Program) {
	t.Helper()
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
}

// eachModel runs test for every kind on every grid that the kind accepts, and
// demands that it accepts one.
func eachModel(t *testing.T, test func(t *testing.T, kind string, s models.Spec)) {
	for _, kind := range configs.Kinds[models.Model]() {
		accepted := 0
		for _, g := range grids {
			s := taskOn(kind, g.points, g.ends)
			s.Cond = slices.Repeat([]models.Scale{{Mean: 0.5, Std: 2}}, g.cond)
			if _, err := ready(t, newModel(t, kind, s), s, graph.F64, 1); err != nil {
				t.Logf("%s on %s: refused: %v", kind, g.name, err)
				continue
			}
			accepted++
			t.Run(fmt.Sprintf("%s/%s", kind, g.name), func(t *testing.T) { test(t, kind, s) })
		}
		if accepted == 0 {
			t.Errorf("%s: accepts none of the grids", kind)
		}
	}
}

func open(t testing.TB, kind string, s models.Spec, p graph.Precision, seed uint64) *subject {
	t.Helper()
	x, err := ready(t, newModel(t, kind, s), s, p, seed)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func largest(v []float64) float64 { return distance(v, make([]float64, len(v))) }

// distance is the largest difference between two arrays.
func distance(a, b []float64) float64 {
	d := 0.0
	for i := range a {
		d = max(d, math.Abs(a[i]-b[i]))
	}
	return d
}

package train

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// exchanged are the networks that scripts/peers/weights.py writes, one file
// each.
var exchanged = []struct {
	file   string
	model  models.Model
	points []int
	ends   physics.Boundary
	in     int
	out    int
}{
	{"fno1d", &models.FNO{Modes: []int{4}, Width: 6, Blocks: 3, Projection: 10, Activation: models.GELU, Coordinates: true},
		[]int{16}, physics.Periodic, 2, 1},
	{"fno2d", &models.FNO{Modes: []int{3, 4}, Width: 5, Blocks: 2, Projection: 7, Activation: models.GELU, Coordinates: true, Padding: 2},
		[]int{9, 10}, physics.HalfOpen, 1, 2},
	{"fno3d", &models.FNO{Modes: []int{2, 3, 2}, Width: 4, Blocks: 2, Projection: 6, Activation: models.GELU, Coordinates: true},
		[]int{6, 8, 5}, physics.Periodic, 1, 1},
	{"deeponet", &models.DeepONet{
		Branch: configs.Of[models.Branch]{Kind: "mlp", Value: &models.MLPBranch{Width: 6, Layers: 1, Activation: models.Tanh}},
		Basis:  4, Width: 6, Layers: 2, Activation: models.Tanh,
	}, []int{16}, physics.Periodic, 2, 3},
	{"unet1d", &models.UNet{Width: 8, Growth: []int{1, 2}, Blocks: 2, Groups: 1, Activation: models.GELU, Edges: models.Zero},
		[]int{16}, physics.HalfOpen, 2, 3},
	{"unet2d", &models.UNet{Width: 4, Growth: []int{1, 2, 1}, Blocks: 1, Groups: 1, Activation: models.GELU, Edges: models.Zero},
		[]int{8, 16}, physics.HalfOpen, 1, 1},
}

// untrained is a session of a model alone.
func untrained(t *testing.T, m models.Model, spec models.Spec) *Session {
	t.Helper()
	pool := kernel.NewPool(1)
	t.Cleanup(pool.Close)
	s := &Session{
		Experiment: &Experiment{Name: "tiny", Model: configs.Of[models.Model]{Kind: "tiny", Value: m}},
		Params:     &graph.Params{}, On: graph.Machine{Pool: pool}, model: &models.Normalized{Model: m},
	}
	if err := s.model.Init(spec, s.Params, rand.New(rand.NewPCG(1, 2))); err != nil {
		t.Fatal(err)
	}
	return s
}

// readPeer reads a file of scripts/peers/weights.py: the weights, the input of
// the network and its output.
func readPeer(t *testing.T, path string, in, out []int) (weights tensors, x, y []float64) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ts, err := decodeTensors(path, content)
	if err != nil {
		t.Fatal(err)
	}
	if x, err = ts.numbers("input0", in); err != nil {
		t.Fatal(err)
	}
	if y, err = ts.numbers("output", out); err != nil {
		t.Fatal(err)
	}
	delete(ts, "input0")
	delete(ts, "output")
	return ts, x, y
}

// TestPyTorch reads the weights of plain PyTorch networks, and computes what
// they do to 1e-5; so does a session that reads what this one writes.
func TestPyTorch(t *testing.T) {
	const batch = 2
	for _, test := range exchanged {
		t.Run(test.file, func(t *testing.T) {
			g := physics.Grid{Points: test.points, Extent: slices.Repeat([]float64{1}, len(test.points)), Boundary: test.ends}
			spec := models.Spec{Grid: g, Periodic: periodic(g), In: make([]models.Scale, test.in), Out: make([]models.Scale, test.out)}
			shape := func(channels int) []int { return slices.Concat([]int{batch}, test.points, []int{channels}) }
			weights, x, want := readPeer(t, "testdata/"+test.file+".safetensors", shape(test.in), shape(test.out))
			s := untrained(t, test.model, spec)
			if err := s.adopt(weights); err != nil {
				t.Fatal(err)
			}
			written, err := s.Export()
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Import("again", written); err != nil {
				t.Fatal(err)
			}
			feeds := graph.Feeds{"x": {Shape: shape(test.in), Data: x}}
			p, err := graph.Compile(s.On, feeds, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
				return s.model.Apply(g, models.Input{State: in["x"]})
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Run(feeds); err != nil {
				t.Fatal(err)
			}
			largest, off := 0.0, 0.0
			for i, v := range p.Output().Values() {
				largest, off = max(largest, math.Abs(want[i])), max(off, math.Abs(v-want[i]))
			}
			t.Logf("off by %.1e of %.2g", off, largest)
			if off > 1e-5*largest {
				t.Errorf("off by %.1e of %.2g", off, largest)
			}
		})
	}
}

// TestImportRefuses lists files that do not fit, and what is said of them.
func TestImportRefuses(t *testing.T) {
	spec := models.Spec{Grid: physics.Grid{Points: []int{16}, Extent: []float64{1}}, Periodic: []bool{true}, In: make([]models.Scale, 1), Out: make([]models.Scale, 1)}
	s := untrained(t, &models.FNO{Modes: []int{4}, Width: 6, Blocks: 1, Projection: 10}, spec)
	content, err := s.Export()
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(ts tensors) error{
		"tensor w0.bias is missing":                  func(ts tensors) error { delete(ts, "w0.bias"); return nil },
		"the model has no tensors bn0.weight":        func(ts tensors) error { return ts.ints("bn0.weight", []int64{1}) },
		"tensor w0.bias has the shape [3], want [6]": func(ts tensors) error { return ts.float("w0.bias", []int{3}, graph.NewArray(graph.F32, 3)) },
		"tensor fc2.bias has numbers of type I64":    func(ts tensors) error { return ts.ints("fc2.bias", []int64{1}) },
		"tensor fc2.bias has numbers that are not finite": func(ts tensors) error {
			return ts.float("fc2.bias", []int{1}, graph.Array{F32: []float32{float32(math.NaN())}})
		},
	} {
		ts, err := decodeTensors("x", content)
		if err != nil {
			t.Fatal(err)
		}
		if err := change(ts); err != nil {
			t.Fatal(err)
		}
		if err := s.adopt(ts); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want …%s…", err, want)
		}
	}
	if err := s.Import("text", []byte("PK\x03\x04")); err == nil {
		t.Error("takes any bytes for a safetensors file")
	}
}

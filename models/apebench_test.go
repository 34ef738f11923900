package models_test

import (
	"testing"

	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// apebench are the networks of APEBench for one channel in one dimension, by
// the names that they have there, with their numbers of parameters (Koehler et
// al. 2024, appendix G).
var apebench = []struct {
	name  string
	model func() models.Model
	count int
}{
	{"Conv;34;10;relu", func() models.Model { return &models.ConvNet{Width: 34, Depth: 10, Reach: 1, Activation: models.ReLU} }, 31_757},
	{"UNet;12;2;relu", func() models.Model {
		return &models.ClassicUNet{Width: 12, Levels: 2, Groups: 1, Activation: models.ReLU}
	}, 27_193},
	{"Res;26;8;relu", func() models.Model { return &models.ResNet{Width: 26, Blocks: 8, Activation: models.ReLU} }, 32_943},
	{"FNO;12;18;4;gelu", func() models.Model {
		return &models.FNO{Modes: []int{12}, Width: 18, Blocks: 4, Activation: models.GELUTanh, Activated: true}
	}, 32_527},
	{"Dil;2;32;2;relu", func() models.Model {
		return &models.DilatedResNet{Width: 32, Blocks: 2, Dilations: []int{1, 2, 4, 2, 1}, Groups: 1, Activation: models.ReLU}
	}, 31_777},
}

// TestCounts compares numbers of parameters with those that the paper states.
func TestCounts(t *testing.T) {
	for _, test := range apebench {
		ps := &graph.Params{}
		if err := test.model().Init(scalar(160), ps, random(1)); err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if n := ps.Count(); n != test.count {
			t.Errorf("%s: %d parameters, want %d", test.name, n, test.count)
		}
	}
}

// scalar is a task of one field on a periodic line.
func scalar(n int) models.Spec {
	s := specOn([]int{n}, physics.Periodic)
	s.In, s.Out = s.In[:1], s.Out[:1]
	return s
}

// BenchmarkAPEBench takes the loss of a batch and its gradients.
func BenchmarkAPEBench(b *testing.B) {
	const size, points = 20, 160
	for _, net := range apebench {
		b.Run(net.name, func(b *testing.B) {
			x, err := ready(b, net.model(), scalar(points), graph.F32, 1)
			if err != nil {
				b.Fatal(err)
			}
			shape := []int{size, points, 1}
			u := graph.Feeds{"u": {Shape: shape, Data: make([]float64, size*points)}, "v": {Shape: shape, Data: make([]float64, size*points)}}
			rng := random(1)
			for i := range size * points {
				u["u"].Data[i], u["v"].Data[i] = rng.Float64(), rng.Float64()
			}
			learned := x.params.List[:len(x.params.List)-1] // all but the subject's state
			p, err := graph.Compile(x.on, u, learned, func(g *graph.Graph, in graph.Nodes) *graph.Node {
				return g.MeanSquare(x.model.Apply(g, models.Input{State: in["u"]}), in["v"])
			})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := p.Run(u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

package models_test

import (
	"testing"

	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// TestCounts compares numbers of parameters with those that papers state: for
// one channel in one dimension those of APEBench's networks (Koehler et al.
// 2024, appendix G), by the names that they have there.
func TestCounts(t *testing.T) {
	for _, test := range []struct {
		name  string
		model models.Model
		want  int
	}{
		{"Conv;34;10;relu", &models.ConvNet{Width: 34, Depth: 10, Reach: 1, Activation: models.ReLU}, 31_757},
		{"UNet;12;2;relu", &models.ClassicUNet{Width: 12, Levels: 2, Groups: 1, Activation: models.ReLU}, 27_193},
		{"FNO;12;18;4;gelu", &models.FNO{Modes: []int{12}, Width: 18, Blocks: 4, Activation: models.GELUTanh, Activated: true}, 32_527},
		{"Res;26;8;relu", &models.ResNet{Width: 26, Blocks: 8, Activation: models.ReLU}, 32_943},
		{"Dil;2;32;2;relu", &models.DilatedResNet{Width: 32, Blocks: 2, Dilations: []int{1, 2, 4, 2, 1}, Groups: 1, Activation: models.ReLU}, 31_777},
	} {
		s := specOn([]int{160}, physics.Periodic)
		s.In, s.Out = s.In[:1], s.Out[:1]
		ps := &graph.Params{}
		if err := test.model.Init(s, ps, random(1)); err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if n := ps.Count(); n != test.want {
			t.Errorf("%s: %d parameters, want %d", test.name, n, test.want)
		}
	}
}

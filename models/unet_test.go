package models_test

import (
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// TestUNetTensors compares names and shapes with those of PDEArena's module of
// two levels and one block each, from 2 channels to 3.
func TestUNetTensors(t *testing.T) {
	m := &models.UNet{Width: 8, Growth: []int{1, 2}, Blocks: 1, Groups: 1, Activation: models.GELU}
	x, err := ready(t, m, specOn([]int{16}, physics.Periodic), graph.F64, 1)
	if err != nil {
		t.Fatal(err)
	}
	shapes := map[string][]int{}
	for _, tensor := range models.Tensors(m, x.params) {
		shapes[tensor.Name] = tensor.Shape
	}
	for name, want := range map[string][]int{
		"image_proj.weight":        {8, 2, 3},
		"down.0.res.conv1.weight":  {8, 8, 3},
		"down.1.conv.weight":       {8, 8, 3},
		"down.2.res.conv1.weight":  {16, 8, 3},
		"down.2.res.shortcut.bias": {16},
		"middle.res2.norm1.weight": {16},
		"up.0.res.conv1.weight":    {16, 32, 3},
		"up.1.res.conv1.weight":    {8, 24, 3}, // to half the channels, beside those before the level
		"up.2.conv.weight":         {8, 8, 4},
		"up.3.res.norm1.weight":    {16},
		"up.4.res.conv2.weight":    {8, 8, 3},
		"norm.bias":                {8},
		"final.weight":             {3, 8, 3},
	} {
		if !slices.Equal(shapes[name], want) {
			t.Errorf("%s has the shape %v, want %v", name, shapes[name], want)
		}
	}
}

// TestUNetTransposed exchanges the weight of a refinement: its inputs come first.
func TestUNetTransposed(t *testing.T) {
	m := &models.UNet{Width: 2, Growth: []int{1, 1}, Blocks: 1, Activation: models.GELU}
	x, err := ready(t, m, specOn([]int{16}, physics.Periodic), graph.F64, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, tensor := range models.Tensors(m, x.params) {
		if tensor.Name != "up.2.conv.weight" {
			continue
		}
		ours, theirs := tensor.Param.Value.Values(), tensor.Values()
		for tap := range 4 {
			for in := range 2 {
				for out := range 2 {
					if ours[(tap*2+in)*2+out] != theirs[(in*2+out)*4+tap] {
						t.Fatalf("tap %d from %d to %d is at another place", tap, in, out)
					}
				}
			}
		}
		return
	}
	t.Error("no such tensor")
}

// TestUNetRefuses lists settings that do not fit the grid or each other.
func TestUNetRefuses(t *testing.T) {
	for _, test := range []struct {
		m      models.UNet
		points []int
		want   string
	}{
		{models.UNet{Width: 4}, []int{16}, "no levels"},
		{models.UNet{Width: 4, Growth: []int{1, 2, 2}, Blocks: 1}, []int{18}, "halvings = 2, but the 18 points"},
		{models.UNet{Width: 4, Growth: []int{1}, Blocks: 1, Groups: 3}, []int{16}, "3, want a divisor"},
		{models.UNet{Width: 4, Growth: []int{1}, Blocks: 1}, []int{8, 8, 8}, "one or two axes"},
	} {
		_, err := ready(t, &test.m, specOn(test.points, physics.Periodic), graph.F64, 1)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: got %v, want …%s…", test.m.Growth, err, test.want)
		}
	}
}

// TestUNetBeginsAsZero: a network that has learned nothing forecasts nothing.
func TestUNetBeginsAsZero(t *testing.T) {
	ps := &graph.Params{Precision: graph.F64}
	m := &models.UNet{Width: 4, Growth: []int{1, 2}, Blocks: 1, Groups: 1, Activation: models.GELU}
	if err := m.Init(specOn([]int{16}, physics.Periodic), ps, random(1)); err != nil {
		t.Fatal(err)
	}
	for _, p := range ps.List {
		if p.Name == "final.weight" && largest(p.Value.Values()) != 0 {
			t.Error("the last convolution is not zero")
		}
	}
}

// TestUNetCount has two channels in and one out on 256 points and a level, as
// the refiner of the Kuramoto–Sivashinsky equation. The 53,924,225 parameters of
// PDEArena's Unetmod-1d-64 become more by scales beside the shifts of the 8448
// channels, each from 256 features and a bias, and fewer by the embeddings of dt
// and dx, of 82,432 each.
func TestUNetCount(t *testing.T) {
	const want = 53_924_225 + 8448*257 - 2*82_432
	m, err := configs.New[models.Model]("unet")
	if err != nil {
		t.Fatal(err)
	}
	s := specOn([]int{256}, physics.Periodic)
	s.Out, s.Cond = s.Out[:1], make([]models.Scale, 1)
	ps := &graph.Params{}
	if err := m.Init(s, ps, random(1)); err != nil {
		t.Fatal(err)
	}
	if n := ps.Count(); n != want {
		t.Errorf("%d parameters, want %d", n, want)
	}
}

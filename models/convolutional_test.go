package models_test

import (
	"strings"
	"testing"

	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// convolutional are the networks of convolutions.
var convolutional = []string{"convnet", "resnet", "preact_resnet", "dilated_resnet", "classic_unet"}

// TestTranslations moves the state along the axes of a grid of which the first
// may have ends: along a periodic axis the output moves with it, along the
// other it does not. The moves are multiples of 4, the coarsest spacing.
func TestTranslations(t *testing.T) {
	for _, kind := range convolutional {
		for _, closed := range []bool{true, false} {
			s := specOn([]int{16, 24}, physics.Periodic)
			s.Periodic[0] = closed
			x, err := ready(t, newModel(t, kind, s), s, graph.F64, 1)
			if err != nil {
				t.Fatal(err)
			}
			p := x.apply(t)
			run(t, p)
			u, y := x.state.Value.Values(), p.Output().Values()
			for axis, periodic := range s.Periodic {
				x.state.Value.Put(rolled(u, s.Grid.Points, len(s.In), axis, 4))
				run(t, p)
				d := distance(p.Output().Values(), rolled(y, s.Grid.Points, len(s.Out), axis, 4))
				if follows := d < 1e-12*largest(y); follows != periodic {
					t.Errorf("%s, axis %d of %v: the output is off by %.1e of %.1e", kind, axis, s.Periodic, d, largest(y))
				}
			}
		}
	}
}

// rolled moves u [B, N₀, N₁, c] by some points along an axis.
func rolled(u []float64, n []int, c, axis, by int) []float64 {
	v := make([]float64, len(u))
	size := n[0] * n[1] * c
	for b := range len(u) / size {
		for i := range n[0] {
			for j := range n[1] {
				at := []int{i, j}
				at[axis] = (at[axis] + by) % n[axis]
				copy(v[b*size+(at[0]*n[1]+at[1])*c:][:c], u[b*size+(i*n[1]+j)*c:])
			}
		}
	}
	return v
}

// TestConvolutionalRefuses lists tasks and settings that do not fit.
func TestConvolutionalRefuses(t *testing.T) {
	plane, line := specOn([]int{16, 24}, physics.Periodic), specOn([]int{18}, physics.Periodic)
	space := specOn([]int{8, 8, 8}, physics.Periodic)
	for _, test := range []struct {
		model models.Model
		spec  models.Spec
		want  string
	}{
		{&models.ConvNet{Width: 2, Depth: 1}, space, "one or two axes, not 3"},
		{&models.ResNet{Width: 6, Blocks: 1, Groups: 4}, plane, "4, want a divisor of the 6 channels"},
		{&models.ClassicUNet{Width: 2, Levels: 2}, line, "2, but the 18 points along the periodic axis 0 are no multiple of 4"},
		{&models.ClassicUNet{Width: 2, Levels: 2}, specOn([]int{7}, physics.Walls), "want 8 or more"},
	} {
		if err := test.model.Init(test.spec, &graph.Params{}, random(1)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%T: got %v, want …%s…", test.model, err, test.want)
		}
	}
}

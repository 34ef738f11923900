package models_test

import (
	"strings"
	"testing"

	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// TestFNOCounts has the networks of others with as many parameters as they
// state.
func TestFNOCounts(t *testing.T) {
	paper := models.FNO{Modes: []int{8}, Width: 20, Blocks: 4, Projection: 128, Activation: models.ReLU, Groups: 1, Coordinates: true}
	for _, test := range []struct {
		name   string
		fno    models.FNO
		points []int
		in     int
		want   int
	}{
		// Li et al., arXiv:2010.08895, table 1; a batch norm has as many as a group norm.
		{"FNO-2D", paper, []int{64, 64}, 10, 414_517},
		{"FNO-3D", paper, []int{64, 64, 40}, 10, 6_558_537},
		// neuraloperator's FNO(n_modes=(16, 16), in 1, out 1, hidden 24), by hand:
		// lifting 3·48+48 + 48·24+24 · blocks 4·(2·16·9·24² + 24²+24 + 24·12+12 + 12·24+24 + 24) · projection 24·48+48 + 48+1
		{"neuraloperator", models.FNO{
			Modes: []int{8, 9}, Width: 24, Blocks: 4, Lifting: 48, Projection: 48, ChannelMLP: 12,
			Activation: models.GELU, MLPSkip: models.SoftGating, Coordinates: true,
		}, []int{64, 64}, 1, 192 + 1176 + 4*(165_888+600+300+312+24) + 1200 + 49},
	} {
		s := specOn(test.points, physics.Periodic)
		s.In, s.Out = make([]models.Scale, test.in), make([]models.Scale, 1)
		ps := &graph.Params{}
		if err := test.fno.Init(s, ps, random(1)); err != nil {
			t.Fatal(err)
		}
		if got := ps.Count(); got != test.want {
			t.Errorf("%s: %d parameters, want %d", test.name, got, test.want)
		}
	}
}

// fnoVariants are FNOs beside the defaults.
var fnoVariants = map[string]models.FNO{
	"one layer in and out": {Activated: true, Activation: models.GELUTanh},
	"layers in and out":    {Lifting: 5, Projection: 6, Activation: models.SiLU},
	"gated":                {Skip: models.SoftGating, Activation: models.GELU},
	"residual":             {Skip: models.Plain, Activation: models.GELU},
	"spectral":             {Skip: models.NoSkip, Activation: models.GELU},
	"channel MLP":          {ChannelMLP: 3, MLPSkip: models.SoftGating, Activation: models.GELU},
	"channel MLP, linear":  {ChannelMLP: 3, MLPSkip: models.Linear, Activation: models.Tanh},
	"channel MLP, plain":   {ChannelMLP: 3, MLPSkip: models.Plain, Skip: models.NoSkip, Groups: 2, Activation: models.GELU},
	"normalised":           {Groups: 2, Activated: true, Activation: models.GELU},
}

// eachFNO runs test for the variants, with conditions and without, on grids
// of one to three axes.
func eachFNO(t *testing.T, test func(t *testing.T, x *subject)) {
	for name, fno := range fnoVariants {
		for _, points := range [][]int{{12}, {8, 9}, {6, 4, 5}} {
			s := specOn(points, physics.Walls)
			if len(points) == 2 {
				s.Cond = make([]models.Scale, 2)
			}
			m := fno
			m.Modes, m.Width, m.Blocks, m.Padding = []int{2}, 4, 2, 1
			t.Run(name, func(t *testing.T) {
				x, err := ready(t, &m, s, graph.F64, 1)
				if err != nil {
					t.Fatal(err)
				}
				test(t, x)
			})
		}
	}
}

// TestFNOVariantGradients compares the gradients of all variants with
// differences.
func TestFNOVariantGradients(t *testing.T) {
	eachFNO(t, func(t *testing.T, x *subject) { checkGradients(t, gradients(t, x.train(t)), x.loss(t), x.params) })
}

// TestFNOOneOperation: blocks that are one operation do what they do one by
// one, which they are where there are conditions of no influence.
func TestFNOOneOperation(t *testing.T) {
	for _, skip := range []models.Skip{models.Linear, models.SoftGating, models.Plain, models.NoSkip} {
		var outputs [2][]float64
		for i := range outputs {
			s := specOn([]int{12, 10}, physics.Periodic)
			s.Cond = make([]models.Scale, i)
			m := &models.FNO{Modes: []int{3}, Width: 4, Blocks: 3, Projection: 5, Skip: skip, Activation: models.GELU, Coordinates: true}
			x, err := ready(t, m, s, graph.F64, 1)
			if err != nil {
				t.Fatal(err)
			}
			rng := random(5)
			for _, q := range x.params.List {
				v := make([]float64, q.Value.Len())
				for j := range v {
					if conditions := strings.Contains(q.Name, "cond") || strings.HasPrefix(q.Name, "embedding"); !conditions {
						v[j] = 2*rng.Float64() - 1
					}
				}
				q.Value.Put(v)
			}
			p := x.apply(t)
			run(t, p)
			outputs[i] = p.Output().Values()
		}
		if d := distance(outputs[0], outputs[1]); d > 1e-13*largest(outputs[0]) {
			t.Errorf("%v: off by %.1e", skip, d)
		}
	}
}

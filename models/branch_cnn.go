package models

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("cnn", func() Branch { return &CNNBranch{Width: 16, Levels: 3, Hidden: 128, Activation: GELU} })
}

// CNNBranch reads a state by Levels convolutions of 3 taps along each axis, each
// of which halves the grid and doubles the channels, then what they give and
// the conditions as one vector through one hidden layer.
//
// Good values: Width 16, and so many Levels that 4 to 8 points are left along
// each axis. It has far fewer parameters than a perceptron on states in two
// dimensions.
type CNNBranch struct {
	Width      int        `range:"[1,4096]" doc:"channels after the first convolution"`
	Levels     int        `range:"[1,8]" doc:"convolutions, each of which halves the grid"`
	Hidden     int        `range:"[1,65536]" doc:"channels of the hidden layer"`
	Activation Activation `doc:"after each convolution, and of the hidden layer"`
	Edges      Edges      `doc:"what is read beyond the ends of an axis that is not periodic"`

	spec   Spec
	convs  []conv
	layers chain
}

// Init implements [Branch].
func (b *CNNBranch) Init(s Spec, ps *graph.Params, rng *rand.Rand, coefficients int) error {
	if err := s.planar("cnn"); err != nil {
		return err
	}
	if err := s.halves(b.Levels); err != nil {
		return err
	}
	b.spec = s
	k, dims := graph.Window{Stride: 2, Padding: b.Edges.padding(s)}, s.Grid.Dims()
	in, width := len(s.In), b.Width
	for i := range b.Levels {
		b.convs = append(b.convs, newConv(ps, rng, fmt.Sprintf("branch.convs.%d", i), k, dims, 3, in, width))
		in, width = width, 2*width
	}
	left := in // channels and points
	for _, n := range s.Grid.Points {
		for range b.Levels {
			n = (n + 1) / 2
		}
		left *= n
	}
	b.layers = newChain(ps, rng, "branch.layers", b.Activation, left+len(s.Cond), b.Hidden, 1, coefficients)
	return nil
}

// Apply implements [Branch].
func (b *CNNBranch) Apply(g *graph.Graph, in Input) *graph.Node {
	b.spec.onSensors(in)
	v := in.State
	for _, c := range b.convs {
		v = c.activate(g, b.Activation.kernel(), v)
	}
	batch := v.Shape()[0]
	v = g.Reshape(v, batch, v.Shape().TotalSize()/batch)
	return b.layers.apply(g, kernel.Identity, withCond(g, in, v))
}

package models

import (
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("mlp", func() Branch { return &MLPBranch{Width: 128, Layers: 3, Activation: Tanh} })
}

// MLPBranch reads all values of a state and the conditions as one vector,
// through Layers hidden layers and a last one without activation.
//
// Good values: Width 128, Layers 3 for states of some hundred values.
type MLPBranch struct {
	Width      int        `range:"[1,4096]" doc:"channels of a hidden layer"`
	Layers     int        `range:"[0,64]" doc:"hidden layers"`
	Activation Activation `doc:"of the hidden layers"`

	spec   Spec
	layers chain
}

// Init implements [Branch].
func (b *MLPBranch) Init(s Spec, ps *graph.Params, rng *rand.Rand, coefficients int) error {
	b.spec = s
	b.layers = newChain(ps, rng, "branch", b.Activation, s.sensors()+len(s.Cond), b.Width, b.Layers, coefficients)
	return nil
}

// Apply implements [Branch].
func (b *MLPBranch) Apply(g *graph.Graph, in Input) *graph.Node {
	return b.layers.apply(g, kernel.Identity, sensors(g, b.spec, in))
}

package models

import (
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("deeponet", func() Model {
		return &DeepONet{
			Branch: configs.Of[Branch]{Kind: "mlp", Value: &MLPBranch{Width: 128, Layers: 3, Activation: Tanh}},
			Basis:  128, Width: 128, Layers: 3, Activation: Tanh, Circles: true,
		}
	})
}

// DeepONet writes the output as a sum of Basis functions of the place y, whose
// coefficients depend on the state a,
//
//	u_c(y) = Σ_k b_ck(a) t_ck(y) + β_c.
//
// The branch b is one network for the coefficients of all channels c, the trunk
// t one for their functions; every channel has functions of its own. The trunk
// has Layers hidden layers and ends in σ. It is evaluated once for all samples:
// on the grid, or at the points where a method asks for the output.
//
// The state is read at the points of one grid. Good values: Basis 64 to 256,
// Layers 3; Circles on periodic axes, which makes u periodic.
//
// Ref: Lu et al., Nature Machine Intelligence 3 (2021) 218, arXiv:1910.03193,
// eq. (2); Lu et al., CMAME 393 (2022) 114778, arXiv:2111.05512, for CNNs,
// periodic axes, and several channels (both networks are split).
type DeepONet struct {
	Branch     configs.Of[Branch] `doc:"the network of the coefficients"`
	Basis      int                `range:"[1,4096]" doc:"functions for each channel of the output"`
	Width      int                `range:"[1,4096]" doc:"channels of a hidden layer of the trunk"`
	Layers     int                `range:"[0,64]" doc:"hidden layers of the trunk"`
	Activation Activation         `doc:"of the trunk"`
	Circles    bool               `doc:"know places along periodic axes by cos and sin"`

	places places
	trunk  chain
	bias   *graph.Param // [Out]
}

// Check refuses a DeepONet without a branch.
func (m *DeepONet) Check() error {
	if m.Branch.Value == nil {
		return configs.At("branch", "missing, want one of %v", configs.Kinds[Branch]())
	}
	return nil
}

// Init implements [Model].
func (m *DeepONet) Init(s Spec, ps *graph.Params, rng *rand.Rand) (err error) {
	if err := s.only("deeponet", state|cond|points); err != nil {
		return err
	}
	if m.places, err = newPlaces("deeponet", s, m.Circles); err != nil {
		return err
	}
	pairs := m.Basis * len(s.Out)
	if err := m.Branch.Value.Init(s, ps, rng, pairs); err != nil {
		return within("branch", err)
	}
	m.trunk = newChain(ps, rng, "trunk", m.Activation, m.places.count(), m.Width, m.Layers, pairs)
	m.bias = ps.New("bias", []int{len(s.Out)}, graph.Zero)
	return nil
}

// Apply implements [Model].
func (m *DeepONet) Apply(g *graph.Graph, in Input) *graph.Node {
	b := m.Branch.Value.Apply(g, in)
	t := m.trunk.apply(g, m.trunk.act, m.places.of(g, in))
	ones := make([]float64, m.bias.Shape[0])
	for c := range ones {
		ones[c] = 1
	}
	y := g.Pairing(len(ones), b, t)
	y = g.Dense(kernel.Identity, y, g.Diagonal(g.Const("one", m.bias.Shape, ones)), g.Param(m.bias))
	return shaped(g, in, y)
}

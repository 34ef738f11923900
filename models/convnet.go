package models

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("convnet", func() Model { return &ConvNet{Width: 34, Depth: 10, Reach: 1, Activation: ReLU} })
}

// ConvNet is a chain of convolutions,
//
//	v₀ = a,  vₗ₊₁ = σ( Kₗ ∗ vₗ + bₗ ),  u = K_D ∗ v_D + b_D,
//
// on a state a [B, N…, In], with D = Depth hidden layers of Width channels. It
// sees (D+1)·Reach points to each side. With conditions each hidden layer is
// scaled and shifted by them before σ.
//
// Good values: Width 34 and Depth 10, which in one dimension are APEBench's
// "Conv;34;10;relu".
//
// Ref: Koehler et al., APEBench (2024), arXiv:2411.00180, appendix G.
type ConvNet struct {
	Width      int        `range:"[1,4096]" doc:"channels of a hidden layer"`
	Depth      int        `range:"[1,64]" doc:"hidden layers"`
	Reach      int        `range:"[0,32]" doc:"points that a convolution reads to each side; 1 for kernels of 3"`
	Activation Activation `doc:"of the hidden layers"`
	Edges      Edges      `doc:"what is read beyond the ends of an axis that is not periodic"`

	embed  *embedding
	hidden []convLayer
	out    conv
}

// Init implements [Model].
func (m *ConvNet) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("convnet", state|cond); err != nil {
		return err
	}
	if err := s.planar("convnet"); err != nil {
		return err
	}
	k, dims, taps := graph.Window{Padding: m.Edges.padding(s)}, s.Grid.Dims(), 2*m.Reach+1
	m.embed = newEmbedding(ps, rng, s, m.Width)
	in := len(s.In)
	for i := range m.Depth {
		name := fmt.Sprintf("layers.%d", i)
		m.hidden = append(m.hidden, convLayer{
			conv: newConv(ps, rng, name, k, dims, taps, in, m.Width),
			cond: m.embed.newModulation(ps, rng, name+".cond", m.Width),
		})
		in = m.Width
	}
	m.out = newConv(ps, rng, fmt.Sprintf("layers.%d", m.Depth), k, dims, taps, in, len(s.Out))
	return nil
}

// Apply implements [Model].
func (m *ConvNet) Apply(g *graph.Graph, in Input) *graph.Node {
	v, e := in.State, m.embed.apply(g, in)
	for _, l := range m.hidden {
		v = l.apply(g, m.Activation.kernel(), v, e)
	}
	return m.out.apply(g, v)
}

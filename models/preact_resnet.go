package models

import (
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("preact_resnet", func() Model {
		return &PreactResNet{Width: 128, Blocks: 4, Groups: 1, Hidden: 128, Activation: GELU}
	})
}

// PreactResNet is the residual network with normalisation and activation before
// the convolutions, so that the sum passes through all blocks unchanged,
//
//	v₀ = P(a),  vₗ₊₁ = vₗ + K₂ ∗ σ( n₂( K₁ ∗ σ( n₁(vₗ) ) + b₁ ) ) + b₂,  u = Q(v_L),
//
// on a state a [B, N…, In]: P and Q act on each point, the convolutions K have 3
// taps along each axis. With conditions n₂ is scaled and shifted by them.
//
// Good values: Width 128, Blocks 4, Groups 1, Hidden 128 and GELU, which in two
// dimensions are PDEArena's ResNet-128 but for the padding of the grid; Hidden 0
// and ReLU give pdequinox's ModernResNet.
//
// Ref: He et al., Identity Mappings (2016), arXiv:1603.05027; Gupta &
// Brandstetter (2022), arXiv:2209.15616, appendix B.
type PreactResNet struct {
	Width      int        `range:"[1,4096]" doc:"channels inside"`
	Blocks     int        `range:"[1,64]" doc:"blocks of two convolutions"`
	Groups     int        `range:"[0,4096]" doc:"groups of channels that are normalised together; 0 for no normalisation"`
	Hidden     int        `range:"[0,4096]" doc:"channels of the hidden layers of P and Q; 0 for affine maps"`
	Activation Activation `doc:"before each convolution"`
	Edges      Edges      `doc:"what is read beyond the ends of an axis that is not periodic"`

	embed  *embedding
	lift   lifting
	blocks []residualBlock
	proj   perceptron
}

// Init implements [Model].
func (m *PreactResNet) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("preact_resnet", state|cond); err != nil {
		return err
	}
	if err := s.planar("preact_resnet"); err != nil {
		return err
	}
	if err := grouped(m.Groups, m.Width); err != nil {
		return err
	}
	act := m.Activation.kernel()
	m.embed = newEmbedding(ps, rng, s, m.Width)
	m.lift = newLifting(ps, rng, act, len(s.In), m.Hidden, m.Width)
	m.blocks = newResidualBlocks(ps, rng, s, m.Edges, m.embed, m.Blocks, m.Width, m.Groups)
	m.proj = newPerceptron(ps, rng, "projection", act, m.Width, m.Hidden, len(s.Out))
	return nil
}

// Apply implements [Model].
func (m *PreactResNet) Apply(g *graph.Graph, in Input) *graph.Node {
	act := m.Activation.kernel()
	v, e := m.lift.apply(g, in.State), m.embed.apply(g, in)
	for _, b := range m.blocks {
		h := b.convs[0].apply(g, g.Activation(act, b.norms[0].apply(g, v)))
		h = b.cond.apply(g, b.norms[1].apply(g, h), e)
		h = b.convs[1].apply(g, g.Activation(act, h))
		v = g.Sum(v, h)
	}
	return m.proj.apply(g, v)
}

package models

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("resnet", func() Model { return &ResNet{Width: 26, Blocks: 8, Activation: ReLU} })
}

// ResNet is the residual network with the activation after the sum,
//
//	v₀ = P a,  vₗ₊₁ = σ( vₗ + K₂ ∗ σ( K₁ ∗ vₗ + b₁ ) + b₂ ),  u = Q v_L,
//
// on a state a [B, N…, In]: P and Q are affine maps of each point, the
// convolutions K have 3 taps along each axis. With Groups each convolution is
// followed by a group normalisation; with conditions the first one of a block is
// scaled and shifted by them.
//
// Good values: Width 26 and Blocks 8, which in one dimension are APEBench's
// "Res;26;8;relu".
//
// Ref: He et al., Deep Residual Learning (2015), arXiv:1512.03385, §3; Koehler
// et al., APEBench (2024), arXiv:2411.00180, appendix G.
type ResNet struct {
	Width      int        `range:"[1,4096]" doc:"channels inside"`
	Blocks     int        `range:"[1,64]" doc:"blocks of two convolutions"`
	Groups     int        `range:"[0,4096]" doc:"groups of channels that are normalised together; 0 for no normalisation"`
	Activation Activation `doc:"after each convolution"`
	Edges      Edges      `doc:"what is read beyond the ends of an axis that is not periodic"`

	embed      *embedding
	lift, proj dense
	blocks     []residualBlock
}

// residualBlock are two convolutions, each with a normalisation, and a
// modulation between them.
type residualBlock struct {
	norms [2]*norm
	convs [2]conv
	cond  *modulation
}

// Init implements [Model].
func (m *ResNet) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("resnet", state|cond); err != nil {
		return err
	}
	if err := s.planar("resnet"); err != nil {
		return err
	}
	if err := grouped(m.Groups, m.Width); err != nil {
		return err
	}
	m.embed = newEmbedding(ps, rng, s, m.Width)
	m.lift = newDense(ps, rng, "lift", len(s.In), m.Width)
	m.blocks = newResidualBlocks(ps, rng, s, m.Edges, m.embed, m.Blocks, m.Width, m.Groups)
	m.proj = newDense(ps, rng, "projection", m.Width, len(s.Out))
	return nil
}

// newResidualBlocks adds the blocks of a residual network.
func newResidualBlocks(ps *graph.Params, rng *rand.Rand, s Spec, ends Edges, e *embedding, count, width, groups int) []residualBlock {
	k := graph.Window{Padding: ends.padding(s)}
	blocks := make([]residualBlock, count)
	for i := range blocks {
		name := fmt.Sprintf("blocks.%d", i)
		for j := range 2 {
			blocks[i].norms[j] = newNorm(ps, fmt.Sprintf("%s.norm%d", name, j+1), groups, width)
			blocks[i].convs[j] = newConv(ps, rng, fmt.Sprintf("%s.conv%d", name, j+1), k, s.Grid.Dims(), 3, width, width)
		}
		blocks[i].cond = e.newModulation(ps, rng, name+".cond", width)
	}
	return blocks
}

// Apply implements [Model].
func (m *ResNet) Apply(g *graph.Graph, in Input) *graph.Node {
	act := m.Activation.kernel()
	v, e := m.lift.apply(g, kernel.Identity, in.State), m.embed.apply(g, in)
	for _, b := range m.blocks {
		h := convLayer{b.convs[0], b.norms[0], b.cond}.apply(g, act, v, e)
		h = b.norms[1].apply(g, b.convs[1].apply(g, h))
		v = g.Activation(act, g.Sum(v, h))
	}
	return m.proj.apply(g, kernel.Identity, v)
}

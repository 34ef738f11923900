package models

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("dilated_resnet", func() Model {
		return &DilatedResNet{Width: 32, Blocks: 2, Dilations: []int{1, 2, 4, 8, 4, 2, 1}, Groups: 1, Activation: ReLU}
	})
}

// DilatedResNet is a residual network whose blocks look far by convolutions
// with gaps between their taps,
//
//	v₀ = P(a),  vₗ₊₁ = vₗ + h_D,  h₀ = vₗ,  h_{j+1} = σ( K_j ∗ n_j(h_j) + b_j ),  u = Q(v_L),
//
// on a state a [B, N…, In]: P and Q act on each point, K_j has 3 taps along each
// axis, Dilations[j] points apart. A block sees the sum of its dilations to each
// side. With conditions n₀ is scaled and shifted by them.
//
// Good values: Width 32, Blocks 2, Dilations [1, 2, 4, 2, 1], which in one
// dimension are APEBench's "Dil;2;32;2;relu"; Width 128, Blocks 4, Dilations
// [1, 2, 4, 8, 4, 2, 1], Hidden 128 and GELU, which in two are PDEArena's
// DilResNet-128-norm but for the padding of the grid.
//
// Ref: Stachenfeld et al. (2022), arXiv:2112.15275, §3; Gupta & Brandstetter
// (2022), arXiv:2209.15616, appendix B.
type DilatedResNet struct {
	Width      int        `range:"[1,4096]" doc:"channels inside"`
	Blocks     int        `range:"[1,64]" doc:"blocks of as many convolutions as there are dilations"`
	Dilations  []int      `range:"[1,4096]" doc:"points from tap to tap of each convolution of a block"`
	Groups     int        `range:"[0,4096]" doc:"groups of channels that are normalised together; 0 for no normalisation"`
	Hidden     int        `range:"[0,4096]" doc:"channels of the hidden layers of P and Q; 0 for affine maps"`
	Activation Activation `doc:"after each convolution"`
	Edges      Edges      `doc:"what is read beyond the ends of an axis that is not periodic"`

	embed  *embedding
	lift   lifting
	blocks []dilatedBlock
	proj   perceptron
}

type dilatedBlock struct {
	norms []*norm
	convs []conv
	cond  *modulation
}

// Check reports a block without convolutions.
func (m *DilatedResNet) Check() error {
	if len(m.Dilations) == 0 {
		return configs.At("dilations", "none, want 1 or more")
	}
	return nil
}

// Init implements [Model].
func (m *DilatedResNet) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("dilated_resnet", state|cond); err != nil {
		return err
	}
	if err := s.planar("dilated_resnet"); err != nil {
		return err
	}
	if err := grouped(m.Groups, m.Width); err != nil {
		return err
	}
	act := m.Activation.kernel()
	m.embed = newEmbedding(ps, rng, s, m.Width)
	m.lift = newLifting(ps, rng, act, len(s.In), m.Hidden, m.Width)
	for i := range m.Blocks {
		m.blocks = append(m.blocks, m.newBlock(ps, rng, s, fmt.Sprintf("blocks.%d", i)))
	}
	m.proj = newPerceptron(ps, rng, "projection", act, m.Width, m.Hidden, len(s.Out))
	return nil
}

func (m *DilatedResNet) newBlock(ps *graph.Params, rng *rand.Rand, s Spec, name string) dilatedBlock {
	var b dilatedBlock
	for j, d := range m.Dilations {
		k := graph.Window{Dilation: d, Padding: m.Edges.padding(s)}
		b.norms = append(b.norms, newNorm(ps, fmt.Sprintf("%s.norm.%d", name, j), m.Groups, m.Width))
		b.convs = append(b.convs, newConv(ps, rng, fmt.Sprintf("%s.conv.%d", name, j), k, s.Grid.Dims(), 3, m.Width, m.Width))
	}
	b.cond = m.embed.newModulation(ps, rng, name+".cond", m.Width)
	return b
}

// Apply implements [Model].
func (m *DilatedResNet) Apply(g *graph.Graph, in Input) *graph.Node {
	act := m.Activation.kernel()
	v, e := m.lift.apply(g, in.State), m.embed.apply(g, in)
	for _, b := range m.blocks {
		h := v
		for j, c := range b.convs {
			h = b.norms[j].apply(g, h)
			if j == 0 {
				h = b.cond.apply(g, h, e)
			}
			h = c.activate(g, act, h)
		}
		v = g.Sum(v, h)
	}
	return m.proj.apply(g, v)
}

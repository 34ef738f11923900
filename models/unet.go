package models

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("unet", func() Model {
		return &UNet{Width: 64, Growth: []int{1, 2, 2, 4}, Blocks: 2, Groups: 1, Activation: GELU}
	})
}

// UNet is the modern U-Net: levels of residual blocks
//
//	R(x) = C₂ σ(M(N₂ C₁ σ(N₁ x))) + W x
//
// on ever coarser grids and back, on a state a [B, N…, In] of one or two axes. C
// are convolutions of 3 taps along each axis, N group normalisations, M scales
// and shifts the channels by the conditions (see [modulation]), W is an affine
// map where the number of channels changes. Level l multiplies the channels by
// Growth[l], has Blocks of R on the way down, and one more on the way up, each of
// which is given the output of its counterpart beside its own. In between,
// convolutions of stride 2 halve the grid and transposed ones of 4 taps double
// it; two blocks are at the bottom. A normalisation in 8 groups, σ and a last
// convolution make the output. Each R begins as its shortcut, the network as 0.
//
// The default has 64, 128, 256 and 1024 channels and 51.5 million parameters in
// one dimension: PDE-Refiner's network, which has PDEArena's convolutions,
// normalisations and names. Conditions are embedded as all models here do it,
// and scale as well as shift; transposed convolutions are periodic where the
// grid is. Good values: Width 16 to 64; Growth [1, 2, 2] and less for small grids.
//
// Ref: Gupta & Brandstetter (2022), arXiv:2209.15616, §3 and appendix B; Lippe et
// al., PDE-Refiner (2023), arXiv:2308.05732, appendix D.
type UNet struct {
	Width      int        `range:"[1,4096]" doc:"channels before the first level"`
	Growth     []int      `range:"[1,64]" doc:"what each level multiplies the channels by"`
	Blocks     int        `range:"[1,64]" doc:"residual blocks of a level on the way down; one more on the way up"`
	Groups     int        `range:"[0,4096]" doc:"groups of channels that a block normalises together; 0 for no normalisation, also before the output"`
	Activation Activation `doc:"before each convolution of a block and before the output"`
	Edges      Edges      `doc:"what is read beyond the ends of an axis that is not periodic"`

	embed    *embedding
	in, out  conv
	down, up []unetLevel // the coarsest is the last of down and the first of up
	middle   []unetBlock
	outNorm  *norm
}

// unetLevel is the blocks of a level and, but for the last, the convolution that
// follows them.
type unetLevel struct {
	blocks []unetBlock
	resize *conv
}

// unetBlock is R.
type unetBlock struct {
	convs    [2]conv
	norms    [2]*norm
	cond     *modulation
	shortcut *conv // nil for the identity
}

// Init implements [Model].
func (m *UNet) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := m.check(s); err != nil {
		return err
	}
	b := unetBuilder{m: m, ps: ps, rng: rng, dims: s.Grid.Dims(), padding: m.Edges.padding(s)}
	m.embed = newEmbedding(ps, rng, s, 4*m.Width)
	m.in = b.conv("image_proj", 3, len(s.In), m.Width)
	b.descend()
	for i := range 2 {
		m.middle = append(m.middle, b.block(fmt.Sprintf("middle.res%d", i+1), b.channels, b.channels))
	}
	b.ascend(Zero.padding(s))
	m.outNorm = newNorm(ps, "norm", m.outGroups(), m.Width)
	m.out = b.conv("final", 3, m.Width, len(s.Out))
	silence(m.out)
	return nil
}

// check refuses a spec that the settings do not fit.
func (m *UNet) check(s Spec) error {
	if err := s.only("unet", state|cond); err != nil {
		return err
	}
	if err := s.planar("unet"); err != nil {
		return err
	}
	if len(m.Growth) == 0 {
		return configs.At("growth", "no levels, want one or more")
	}
	if err := grouped(m.Groups, m.Width); err != nil {
		return err
	}
	if err := s.halves(len(m.Growth) - 1); err != nil {
		return configs.At("growth", "halvings = %w", err)
	}
	return nil
}

// outGroups is the number of groups before the output, whatever that of the
// blocks: 8, or fewer if that leaves less than 8 channels in a group.
func (m *UNet) outGroups() int {
	if m.Groups == 0 {
		return 0
	}
	n := 8
	for n > 1 && m.Width%(8*n) != 0 {
		n /= 2
	}
	return n
}

// Apply implements [Model].
func (m *UNet) Apply(g *graph.Graph, in Input) *graph.Node {
	act, e := m.Activation.kernel(), m.embed.apply(g, in)
	x := m.in.apply(g, in.State)
	skips := []*graph.Node{x}
	for _, l := range m.down {
		for _, b := range l.blocks {
			x = b.apply(g, act, x, e)
			skips = append(skips, x)
		}
		if l.resize != nil {
			x = l.resize.apply(g, x)
			skips = append(skips, x)
		}
	}
	for _, b := range m.middle {
		x = b.apply(g, act, x, e)
	}
	for _, l := range m.up {
		for _, b := range l.blocks {
			last := len(skips) - 1
			x = b.apply(g, act, g.Join(x, skips[last]), e)
			skips = skips[:last]
		}
		if l.resize != nil {
			x = l.resize.refineTo(g, x, skips[len(skips)-1])
		}
	}
	return m.out.apply(g, g.Activation(act, m.outNorm.apply(g, x)))
}

func (b unetBlock) apply(g *graph.Graph, act kernel.Activation, x, e *graph.Node) *graph.Node {
	h := b.convs[0].apply(g, g.Activation(act, b.norms[0].apply(g, x)))
	h = b.cond.apply(g, b.norms[1].apply(g, h), e)
	h = b.convs[1].apply(g, g.Activation(act, h))
	if b.shortcut != nil {
		x = b.shortcut.apply(g, x)
	}
	return g.Sum(h, x)
}

// Tensors implements [Exchanged]: those of PDEArena's module, whose transposed
// convolutions have their inputs first, [I, O, taps…].
func (m *UNet) Tensors(ps *graph.Params) []Tensor {
	transposed := map[*graph.Param]bool{}
	for _, l := range m.up {
		if l.resize != nil {
			transposed[l.resize.w] = true
		}
	}
	var all []Tensor
	for _, p := range ps.List {
		t := tensorOf(p)
		if transposed[p] {
			for _, axes := range [][]int{t.Shape, t.Strides} {
				slices.Reverse(axes[:2])
			}
		}
		all = append(all, t)
	}
	return all
}

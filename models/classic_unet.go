package models

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("classic_unet", func() Model { return &ClassicUNet{Width: 12, Levels: 2, Groups: 1, Activation: ReLU} })
}

// ClassicUNet goes from the grid to ones of half, quarter, … the points and
// back,
//
//	v₀ = D(a),  v_{l+1} = D(S ∗ v_l),  w_L = v_L,  w_l = D(v_l ⊕ Sᵀ ∗ w_{l+1}),  u = Q w₀,
//
// on a state a [B, N…, In]. D are two convolutions of 3 taps along each axis,
// either followed by a group normalisation and σ; S is one of stride 2; Sᵀ the
// transposed arrangement; ⊕ puts channels side by side; Q is an affine map of
// each point. Level l has 2ˡ·Width channels. With conditions the first
// normalisation of each D is scaled and shifted by them. Sᵀ reads zeros beyond
// ends, whatever Edges are.
//
// Good values: Width 12, Levels 2, which in one dimension are APEBench's
// "UNet;12;2;relu"; Width 16 to 64 and Levels 4 for grids of 64 points and more.
//
// Ref: Ronneberger, Fischer & Brox (2015), arXiv:1505.04597; Koehler et al.,
// APEBench (2024), arXiv:2411.00180, appendix G.
type ClassicUNet struct {
	Width      int        `range:"[1,4096]" doc:"channels on the finest grid"`
	Levels     int        `range:"[1,8]" doc:"times that the grid is halved and the channels are doubled"`
	Groups     int        `range:"[0,4096]" doc:"groups of channels that are normalised together; 0 for no normalisation"`
	Activation Activation `doc:"after each convolution of D"`
	Edges      Edges      `doc:"what is read beyond the ends of an axis that is not periodic"`

	embed      *embedding
	left       []doubleConv // D from level 0 down to level Levels
	right      []doubleConv // D on the way back, by level
	down, back []conv       // S and Sᵀ between a level and the next
	proj       dense
}

// doubleConv is D.
type doubleConv [2]convLayer

func (d doubleConv) apply(g *graph.Graph, act kernel.Activation, x, e *graph.Node) *graph.Node {
	return d[1].apply(g, act, d[0].apply(g, act, x, e), e)
}

// Init implements [Model].
func (m *ClassicUNet) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("classic_unet", state|cond); err != nil {
		return err
	}
	if err := s.planar("classic_unet"); err != nil {
		return err
	}
	if err := grouped(m.Groups, m.Width); err != nil {
		return err
	}
	if err := s.halves(m.Levels); err != nil {
		return err
	}
	dims, same := s.Grid.Dims(), graph.Window{Padding: m.Edges.padding(s)}
	half, twice := graph.Window{Stride: 2, Padding: m.Edges.padding(s)}, graph.Window{Stride: 2, Padding: Zero.padding(s)}
	double := func(name string, in, out int) (d doubleConv) {
		for j := range 2 {
			d[j].conv = newConv(ps, rng, fmt.Sprintf("%s.conv%d", name, j+1), same, dims, 3, in, out)
			d[j].norm = newNorm(ps, fmt.Sprintf("%s.norm%d", name, j+1), m.Groups, out)
			in = out
		}
		d[0].cond = m.embed.newModulation(ps, rng, name+".cond", out)
		return d
	}
	m.embed = newEmbedding(ps, rng, s, m.Width)
	m.left = append(m.left, double("left.0", len(s.In), m.Width))
	for l := range m.Levels {
		c := m.Width << l
		m.down = append(m.down, newConv(ps, rng, fmt.Sprintf("down.%d", l), half, dims, 3, c, c))
		m.left = append(m.left, double(fmt.Sprintf("left.%d", l+1), c, 2*c))
		m.back = append(m.back, newConv(ps, rng, fmt.Sprintf("up.%d", l), twice, dims, 3, 2*c, c))
		m.right = append(m.right, double(fmt.Sprintf("right.%d", l), 2*c, c))
	}
	m.proj = newDense(ps, rng, "projection", m.Width, len(s.Out))
	return nil
}

// Apply implements [Model].
func (m *ClassicUNet) Apply(g *graph.Graph, in Input) *graph.Node {
	act, e := m.Activation.kernel(), m.embed.apply(g, in)
	v := []*graph.Node{m.left[0].apply(g, act, in.State, e)}
	for l, s := range m.down {
		v = append(v, m.left[l+1].apply(g, act, s.apply(g, v[l]), e))
	}
	w := v[m.Levels]
	for l := m.Levels - 1; l >= 0; l-- {
		w = g.Join(v[l], m.back[l].refineTo(g, w, v[l]))
		w = m.right[l].apply(g, act, w, e)
	}
	return m.proj.apply(g, kernel.Identity, w)
}

package models

import (
	"errors"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/models/graph"
	"eddy/physics"
)

func init() {
	configs.Register("fno", func() Model {
		return &FNO{Modes: []int{12}, Width: 32, Blocks: 4, Projection: 128, Activation: GELU, MLPSkip: SoftGating, Coordinates: true}
	})
}

// FNO is the Fourier neural operator,
//
//	v₀ = P(a, x),  vₗ₊₁ = σ( W v + b + F⁻¹( S · F v ) ),  u = Q(v_L),
//
// on a state a [B, N…, In] of one, two or three axes: P lifts each point to
// Width channels, each block mixes the lowest Modes of the Fourier transform by
// complex matrices S and all points by one real matrix W, Q is a network of one
// hidden layer at each point. σ is GELU; the last block has none unless it is
// Activated. On a grid with walls the lifted state is continued by zeros
// (Padding), since the transform takes it for periodic.
//
// With a channel MLP, a block goes on with a network M at each point and a
// second way around both,
//
//	z = σ( W v + b + F⁻¹( S · F v ) ),  vₗ₊₁ = σ( M(z) + v W′ ).
//
// Where it has Groups, the sum in σ is normalised first; where there are
// conditions, it is then scaled and shifted by them, see [modulation].
//
// Good values: Width 32 to 64, Modes 8 to 16 (at most half the points), Blocks
// 4. A trained FNO may be applied on a finer grid. The networks of others, with
// equal numbers of parameters:
//
//	FNO-2D, FNO-3D of the paper   Modes 8, Width 20, relu, Groups 1 in the place of batch norms
//	APEBench's FNO;12;18;4;gelu   Modes 12, Width 18, Lifting and Projection 0, gelu_tanh,
//	                              Activated, no Coordinates
//	neuraloperator's FNO((n, n))  Modes [n/2, n/2+1], Lifting and Projection 2·Width,
//	                              ChannelMLP Width/2; all else as the defaults here
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, §4 and §5;
// Kossaifi et al. (2023), arXiv:2310.00120, for the channel MLP and its skip.
type FNO struct {
	Modes       []int      `range:"[1,4096]" doc:"Fourier modes kept along each axis; one number for all"`
	Width       int        `range:"[1,4096]" doc:"channels inside"`
	Blocks      int        `range:"[1,64]" doc:"spectral blocks"`
	Lifting     int        `range:"[0,4096]" doc:"channels of a hidden layer that lifts; 0 for none"`
	Projection  int        `range:"[0,4096]" doc:"channels of the last hidden layer; 0 for none"`
	Activation  Activation `doc:"after each layer but the last block's and the output"`
	Activated   bool       `doc:"the last block has an activation, too"`
	Skip        Skip       `doc:"the way around the spectral layer"`
	ChannelMLP  int        `range:"[0,4096]" doc:"hidden channels of a network at each point in every block; 0 for none"`
	MLPSkip     Skip       `doc:"the way around the block of a channel MLP"`
	Groups      int        `range:"[0,4096]" doc:"groups of channels that each block normalises; 0 for no normalisation"`
	Padding     int        `range:"[0,4096]" doc:"points appended to each axis that is not periodic"`
	Coordinates bool       `doc:"give the network the coordinates of each point"`

	spec          Spec
	modes         []int // per axis
	extra         []int // points of padding, per axis
	embed         *embedding
	lift, project perceptron
	blocks        []fnoBlock
}

// Init implements [Model].
func (m *FNO) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("fno", state|cond); err != nil {
		return err
	}
	m.spec = s
	if err := errors.Join(m.fit(), grouped(m.Groups, m.Width)); err != nil {
		return err
	}
	in := len(s.In)
	if m.Coordinates {
		in += s.Grid.Dims()
	}
	act := m.Activation.kernel()
	m.embed = newEmbedding(ps, rng, s, 4*m.Width)
	m.lift = newPerceptron(ps, rng, "lift", act, in, m.Lifting, m.Width)
	for i := range m.Blocks {
		m.blocks = append(m.blocks, m.newBlock(ps, rng, i, m.count()))
	}
	m.project = newPerceptron(ps, rng, "projection", act, m.Width, m.Projection, len(s.Out))
	return nil
}

// fit checks modes and padding against the grid, and sets how many each axis
// has.
func (m *FNO) fit() error {
	g := m.spec.Grid
	m.extra = make([]int, g.Dims())
	for a, closed := range m.spec.Periodic {
		if !closed {
			m.extra[a] = m.Padding
		}
	}
	m.modes = slices.Clone(m.Modes)
	if len(m.modes) == 1 {
		m.modes = slices.Repeat(m.modes, g.Dims())
	}
	if len(m.modes) != g.Dims() {
		return configs.At("modes", "%d numbers for a grid of %d axes", len(m.Modes), g.Dims())
	}
	if m.Padding > 0 && !slices.Contains(m.spec.Periodic, false) {
		return configs.At("padding", "%d points, but the grid is periodic and needs none", m.Padding)
	}
	for a, k := range m.modes {
		n := g.Points[a] + m.extra[a]
		if most := n / 2; k > most {
			return configs.At("modes", "%d along axis %d, but %d points have only %d", k, a, n, most)
		}
	}
	return nil
}

// count is the number of complex modes of a block.
func (m *FNO) count() int {
	k := 1
	for a, n := range m.modes {
		if k *= n; a < len(m.modes)-1 {
			k *= 2
		}
	}
	return k
}

// Apply implements [Model].
func (m *FNO) Apply(g *graph.Graph, in Input) *graph.Node {
	v := in.State
	if m.Coordinates {
		v = g.Join(v, coordinates(g, v))
	}
	v = m.lift.apply(g, v)
	if m.Padding > 0 {
		v = g.Pad(v, m.extra)
	}
	v = m.mix(g, v, m.embed.apply(g, in))
	if m.Padding > 0 {
		v = g.Crop(v, m.extra)
	}
	return m.project.apply(g, v)
}

// mix applies the blocks: as one operation, where each is a layer.
func (m *FNO) mix(g *graph.Graph, v, e *graph.Node) *graph.Node {
	if !m.blocks[0].bare() {
		for _, b := range m.blocks {
			v = b.apply(g, m.modes, v, e)
		}
		return v
	}
	var layers []graph.FourierLayer
	for _, b := range m.blocks {
		layers = append(layers, b.layer(g, b.last))
	}
	return g.Fourier(m.modes, v, layers...)
}

// coordinates returns the coordinates of the points of x [B, N…, C] as shares
// of the box, [B, N…, dims].
func coordinates(g *graph.Graph, x *graph.Node) *graph.Node {
	shape := slices.Clone([]int(x.Shape()))
	dims := len(shape) - 2
	unit := physics.Grid{Points: shape[1 : dims+1], Extent: slices.Repeat([]float64{1}, dims)}
	shape[dims+1] = dims
	values := make([]float64, 0, shape[0]*unit.Size()*dims)
	for range shape[0] {
		for i := range unit.Size() {
			for a, j := range unit.Index(i) {
				values = append(values, unit.X(a, j))
			}
		}
	}
	return g.Const("coordinates", shape, values)
}

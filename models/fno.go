package models

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

func init() {
	configs.Register("fno", func() Model {
		return &FNO{Modes: []int{12}, Width: 32, Blocks: 4, Projection: 128, Coordinates: true}
	})
}

// FNO is the Fourier neural operator,
//
//	v₀ = P(a, x),  vₗ₊₁ = σ( W v + b + F⁻¹( S · F v ) ),  u = Q(v_L),
//
// on a state a [B, N…, In]: P lifts each point to Width channels, each block
// mixes the lowest Modes of the Fourier transform by complex matrices and all
// points by one real matrix, Q is a network of one hidden layer at each point.
// σ is GELU; the last block has none. On a grid with walls the lifted state is
// continued by zeros (Padding), since the transform takes it for periodic.
//
// Good values: Width 32 to 64, Modes 8 to 16 (at most half the points), Blocks
// 4. A trained FNO may be applied on a finer grid.
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, §4 and §5.
type FNO struct {
	Modes       []int `range:"[1,4096]" doc:"Fourier modes kept along each axis; one number for all"`
	Width       int   `range:"[1,4096]" doc:"channels inside"`
	Blocks      int   `range:"[1,64]" doc:"spectral blocks"`
	Projection  int   `range:"[1,4096]" doc:"channels of the last hidden layer"`
	Padding     int   `range:"[0,4096]" doc:"points appended to each axis that is not periodic"`
	Coordinates bool  `doc:"give the network the coordinates of each point"`

	spec      Spec
	modes     []int // per axis
	extra     []int // points of padding, per axis
	lift      dense
	blocks    []fnoBlock
	hide, out dense
}

// fnoBlock holds S [K, 2, Width, Width] and the pointwise map of a block.
type fnoBlock struct {
	spectral *graph.Param
	skip     dense
}

// Init implements [Model].
func (m *FNO) Init(s Spec, ps *graph.Params, rng *rand.Rand) error {
	if err := s.only("fno", state); err != nil {
		return err
	}
	m.spec = s
	if err := m.fit(); err != nil {
		return err
	}
	in := len(s.In)
	if m.Coordinates {
		in += s.Grid.Dims()
	}
	m.lift = newDense(ps, rng, "lift", in, m.Width)
	for i := range m.Blocks {
		name := fmt.Sprintf("blocks.%d", i)
		m.blocks = append(m.blocks, fnoBlock{
			spectral: ps.New(name+".spectral", []int{m.count(), 2, m.Width, m.Width}, spectralDraw(rng, m.Width)),
			skip:     newDense(ps, rng, name+".skip", m.Width, m.Width),
		})
	}
	m.hide = newDense(ps, rng, "projection.0", m.Width, m.Projection)
	m.out = newDense(ps, rng, "projection.1", m.Projection, len(s.Out))
	return nil
}

// spectralDraw draws from U(0, 1/width²), as the authors do.
func spectralDraw(rng *rand.Rand, width int) func() float64 {
	scale := 1 / float64(width*width)
	return func() float64 { return scale * rng.Float64() }
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
	v = m.lift.apply(g, kernel.Identity, v)
	if m.Padding > 0 {
		v = g.Pad(v, m.extra)
	}
	var layers []graph.FourierLayer
	for i, b := range m.blocks {
		l := graph.FourierLayer{Act: kernel.GELU, S: g.Param(b.spectral), W: g.Param(b.skip.w), B: g.Param(b.skip.b)}
		if i == len(m.blocks)-1 {
			l.Act = kernel.Identity
		}
		layers = append(layers, l)
	}
	v = g.Fourier(m.modes, v, layers...)
	if m.Padding > 0 {
		v = g.Crop(v, m.extra)
	}
	return g.Perceptron(kernel.GELU, v, g.Param(m.hide.w), g.Param(m.hide.b), g.Param(m.out.w), g.Param(m.out.b))
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

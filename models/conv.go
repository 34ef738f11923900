package models

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/models/graph"
)

// conv is a convolution of a grid, see [graph.Graph.Conv].
type conv struct {
	window graph.Window
	w, b   *graph.Param // [taps…, I, O], [O]
}

// newConv adds a convolution of taps along each of dims axes, with weights and
// biases from U(−r, r), r = 1/√(in·taps^dims), as is usual in PyTorch.
func newConv(ps *graph.Params, rng *rand.Rand, name string, k graph.Window, dims, taps, in, out int) conv {
	shape := append(slices.Repeat([]int{taps}, dims), in, out)
	r := 1 / math.Sqrt(float64(in)*math.Pow(float64(taps), float64(dims)))
	return conv{
		window: k,
		w:      ps.New(name+".weight", shape, graph.Uniform(rng, r)),
		b:      ps.New(name+".bias", []int{out}, graph.Uniform(rng, r)),
	}
}

func (c conv) apply(g *graph.Graph, x *graph.Node) *graph.Node {
	return g.Conv(c.window, x, g.Param(c.w), g.Param(c.b))
}

// refine applies the convolution's adjoint arrangement, with its weights, to a
// coarse grid, see [graph.Graph.ConvTransposed].
func (c conv) refine(g *graph.Graph, x *graph.Node) *graph.Node {
	return g.ConvTransposed(c.window, x, g.Param(c.w), g.Param(c.b))
}

// norm is a group normalisation with a learned scale and shift of each channel.
type norm struct {
	groups       int
	scale, shift *graph.Param
}

// newNorm adds a normalisation over a number of groups of channels; nil for no
// groups.
func newNorm(ps *graph.Params, name string, groups, channels int) *norm {
	if groups == 0 {
		return nil
	}
	return &norm{
		groups: groups,
		scale:  ps.New(name+".weight", []int{channels}, func() float64 { return 1 }),
		shift:  ps.New(name+".bias", []int{channels}, graph.Zero),
	}
}

// apply normalises x. A nil norm returns x.
func (n *norm) apply(g *graph.Graph, x *graph.Node) *graph.Node {
	if n == nil {
		return x
	}
	return g.GroupNorm(n.groups, x, g.Param(n.scale), g.Param(n.shift))
}

// planar refuses a grid that a kind's convolutions cannot work on.
func (s Spec) planar(kind string) error {
	if d := s.Grid.Dims(); d > 2 {
		return fmt.Errorf("%s: convolves grids of one or two axes, not %d", kind, d)
	}
	return nil
}

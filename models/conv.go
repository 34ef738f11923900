package models

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/internal/kernel"
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
	return c.activate(g, kernel.Identity, x)
}

// activate is act( conv(x) ).
func (c conv) activate(g *graph.Graph, act kernel.Activation, x *graph.Node) *graph.Node {
	return g.Conv(act, c.window, x, g.Param(c.w), g.Param(c.b))
}

// refineTo applies the convolution's adjoint arrangement, with its weights, to
// coarse, and takes from the result the points of the grid of fine: a grid with
// ends may have an odd number of them. See [graph.Graph.ConvTransposed].
func (c conv) refineTo(g *graph.Graph, coarse, fine *graph.Node) *graph.Node {
	x := g.ConvTransposed(c.window, coarse, g.Param(c.w), g.Param(c.b))
	dims := len(fine.Shape()) - 2
	extra := make([]int, dims)
	for a := range dims {
		extra[a] = x.Shape()[a+1] - fine.Shape()[a+1]
	}
	if slices.Max(extra) == 0 {
		return x
	}
	return g.Crop(x, extra)
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

// convLayer is act( cond( norm( conv(x) ) ) ), where norm and cond may be nil.
type convLayer struct {
	conv conv
	norm *norm
	cond *modulation
}

func (l convLayer) apply(g *graph.Graph, act kernel.Activation, x, e *graph.Node) *graph.Node {
	if l.norm == nil && l.cond == nil {
		return l.conv.activate(g, act, x)
	}
	return g.Activation(act, l.cond.apply(g, l.norm.apply(g, l.conv.apply(g, x)), e))
}

// grouped refuses groups that the channels cannot be divided into.
func grouped(groups, channels int) error {
	if groups > 0 && channels%groups != 0 {
		return configs.At("groups", "%d, want a divisor of the %d channels", groups, channels)
	}
	return nil
}

// planar refuses a grid that a kind's convolutions cannot work on.
func (s Spec) planar(kind string) error {
	if d := s.Grid.Dims(); d > 2 {
		return fmt.Errorf("%s: convolves grids of one or two axes, not %d", kind, d)
	}
	return nil
}

// halves refuses a grid that cannot be halved a number of times: along a
// periodic axis it must stay even, and along any two points must remain.
func (s Spec) halves(levels int) error {
	for a, n := range s.Grid.Points {
		switch {
		case s.Periodic[a] && n%(1<<levels) != 0:
			return configs.At("levels", "%d, but the %d points along the periodic axis %d are no multiple of %d", levels, n, a, 1<<levels)
		case n < 2<<levels:
			return configs.At("levels", "%d, but the %d points along axis %d cannot be halved so often, want %d or more", levels, n, a, 2<<levels)
		}
	}
	return nil
}

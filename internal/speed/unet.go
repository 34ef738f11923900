package speed

import (
	"fmt"
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

const (
	unetBatch  = 16
	unetPoints = 256
	unetWidth  = 64
)

// unetGrowth multiplies the channels at each level.
var unetGrowth = []int{1, 2, 2, 4}

// unet1D is the one-dimensional U-Net of PDE-Refiner without conditioning on
// time: 64, 128, 256 and 1024 channels at 256, 128, 64 and 32 points, two
// residual blocks a level on the way down, two in the middle, and on the way up
// three, each of which takes one skip connection. It maps a state and a noisy
// state to one field, and is trained by the mean square error.
//
// Ref: Lippe et al., PDE-Refiner (2023), arXiv:2308.05732; Gupta & Brandstetter
// (2022), arXiv:2209.15616, the modern U-Net.
func unet1D() Workload {
	plan := planUNet()
	build := func(ps *graph.Params, rng *rand.Rand) (network, error) {
		params := plan.draw(ps, rng)
		apply := func(g *graph.Graph, in graph.Nodes) *graph.Node { return (&unet{g, params}).apply(in["x"]) }
		return network{
			train: graph.Feeds{"x": normal(rng, unetBatch, unetPoints, 2), "y": normal(rng, unetBatch, unetPoints, 1)},
			infer: graph.Feeds{"x": normal(rng, 1, unetPoints, 2)},
			loss:  func(g *graph.Graph, in graph.Nodes) *graph.Node { return g.MeanSquare(apply(g, in), in["y"]) },
			apply: apply,
		}, nil
	}
	return Workload{Name: "unet1d", FLOP: FLOP{Train: 3 * unetBatch * plan.flop(), Infer: plan.flop()}, build: build}
}

// unet is the network in a graph.
type unet struct {
	g      *graph.Graph
	params map[string]*graph.Param
}

func (u *unet) apply(x *graph.Node) *graph.Node {
	top := len(unetGrowth) - 1
	x = u.conv("in", 1, x)
	skips := []*graph.Node{x}
	for l := range unetGrowth {
		for b := range 2 {
			x = u.block(fmt.Sprintf("down%d.%d", l, b), x)
			skips = append(skips, x)
		}
		if l < top {
			x = u.conv(fmt.Sprintf("halve%d", l), 2, x)
			skips = append(skips, x)
		}
	}
	x = u.block("mid.1", u.block("mid.0", x))
	for l := top; l >= 0; l-- {
		for b := range 3 {
			skip := skips[len(skips)-1]
			skips = skips[:len(skips)-1]
			x = u.block(fmt.Sprintf("up%d.%d", l, b), u.g.Join(x, skip))
		}
		if l > 0 {
			name := fmt.Sprintf("double%d", l)
			x = u.g.ConvTransposed(graph.Window{Stride: 2, Padding: []graph.Padding{graph.Zeros}}, x, u.param(name+".weight"), u.param(name+".bias"))
		}
	}
	return u.conv("out", 1, u.activate("out", x))
}

// block is the residual block x + C₁(A₁(C₀(A₀(x)))).
func (u *unet) block(name string, x *graph.Node) *graph.Node {
	h := u.conv(name+".0", 1, u.activate(name+".0", x))
	h = u.conv(name+".1", 1, u.activate(name+".1", h))
	if u.params[name+".short.weight"] != nil {
		x = u.conv(name+".short", 1, x)
	}
	return u.g.Sum(h, x)
}

// activate is A(x) = GELU(norm(x)).
func (u *unet) activate(name string, x *graph.Node) *graph.Node {
	return u.g.Activation(kernel.GELU, u.g.GroupNorm(1, x, u.param(name+".scale"), u.param(name+".shift")))
}

func (u *unet) conv(name string, stride int, x *graph.Node) *graph.Node {
	return u.g.Conv(graph.Window{Stride: stride}, x, u.param(name+".weight"), u.param(name+".bias"))
}

func (u *unet) param(name string) *graph.Node { return u.g.Param(u.params[name]) }

package speed

import (
	"math/rand/v2"

	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

const (
	unetBatch  = 16
	unetPoints = 256
	unetWidth  = 64
	unetBlocks = 2 // of a level, on the way down
)

// unetGrowth multiplies the channels at each level.
var unetGrowth = []int{1, 2, 2, 4}

// unet1D is the one-dimensional U-Net of PDE-Refiner without conditions: 64, 128,
// 256 and 1024 channels at 256, 128, 64 and 32 points, see [models.UNet]. It maps
// a state and a noisy state to one field, and is trained by the mean square error.
func unet1D() Workload {
	build := func(ps *graph.Params, rng *rand.Rand) (network, error) {
		m := &models.UNet{Width: unetWidth, Growth: unetGrowth, Blocks: unetBlocks, Groups: 1, Activation: models.GELU}
		grid := physics.Grid{Points: []int{unetPoints}, Extent: []float64{1}}
		spec := models.Spec{Grid: grid, Periodic: []bool{true}, In: make([]models.Scale, 2), Out: make([]models.Scale, 1)}
		if err := m.Init(spec, ps, rng); err != nil {
			return network{}, err
		}
		apply := func(g *graph.Graph, in graph.Nodes) *graph.Node { return m.Apply(g, models.Input{State: in["x"]}) }
		return network{
			train: graph.Feeds{"x": normal(rng, unetBatch, unetPoints, 2), "y": normal(rng, unetBatch, unetPoints, 1)},
			infer: graph.Feeds{"x": normal(rng, 1, unetPoints, 2)},
			loss:  func(g *graph.Graph, in graph.Nodes) *graph.Node { return g.MeanSquare(apply(g, in), in["y"]) },
			apply: apply,
		}, nil
	}
	return Workload{Name: "unet1d", FLOP: FLOP{Train: 3 * unetBatch * unetFLOP(), Infer: unetFLOP()}, build: build}
}

// unetFLOP counts the convolutions of the forward pass on one sample; what
// changes the grid works on the points of the coarser one.
func unetFLOP() float64 {
	total := 0.0
	conv := func(taps, in, out, points int) { total += 2 * float64(taps*in*out*points) }
	c, n, top := unetWidth, unetPoints, len(unetGrowth)-1
	block := func(in, out int) {
		conv(3, in, out, n)
		conv(3, out, out, n)
		if in != out {
			conv(1, in, out, n)
		}
		c = out
	}
	skips := []int{c} // channels that the way up is given
	conv(3, 2, c, n)
	for l, growth := range unetGrowth {
		out := c * growth
		for range unetBlocks {
			block(c, out)
			skips = append(skips, c)
		}
		if l < top {
			n /= 2
			conv(3, c, c, n)
			skips = append(skips, c)
		}
	}
	block(c, c)
	block(c, c)
	for l := top; l >= 0; l-- {
		for _, out := range []int{c, c, c / unetGrowth[l]} {
			last := len(skips) - 1
			block(c+skips[last], out)
			skips = skips[:last]
		}
		if l > 0 {
			conv(4, c, c, n)
			n *= 2
		}
	}
	conv(3, c, 1, n)
	return total
}

package models

import (
	"fmt"
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// chain is layers of the last axis, one after the other: hidden ones that end in
// an activation, and a last one.
type chain struct {
	act    kernel.Activation
	layers []dense
}

// newChain adds a number of hidden layers of one width, and the last layer.
func newChain(ps *graph.Params, rng *rand.Rand, name string, act Activation, in, width, hidden, out int) chain {
	c := chain{act: act.kernel()}
	for i := range hidden {
		c.layers = append(c.layers, newDense(ps, rng, fmt.Sprintf("%s.%d", name, i), in, width))
		in = width
	}
	c.layers = append(c.layers, newDense(ps, rng, fmt.Sprintf("%s.%d", name, hidden), in, out))
	return c
}

// apply maps x [B, N…, in] to [B, N…, out]. The last layer ends in an activation
// of its own.
func (c chain) apply(g *graph.Graph, last kernel.Activation, x *graph.Node) *graph.Node {
	var layers []graph.Layer
	for i, d := range c.layers {
		act := c.act
		if i == len(c.layers)-1 {
			act = last
		}
		layers = append(layers, graph.Layer{Act: act, W: g.Param(d.w), B: g.Param(d.b)})
	}
	return g.MLP(x, layers...)
}

package models

import (
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// lifting maps the channels of each point to those inside a network: an affine
// map, or two layers of it that both end in the activation.
type lifting struct {
	act    kernel.Activation
	layers []dense
}

// newLifting adds a lifting; with hidden channels between its two layers, or of
// one layer for none.
func newLifting(ps *graph.Params, rng *rand.Rand, act kernel.Activation, in, hidden, out int) lifting {
	if hidden == 0 {
		return lifting{kernel.Identity, []dense{newDense(ps, rng, "lift", in, out)}}
	}
	return lifting{act, []dense{newDense(ps, rng, "lift.0", in, hidden), newDense(ps, rng, "lift.1", hidden, out)}}
}

func (l lifting) apply(g *graph.Graph, x *graph.Node) *graph.Node {
	for _, d := range l.layers {
		x = d.apply(g, l.act, x)
	}
	return x
}

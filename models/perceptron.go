package models

import (
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// perceptron maps the channels of each point: an affine map, or a network of
// one hidden layer.
type perceptron struct {
	act    kernel.Activation
	layers []dense
}

// newPerceptron adds a perceptron with hidden channels in its hidden layer, or
// without one for none.
func newPerceptron(ps *graph.Params, rng *rand.Rand, name string, act kernel.Activation, in, hidden, out int) perceptron {
	if hidden == 0 {
		return perceptron{act, []dense{newDense(ps, rng, name, in, out)}}
	}
	return perceptron{act, []dense{newDense(ps, rng, name+".0", in, hidden), newDense(ps, rng, name+".1", hidden, out)}}
}

func (p perceptron) apply(g *graph.Graph, x *graph.Node) *graph.Node {
	if len(p.layers) == 1 {
		return p.layers[0].apply(g, kernel.Identity, x)
	}
	hide, out := p.layers[0], p.layers[1]
	return g.Perceptron(p.act, x, g.Param(hide.w), g.Param(hide.b), g.Param(out.w), g.Param(out.b))
}

package speed

import (
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// Each of the pairs has its own branch input and its own point.
const deepONetPairs = 10000

// deepONet pairs a branch of 100 values of a function with a trunk of a point
// in the plane, both of four layers: Σ branch ∘ trunk + bias, trained by the
// mean square error. The branch ends linearly, the trunk with an activation.
// One sample is one pair.
//
// Ref: Lu et al., Nature Machine Intelligence 3 (2021), arXiv:1910.03193.
func deepONet(name string, act kernel.Activation) Workload {
	branch, trunk := []int{100, 128, 128, 128, 128}, []int{2, 128, 128, 128, 128}
	build := func(ps *graph.Params, rng *rand.Rand) (network, error) {
		b, t := newPerceptron(ps, rng, "branch", branch), newPerceptron(ps, rng, "trunk", trunk)
		bias := ps.New("bias", []int{1}, graph.Zero)
		apply := func(g *graph.Graph, u, x *graph.Node) *graph.Node {
			u = g.MLP(u, b.layers(g, act, kernel.Identity)...)
			return g.RowDot(u, g.MLP(x, t.layers(g, act, act)...), g.Param(bias))
		}
		loss := func(g *graph.Graph, xs []*graph.Node) *graph.Node { return g.MeanSquare(apply(g, xs[0], xs[1]), xs[2]) }
		return network{
			train: graph.Feeds{"u": normal(rng, deepONetPairs, 100), "x": normal(rng, deepONetPairs, 2), "y": normal(rng, deepONetPairs, 1)},
			infer: graph.Feeds{"u": normal(rng, 1, 100), "x": normal(rng, 1, 2)},
			loss:  func(g *graph.Graph, in graph.Nodes) *graph.Node { return g.MeanRows(loss, in["u"], in["x"], in["y"]) },
			apply: func(g *graph.Graph, in graph.Nodes) *graph.Node { return apply(g, in["u"], in["x"]) },
		}, nil
	}
	one := perceptronFLOP(branch) + perceptronFLOP(trunk)
	return Workload{Name: name, FLOP: FLOP{Train: 3 * deepONetPairs * one, Infer: one}, build: build}
}

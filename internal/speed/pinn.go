package speed

import (
	"math"
	"math/rand/v2"
	"slices"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

const (
	pinnPoints    = 10000
	pinnViscosity = 0.01 / math.Pi
)

// pinn is a tanh network u(x, t) of some hidden layers, trained by the mean
// square of the residual of the Burgers equation, u_t + u u_x − ν u_xx. It is
// applied to one point.
//
// Ref: Raissi et al., J. Comput. Phys. 378 (2019), §3.1.1.
func pinn(name string, hidden, width int) Workload {
	widths := slices.Concat([]int{2}, slices.Repeat([]int{width}, hidden), []int{1})
	streams := graph.Streams{{Along: []float64{1, 0}, Order: 2}, {Along: []float64{0, 1}, Order: 1}}
	build := func(ps *graph.Params, rng *rand.Rand) (network, error) {
		p := newPerceptron(ps, rng, "net", widths)
		residual := func(g *graph.Graph, xs []*graph.Node) *graph.Node {
			y := g.Taylor(streams, xs[0], p.layers(g, kernel.Tanh, kernel.Identity)...)
			u, ux, uxx, ut := g.Stream(y, 0), g.Stream(y, 1), g.Stream(y, 2), g.Stream(y, 3)
			r := g.Combine([]float64{1, 1, -pinnViscosity}, ut, g.Mul(u, ux), uxx)
			return g.MeanSquare(r, g.Const("zero", r.Shape(), make([]float64, r.Shape().TotalSize())))
		}
		return network{
			train: graph.Feeds{"x": normal(rng, pinnPoints, 2)},
			infer: graph.Feeds{"x": normal(rng, 1, 2)},
			loss:  func(g *graph.Graph, in graph.Nodes) *graph.Node { return g.MeanRows(residual, in["x"]) },
			apply: func(g *graph.Graph, in graph.Nodes) *graph.Node {
				return g.MLP(in["x"], p.layers(g, kernel.Tanh, kernel.Identity)...)
			},
		}, nil
	}
	one := perceptronFLOP(widths)
	return Workload{Name: name, FLOP: FLOP{Train: 3 * pinnPoints * float64(streams.Count()) * one, Infer: one}, build: build}
}

package speed

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// perceptron holds the weights and biases of dense layers, in turn.
type perceptron []*graph.Param

// newPerceptron draws layers between the given widths from U(−1/√in, 1/√in).
func newPerceptron(ps *graph.Params, rng *rand.Rand, name string, widths []int) perceptron {
	var p perceptron
	for i, out := range widths[1:] {
		draw := graph.Uniform(rng, 1/math.Sqrt(float64(widths[i])))
		p = append(p, ps.New(fmt.Sprintf("%s.%d.weight", name, i), []int{widths[i], out}, draw),
			ps.New(fmt.Sprintf("%s.%d.bias", name, i), []int{out}, draw))
	}
	return p
}

// layers puts the parameters into a graph: act after every layer but the last.
func (p perceptron) layers(g *graph.Graph, act, last kernel.Activation) []graph.Layer {
	var ls []graph.Layer
	for i := 0; i < len(p); i += 2 {
		ls = append(ls, graph.Layer{Act: act, W: g.Param(p[i]), B: g.Param(p[i+1])})
	}
	ls[len(ls)-1].Act = last
	return ls
}

// perceptronFLOP counts the products for one row.
func perceptronFLOP(widths []int) float64 {
	n := 0
	for i, out := range widths[1:] {
		n += 2 * widths[i] * out
	}
	return float64(n)
}

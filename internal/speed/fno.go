package speed

import (
	"math/rand/v2"
	"slices"

	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// The form of the FNO paper's networks.
const (
	fnoBatch  = 20
	fnoLayers = 4
	fnoHidden = 128 // of the projection
)

// fno is a Fourier neural operator on a grid, from one field and the
// coordinates to one field, trained by the relative L2 loss.
func fno(name string, width, modes int, points ...int) Workload {
	build := func(ps *graph.Params, rng *rand.Rand) (network, error) {
		m := &models.FNO{Modes: []int{modes}, Width: width, Blocks: fnoLayers, Projection: fnoHidden, Activation: models.GELU, Coordinates: true}
		grid := physics.Grid{Points: points, Extent: slices.Repeat([]float64{1}, len(points))}
		spec := models.Spec{Grid: grid, Periodic: slices.Repeat([]bool{true}, len(points)), In: make([]models.Scale, 1), Out: make([]models.Scale, 1)}
		if err := m.Init(spec, ps, rng); err != nil {
			return network{}, err
		}
		shape := func(batch int) []int { return append(append([]int{batch}, points...), 1) }
		apply := func(g *graph.Graph, in graph.Nodes) *graph.Node { return m.Apply(g, models.Input{State: in["x"]}) }
		return network{
			train: graph.Feeds{"x": normal(rng, shape(fnoBatch)...), "y": normal(rng, shape(fnoBatch)...)},
			infer: graph.Feeds{"x": normal(rng, shape(1)...)},
			loss:  func(g *graph.Graph, in graph.Nodes) *graph.Node { return g.RelativeL2(apply(g, in), in["y"]) },
			apply: apply,
		}, nil
	}
	products, transforms := fnoFLOP(width, modes, points)
	return Workload{
		Name: name, build: build,
		FLOP: FLOP{Train: fnoBatch * (3*products + 2*transforms), Infer: products + transforms},
	}
}

// fnoFLOP counts the forward pass on one sample: the products with parameters
// (lift, projection, and in each layer the pointwise map and the complex
// matrices of the modes), and the truncated transforms as products of folded
// lines, the last axis first. The backward pass has two of each product, but
// one of each transform.
func fnoFLOP(width, modes int, points []int) (products, transforms float64) {
	n, w, m := float64(product(points)), float64(width), float64(modes)
	last := len(points) - 1
	kept, rows := m, n/float64(points[last])
	there := 2 * n * m * w // twice half a line for each mode
	for a := last - 1; a >= 0; a-- {
		rows /= float64(points[a])
		there += 2 * rows * (m + 1) * float64(points[a]) * 2 * kept * w
		kept *= 2 * m
	}
	lift, project := 2*n*float64(1+len(points))*w, 2*n*(w+1)*fnoHidden
	return lift + project + fnoLayers*(2*n*w*w+4*2*kept*w*w), fnoLayers * 2 * there
}

package graph

import "eddy/internal/kernel"

// Layer is the map act(x W + b) of the last axis: W [I, O], b [O].
type Layer struct {
	Act  kernel.Activation
	W, B *Node
}

// MLP passes x [B, N…, I] through layers, one after the other: y [B, N…, O].
// A few rows at a time go through all of them, and come back through all of
// them in the adjoint, so that what is between layers stays in the cache.
func (g *Graph) MLP(x *Node, layers ...Layer) *Node {
	co := checkLayers("MLP", x, layers)
	return pick(g, newDeep[float32], newDeep[float64])(g, "mlp", nil, x, layers, withChannels(x.Shape(), co))
}

// checkLayers panics unless the layers fit x and each other; it returns the
// width of the last one.
func checkLayers(op string, x *Node, layers []Layer) int {
	if len(layers) == 0 || x.Dims() < 2 {
		Fail(op, []*Node{x}, "want x [B, …, I] and one layer or more, got %d", len(layers))
	}
	width := Channels(x)
	for i, l := range layers {
		ws := l.W.Shape()
		if len(ws) != 2 || ws[0] != width || l.B.Shape().TotalSize() != ws[1] {
			Fail(op, []*Node{x, l.W, l.B}, "layer %d: want W [%d, O] and b [O]", i, width)
		}
		width = ws[1]
	}
	return width
}

package models

import (
	"slices"

	"eddy/models/graph"
	"eddy/physics"
)

// streamed passes points through layers together with the derivatives of the
// given orders, and returns them by channel and order. A derivative that is
// mixed of two axes follows from those along both and along lines between them,
//
//	(∂_x + s ∂_y)ⁿ = Σ_k (n over k) sᵏ ∂_xⁿ⁻ᵏ ∂_yᵏ,  for s = 1, −1, 2.
func streamed(g *graph.Graph, points *graph.Node, orders []physics.Order, layers []graph.Layer, s Spec) func(int, physics.Order) *graph.Node {
	lines := lines{coords: s.Coords}
	for _, o := range orders {
		for _, p := range lines.parts(o) {
			lines.add(p)
		}
	}
	y := g.Taylor(lines.streams, points, layers...)
	return func(c int, o physics.Order) *graph.Node {
		var weights []float64
		var nodes []*graph.Node
		for _, p := range lines.parts(o) {
			n := g.Stream(y, lines.at(p))
			if len(s.Out) > 1 {
				n = g.Select(n, c, c+1)
			}
			weights, nodes = append(weights, p.weight), append(nodes, n)
		}
		if len(nodes) == 1 {
			return nodes[0]
		}
		return g.Combine(weights, nodes...)
	}
}

// part is weight · (along·∇)^order, a term of a derivative.
type part struct {
	weight float64
	along  []float64
	order  int
}

// slopes are the s of the lines between two axes.
var slopes = []float64{1, -1, 2}

// crossings are the weights of these lines in ∂_xⁿ⁻ʲ ∂_yʲ, by n and j: they solve
// Σ_s w_s (n over k) sᵏ = 1 for k = j, 0 for all other k from 1 to n − 1.
var crossings = map[[2]int][]float64{
	{2, 1}: {1. / 2},
	{3, 1}: {1. / 6, -1. / 6},
	{3, 2}: {1. / 6, 1. / 6},
	{4, 1}: {1. / 4, -1. / 12, -1. / 24},
	{4, 2}: {1. / 12, 1. / 12},
	{4, 3}: {-1. / 8, -1. / 24, 1. / 24},
}

// lines are the directions along which derivatives are taken, up to some order.
type lines struct {
	coords  int // of a point; the last one is time
	streams graph.Streams
}

// parts says what a derivative is made of.
func (l *lines) parts(o physics.Order) []part {
	var axes, times []int
	n := 0
	for a, k := range o {
		if a == physics.Time {
			a = l.coords - 1
		}
		if n += k; k > 0 {
			axes, times = append(axes, a), append(times, k)
		}
	}
	switch len(axes) {
	case 0:
		return []part{{1, nil, 0}}
	case 1:
		return []part{{1, l.line(axes[0], 1, 0, 0), n}}
	}
	weights := crossings[[2]int{n, times[1]}]
	if len(axes) > 2 || weights == nil {
		graph.Fail("derivatives", nil, "the derivative of order %v is mixed of more than two axes or higher than 4", o)
	}
	first, second := part{0, l.line(axes[0], 1, 0, 0), n}, part{0, l.line(axes[1], 1, 0, 0), n}
	var all []part
	for i, w := range weights {
		all = append(all, part{w, l.line(axes[0], 1, axes[1], slopes[i]), n})
		first.weight -= w
		power := 1.0
		for range n {
			power *= slopes[i]
		}
		second.weight -= w * power
	}
	return append(all, first, second)
}

// line is u e_a + v e_b.
func (l *lines) line(a int, u float64, b int, v float64) []float64 {
	along := make([]float64, l.coords)
	along[a] = u
	along[b] += v
	return along
}

// add has derivatives along a line carried up to an order.
func (l *lines) add(p part) {
	if p.order == 0 {
		return
	}
	for i, d := range l.streams {
		if slices.Equal(d.Along, p.along) {
			l.streams[i].Order = max(d.Order, p.order)
			return
		}
	}
	l.streams = append(l.streams, graph.Direction{Along: p.along, Order: p.order})
}

// at is the number of the stream of a part.
func (l *lines) at(p part) int {
	i := p.order
	for _, d := range l.streams {
		if slices.Equal(d.Along, p.along) || p.order == 0 {
			break
		}
		i += d.Order
	}
	return i
}

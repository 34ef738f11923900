package models

import (
	"fmt"
	"slices"

	"eddy/models/graph"
	"eddy/physics"
)

// streamed passes points through layers together with the derivatives of the
// given orders, and returns them by channel and order. What the Taylor series
// along lines cannot give at once, u_xy, follows from those along x, y and
// x + y:
//
//	u_xy = ½ ( (∂_x + ∂_y)² u − u_xx − u_yy ).
func streamed(g *graph.Graph, points *graph.Node, orders []physics.Order, layers []graph.Layer, s Spec) func(int, physics.Order) *graph.Node {
	var lines lines
	lines.coords = s.Coords
	for _, o := range orders {
		lines.need(o)
	}
	y := g.Taylor(lines.streams, points, layers...)
	return func(c int, o physics.Order) *graph.Node {
		weights, parts := lines.sum(o)
		nodes := make([]*graph.Node, len(parts))
		for i, part := range parts {
			nodes[i] = g.Stream(y, part)
			if len(s.Out) > 1 {
				nodes[i] = g.Select(nodes[i], c, c+1)
			}
		}
		if len(nodes) == 1 {
			return nodes[0]
		}
		return g.Combine(weights, nodes...)
	}
}

// lines are the directions along which derivatives are taken.
type lines struct {
	coords  int // of a point; the last one is time
	streams graph.Streams
}

// axis is the coordinate that place a of an order stands for.
func (l *lines) axis(a int) int {
	if a == physics.Time {
		return l.coords - 1
	}
	return a
}

// axes lists the coordinates along which o is taken, once for each time.
func (l *lines) axes(o physics.Order) []int {
	var all []int
	for a, n := range o {
		all = append(all, slices.Repeat([]int{l.axis(a)}, n)...)
	}
	return all
}

// need adds the directions of an order.
func (l *lines) need(o physics.Order) {
	axes := l.axes(o)
	switch {
	case len(axes) == 0:
	case slices.Max(axes) == slices.Min(axes):
		l.add(len(axes), axes[0])
	case len(axes) == 2:
		l.add(2, axes[0])
		l.add(2, axes[1])
		l.add(2, axes...)
	default:
		graph.Fail("derivatives", nil, "the mixed derivative of order %v has more than two factors", o)
	}
}

// add carries derivatives along the sum of axes up to an order.
func (l *lines) add(order int, axes ...int) {
	along := make([]float64, l.coords)
	for _, a := range axes {
		along[a] = 1
	}
	for i, d := range l.streams {
		if slices.Equal(d.Along, along) {
			l.streams[i].Second = d.Second || order > 1
			return
		}
	}
	l.streams = append(l.streams, graph.Direction{Along: along, Second: order > 1})
}

// sum says what an order is made of: weights and numbers of streams.
func (l *lines) sum(o physics.Order) ([]float64, []int) {
	axes := l.axes(o)
	switch {
	case len(axes) == 0:
		return []float64{1}, []int{0}
	case slices.Max(axes) == slices.Min(axes):
		return []float64{1}, []int{l.at(len(axes), axes[0])}
	}
	return []float64{0.5, -0.5, -0.5}, []int{l.at(2, axes...), l.at(2, axes[0]), l.at(2, axes[1])}
}

// at is the number of the stream of an order along the sum of axes.
func (l *lines) at(order int, axes ...int) int {
	along := make([]float64, l.coords)
	for _, a := range axes {
		along[a] = 1
	}
	i := 1
	for _, d := range l.streams {
		if slices.Equal(d.Along, along) {
			return i + order - 1
		}
		if i++; d.Second {
			i++
		}
	}
	panic(fmt.Sprintf("models: no stream of order %d along %v", order, along))
}

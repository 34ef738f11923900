package models

import (
	"math"

	"eddy/configs"
	"eddy/models/graph"
	"eddy/physics"
)

// exact makes what a network N yields meet what is known of a solution,
// whatever the network is:
//
//	u = u₀ + t/T N            begins with the initial state u₀,
//	u = G + D N               has the values of G at the walls,
//	u = u₀ + t/T D N          does both,
//
// where G is the line between the values at the ends and D is Π_a 4 x(L−x)/L².
// All is in units in which the channels have mean 0 and deviation 1.
//
// Ref: Lagaris, Likas & Fotiadis, IEEE Trans. Neural Networks 9 (1998) 987.
type exact struct {
	solution *Solution
	initial  *series // nil unless the initial state is met
	low      []float64
	slope    []float64 // G = low + slope · x, per channel; nil unless the ends are met
}

// newExact checks that the solution can be met so.
func newExact(s Spec, initial, ends bool) (*exact, error) {
	e := &exact{solution: s.Solution}
	if s.Solution == nil {
		return nil, configs.At("initial", "nothing is known of the solution that the network could begin with or end in")
	}
	if ends {
		if err := e.meetEnds(s); err != nil {
			return nil, err
		}
	}
	if initial {
		return e, e.meetInitial(s)
	}
	return e, nil
}

// meetEnds sets the line between the values at the ends.
func (e *exact) meetEnds(s Spec) error {
	if len(e.solution.Ends) == 0 {
		return configs.At("ends", "the grid is periodic and has no ends")
	}
	channels := len(s.Out)
	e.low, e.slope = make([]float64, channels), make([]float64, channels)
	for a, pair := range e.solution.Ends {
		low, okLow := pair.Low.Value.(*physics.Dirichlet)
		high, okHigh := pair.High.Value.(*physics.Dirichlet)
		if !okLow || !okHigh {
			return configs.At("ends", "axis %d ends in %s and %s, want dirichlet: only values can be met", a, pair.Low.Kind, pair.High.Kind)
		}
		for c, scale := range s.Out {
			v, w := normalized(low.At(c), scale), normalized(high.At(c), scale)
			if len(e.solution.Ends) > 1 && (v != w || a > 0 && v != e.low[c]) {
				return configs.At("ends", "the values differ between the sides, want one value for all of them in several dimensions")
			}
			e.low[c], e.slope[c] = v, (w-v)/e.solution.Extent[a]
		}
	}
	return nil
}

func normalized(v float64, s Scale) float64 {
	if s.Std == 0 {
		return v - s.Mean
	}
	return (v - s.Mean) / s.Std
}

// tolerance is how far the initial state may be from the values at its ends.
const tolerance = 1e-6

// meetInitial sets the series of the initial state, less the line between the
// ends.
func (e *exact) meetInitial(s Spec) error {
	channels, g := len(s.Out), s.Grid
	if g.Boundary != physics.Periodic && (e.low == nil || g.Boundary != physics.Walls) {
		return configs.At("initial", "is met on periodic grids, and between walls together with ends")
	}
	u := make([]float64, len(e.solution.Initial))
	for i := range g.Size() {
		wall := false
		for a, j := range g.Index(i) {
			wall = wall || g.Boundary == physics.Walls && (j == 0 || j == g.Points[a]-1)
		}
		for c, scale := range s.Out {
			v := normalized(e.solution.Initial[i*channels+c], scale)
			if e.low != nil {
				v -= e.low[c] + e.slope[c]*g.X(0, g.Index(i)[0])
			}
			if wall && math.Abs(v) > tolerance {
				return configs.At("initial", "the initial state is off by %.2g from the value at a wall, and no network can meet both", v)
			}
			u[i*channels+c] = v
		}
	}
	e.initial = newSeries(u, g, s.Periodic, s.Coords)
	return nil
}

// fields returns the solution, made of the network's.
func (e *exact) fields(g *graph.Graph, points *graph.Node, network []physics.Field) []physics.Field {
	extent := e.solution.Extent
	space := len(extent) - 1
	x := e.solution.jets(g, points, func(a int, o physics.Order) *graph.Node { return coordinate(g, points, a, o) }).Fields(len(extent))
	one := network[0].Cosine([3]int{}, 0)
	fade := one
	if e.initial != nil {
		fade = x[space].Scale(1 / extent[space])
	}
	if e.low != nil {
		for a := range space {
			l := extent[a]
			fade = fade.Mul(x[a]).Mul(one.Add(x[a].Scale(-1 / l))).Scale(4 / l)
		}
	}
	var start []physics.Field
	if e.initial != nil {
		start = e.solution.jets(g, points, func(c int, o physics.Order) *graph.Node { return e.initial.derivative(g, points, c, o) }).Fields(len(network))
	}
	u := make([]physics.Field, len(network))
	for c, n := range network {
		u[c] = n.Mul(fade)
		if start != nil {
			u[c] = u[c].Add(start[c])
		}
		if e.low != nil {
			u[c] = u[c].Add(one.Scale(e.low[c])).Add(x[0].Scale(e.slope[c]))
		}
	}
	return u
}

// jets are fields of derivatives of each channel and order.
func (s *Solution) jets(g *graph.Graph, points *graph.Node, stream func(int, physics.Order) *graph.Node) *physics.Jets {
	return &physics.Jets{Graph: g, Points: points, Extent: s.Extent[:len(s.Extent)-1], Stream: stream}
}

// coordinate returns a derivative of coordinate a of the points; nil is zero.
func coordinate(g *graph.Graph, points *graph.Node, a int, o physics.Order) *graph.Node {
	own := a
	if a == graph.Channels(points)-1 {
		own = physics.Time
	}
	var along physics.Order
	along[own] = 1
	switch o {
	case physics.Order{}:
		return g.Select(points, a, a+1)
	case along:
		return g.Affine(g.Select(points, a, a+1), []float64{0}, []float64{1})
	}
	return nil
}

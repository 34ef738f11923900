package models

import (
	"fmt"
	"math"

	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// places are the features by which a trunk knows the points x of a box of
// lengths L: along axes that are circular
//
//	cos 2πx/L, sin 2πx/L,
//
// so that what is made of them is periodic, and 2x/L − 1 along others.
//
// Ref: Lu et al. (2022), arXiv:2111.05512, §3.1.3, for periodic axes.
type places struct {
	grid     physics.Grid
	circular []bool // per axis
}

// newPlaces are those of a spec, whose periodic axes become circles or do not.
func newPlaces(kind string, s Spec, circles bool) (places, error) {
	if dims := s.Grid.Dims(); s.Coords > 0 && s.Coords != dims {
		return places{}, fmt.Errorf("%s: knows points by the %d coordinates of the grid, but the method gives %d", kind, dims, s.Coords)
	}
	p := places{grid: s.Grid, circular: make([]bool, s.Grid.Dims())}
	for a, closed := range s.Periodic {
		p.circular[a] = circles && closed
	}
	return p, nil
}

// count is the number of features.
func (p places) count() int {
	n := len(p.circular)
	for _, c := range p.circular {
		if c {
			n++
		}
	}
	return n
}

// of returns the features [P, count] of the points of an input or, where it has
// none, of the points of its state's grid.
func (p places) of(g *graph.Graph, in Input) *graph.Node {
	points := in.Points
	if points == nil {
		points = p.ofGrid(g, gridOf(in))
	}
	var columns []*graph.Node
	for a, circular := range p.circular {
		x, l := points, p.grid.Extent[a]
		if len(p.circular) > 1 {
			x = g.Select(points, a, a+1)
		}
		if circular {
			k := 2 * math.Pi / l
			x = g.Dense(kernel.Sin, x, g.Const("wave", []int{1, 2}, []float64{k, k}), g.Const("phase", []int{2}, []float64{math.Pi / 2, 0}))
		} else {
			x = g.Affine(x, []float64{2 / l}, []float64{-1})
		}
		columns = append(columns, x)
	}
	return g.Join(columns...)
}

// gridOf are the numbers of points along the axes of an input's state.
func gridOf(in Input) []int {
	shape := in.State.Shape()
	return shape[1 : len(shape)-1]
}

// ofGrid are the points [P, dims] of a grid of the box that has a number of
// points along each axis.
func (p places) ofGrid(g *graph.Graph, points []int) *graph.Node {
	grid := physics.Grid{Points: points, Extent: p.grid.Extent, Boundary: p.grid.Boundary}
	values := make([]float64, 0, grid.Size()*grid.Dims())
	for i := range grid.Size() {
		for a, j := range grid.Index(i) {
			values = append(values, grid.X(a, j))
		}
	}
	return g.Const("points", []int{grid.Size(), grid.Dims()}, values)
}

// shaped is y [B, P, C] as [B, N…, C] where the points are those of the grid.
func shaped(g *graph.Graph, in Input, y *graph.Node) *graph.Node {
	if in.Points != nil || len(gridOf(in)) == 1 {
		return y
	}
	shape := append([]int{y.Shape()[0]}, gridOf(in)...)
	return g.Reshape(y, append(shape, graph.Channels(y))...)
}

package physics

import (
	"fmt"

	"eddy/configs"
	"eddy/models/graph"
)

// initFlux refuses what the flux form cannot say on a grid with ends.
func (l *Conservation) initFlux() error {
	p := l.problem
	_, ok := p.Equation.Value.(ConservationLaw)
	switch {
	case !ok:
		return fmt.Errorf("%s has no flux, and the grid has ends through which something may flow", p.Equation.Kind)
	case p.Grid.Boundary == HalfOpen:
		return fmt.Errorf("a half-open grid has no points at one of the ends of an axis; want walls or cells")
	case len(l.Invariants) > 0:
		return configs.At("invariants", "%q, but on a grid with ends all channels count", l.Invariants)
	case len(p.Parameters) > 0:
		return fmt.Errorf("the flux may depend on the drawn numbers of the equation")
	}
	if err := p.CheckEnds(); err != nil {
		return err
	}
	for axis := range p.Grid.Dims() {
		if _, err := newImages(p, axis); err != nil {
			return err
		}
	}
	return nil
}

// outflow is what leaves the box through all ends in a unit of time, per volume
// of the box: [S, 1] for each channel of the states u.
func outflow(g *graph.Graph, form *lattice, law ConservationLaw, u []Field) []*graph.Node {
	grid := form.grid
	dims := grid.Dims()
	all := make([][]*graph.Node, len(u))
	diffusivity := law.Diffusivity(dims)
	for axis := range dims {
		for c, f := range law.Flux(dims, u, axis) {
			if diffusivity != nil && diffusivity[c] != 0 {
				f = f.Add(u[c].D(axis, 1).Scale(-diffusivity[c]))
			}
			beyond := 0
			if grid.Boundary == Cells {
				beyond = 1
			}
			all[c] = append(all[c], pointSum(g, f.(*values).at(halo{}.and(axis, beyond)), ends(grid, axis)))
		}
	}
	sums := make([]*graph.Node, len(u))
	for c := range sums {
		sums[c] = g.Sum(all[c]...)
	}
	return sums
}

// ends are the weights by which points on an axis' ends, or of the cells on both
// sides of them, make the difference of a flux between the ends, over the length
// of the axis.
func ends(g Grid, axis int) []float64 {
	across, wide := Grid{Boundary: g.Boundary}, Grid{Points: append([]int{}, g.Points...)}
	for a, n := range g.Points {
		if a != axis {
			across.Points = append(across.Points, n)
		}
	}
	faces := []float64{1}
	if len(across.Points) > 0 {
		faces = across.Quadrature()
	}
	n := g.Points[axis]
	share := map[int]float64{0: -1, n - 1: 1} // of walls
	if g.Boundary == Cells {
		wide.Points[axis] += 2
		share = map[int]float64{0: -0.5, 1: -0.5, n: 0.5, n + 1: 0.5}
	}
	w := make([]float64, wide.Size())
	for i := range w {
		face := 0
		for a, j := range wide.Index(i) {
			if a != axis {
				face = face*g.Points[a] + j
			}
		}
		w[i] = share[wide.Index(i)[axis]] * faces[face] / g.Extent[axis]
	}
	return w
}

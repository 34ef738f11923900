package physics

import "eddy/models/graph"

// square is the mean square of a residual r [S, N…, C] of a forecast. Points on
// an end where the state is imposed count by what is missing to that.
func (b *balance) square(g *graph.Graph, t Trajectory, r *graph.Node) *graph.Node {
	free, _ := b.split()
	if free == nil {
		return meanSquare(g, r)
	}
	return g.Sum(meanSquare(g, masked(g, r, free)), b.missing(g, t, b.urgency(t)))
}

// missing is the mean square of what a forecast lacks to the imposed states,
// times a factor.
func (b *balance) missing(g *graph.Graph, t Trajectory, factor float64) *graph.Node {
	_, bound := b.split()
	u := g.Reshape(t.Rest, withoutTime(t.Rest)...)
	for i := range bound {
		bound[i] *= factor
	}
	return meanSquare(g, masked(g, g.Combine([]float64{1, -1}, u, b.imposed(g, u)), bound))
}

// urgency turns an error of an imposed state into a residual.
func (b *balance) urgency(t Trajectory) float64 {
	if b.scheme != nil {
		return 1 / t.Dt
	}
	h := b.base.Grid.Spacing(0)
	return 1 / (h * h)
}

// split are factors [N…·C] that are 1 where states are free, and 1 where they
// are imposed, or nil where they never are.
func (b *balance) split() (free, bound []float64) {
	grid, channels := b.base.Grid, b.base.Channels()
	any := false
	free, bound = make([]float64, grid.Size()*channels), make([]float64, grid.Size()*channels)
	all := b.conditions()
	for i := range free {
		free[i] = 1
		for axis, j := range grid.Index(i / channels) {
			if len(all) > 0 && all[axis].imposed(i%channels, j) {
				free[i], bound[i], any = 0, 1, true
			}
		}
	}
	if !any {
		return nil, nil
	}
	return free, bound
}

// conditions are the images beyond the ends of each axis, none on a periodic
// grid.
func (b *balance) conditions() []images {
	var all []images
	if b.base.Grid.Boundary != Periodic {
		p := withEnds(b.base)
		for axis := range p.Grid.Dims() {
			m, err := newImages(p, axis)
			if err != nil {
				panic(Unsupported{Operation: err.Error(), Form: "values on a grid"})
			}
			all = append(all, m)
		}
	}
	return all
}

// imposed is u [S, N…, C] with what the conditions impose on it.
func (b *balance) imposed(g *graph.Graph, u *graph.Node) *graph.Node {
	l := &lattice{g: g, grid: b.base.Grid, images: b.conditions()}
	return l.values(l.fields(u))
}

// masked multiplies x [S, N…, C] by the same factors in each sample.
func masked(g *graph.Graph, x *graph.Node, factors []float64) *graph.Node {
	all := make([]float64, 0, x.Shape().TotalSize())
	for range x.Shape()[0] {
		all = append(all, factors...)
	}
	return g.Mul(x, g.Const("mask", x.Shape(), all))
}

// meanSquare is the scalar mean of x².
func meanSquare(g *graph.Graph, x *graph.Node) *graph.Node {
	return g.MeanSquare(x, g.Const("zero", x.Shape(), make([]float64, x.Shape().TotalSize())))
}

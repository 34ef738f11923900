package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() { configs.Register("rel_h1", func() Loss { return &RelativeH1{Weighted{1}} }) }

// RelativeH1 is the relative error in the Sobolev norm H¹, the mean over the
// samples of
//
//	√( ‖e‖² + Σ_a ‖∂_a e‖² ) / √( ‖u‖² + Σ_a ‖∂_a u‖² ),
//
// with e = pred − target, u = target and second-order finite differences,
// one-sided at walls. It asks for the right slopes too, and steadies training
// on few data.
//
// Ref: Li et al., Markov Neural Operators (2022), arXiv:2106.06898, §3.
type RelativeH1 struct{ Weighted }

// Node implements [Comparison].
func (l *RelativeH1) Node(g *graph.Graph, grid Grid, pred, target *graph.Node) *graph.Node {
	return g.RelativeL2(withSlopes(g, grid, pred), withSlopes(g, grid, target))
}

// Gridded implements [Gridded].
func (*RelativeH1) Gridded() {}

// withSlopes puts the derivatives along all axes beside the channels of u.
func withSlopes(g *graph.Graph, grid Grid, u *graph.Node) *graph.Node {
	parts := []*graph.Node{u}
	for a := range grid.Dims() {
		n := grid.Points[a]
		parts = append(parts, g.Stencil(u, a, n, slopes(n, 2, grid.Spacing(a), grid.Boundary == Periodic)))
	}
	return g.Join(parts...)
}

package physics

import "eddy/models/graph"

// nodes is a form of fields whose numbers are arrays of a graph on a whole grid,
// [S, N…, 1] with any number of samples: the form in which losses read an
// equation.
type nodes interface {
	// fields are the channels of states u [S, N…, C].
	fields(u *graph.Node) []Field

	// values puts fields side by side, [S, N…, C].
	values(fs []Field) *graph.Node

	// along applies taps to frames that follow each other in the samples
	// [B·T], of which there are n then, [B·n].
	along(fs []Field, frames, n int, taps []graph.Tap) []Field
}

// newNodes returns the form for states of a problem: Fourier series on a
// periodic box, values with finite differences of an order of accuracy on
// others.
func newNodes(g *graph.Graph, p Problem, accuracy int) nodes {
	if p.Grid.Boundary == Periodic {
		return &spectralForm{g, p.Grid}
	}
	return newLattice(g, p, accuracy)
}

// inTime applies taps to the frames of x [B·T, …].
func inTime(g *graph.Graph, x *graph.Node, frames, n int, taps []graph.Tap) *graph.Node {
	shape := append([]int{}, x.Shape()...)
	apart := append([]int{shape[0] / frames, frames}, shape[1:]...)
	shape[0] = shape[0] / frames * n
	return g.Reshape(g.Stencil(g.Reshape(x, apart...), 0, n, taps), shape...)
}

// sideBySide joins arrays [S, N…, 1].
func sideBySide(g *graph.Graph, xs []*graph.Node) *graph.Node {
	if len(xs) == 1 {
		return xs[0]
	}
	return g.Join(xs...)
}

// channel takes a channel of u [S, N…, C].
func channel(g *graph.Graph, u *graph.Node, c int) *graph.Node {
	if graph.Channels(u) == 1 {
		return u
	}
	return g.Select(u, c, c+1)
}

// repeated is a fixed array [S, N…, 1] that is the same for all samples.
func repeated(g *graph.Graph, name string, samples int, points []int, values []float64) *graph.Node {
	all := make([]float64, 0, samples*len(values))
	for range samples {
		all = append(all, values...)
	}
	return g.Const(name, append(append([]int{samples}, points...), 1), all)
}

// power is u^p for a natural p by products, and whether p is natural.
func power(u Field, p float64) (Field, bool) {
	switch n := int(p); {
	case float64(n) != p || n < 0:
		return nil, false
	case n == 0:
		return u.Cosine([3]int{}, 0), true
	default:
		product := u
		for range n - 1 {
			product = product.Mul(u)
		}
		return product, true
	}
}

package physics

import (
	"fmt"
	"math"

	"eddy/models/graph"
)

// lattice makes fields of values on a grid with ends: all derivatives are
// central differences, for which states are continued beyond the ends.
type lattice struct {
	g        *graph.Graph
	grid     Grid
	accuracy int
	images   []images // per axis
}

// newLattice panics with [Unsupported] where a condition cannot be met.
func newLattice(g *graph.Graph, p Problem, accuracy int) *lattice {
	l := &lattice{g: g, grid: p.Grid, accuracy: accuracy}
	for axis := range p.Grid.Dims() {
		m, err := newImages(p, axis)
		if err != nil {
			panic(Unsupported{Operation: err.Error(), Form: "values on a grid"})
		}
		l.images = append(l.images, m)
	}
	return l
}

// halo is a number of points beyond each end of each axis.
type halo [3]int

func (h halo) and(axis, n int) halo {
	h[axis] += n
	return h
}

// values is a [Field] that makes its values with as many points beyond the
// ends as they are asked for.
type values struct {
	of      *lattice
	samples int
	make    func(h halo) *graph.Node // [S, N + 2h…, 1]
	known   map[halo]*graph.Node
}

func (l *lattice) field(samples int, f func(h halo) *graph.Node) *values {
	return &values{l, samples, f, map[halo]*graph.Node{}}
}

func (v *values) at(h halo) *graph.Node {
	n := v.known[h]
	if n == nil {
		n = v.make(h)
		v.known[h] = n
	}
	return n
}

func (l *lattice) fields(u *graph.Node) []Field {
	fs := make([]Field, graph.Channels(u))
	for c := range fs {
		base := channel(l.g, u, c)
		fs[c] = l.field(u.Shape()[0], func(h halo) *graph.Node { return l.continued(base, c, h) })
	}
	return fs
}

// continued adds a halo to a channel of a state, axis after axis.
func (l *lattice) continued(x *graph.Node, channel int, h halo) *graph.Node {
	for axis, m := range l.images {
		taps, shift := m.beyond(channel, h[axis])
		x = l.g.Stencil(x, axis, len(shift), taps)
		for _, s := range shift {
			if s != 0 {
				x = l.g.Sum(x, l.spread(x.Shape(), axis, shift))
				break
			}
		}
	}
	return x
}

// spread is a fixed array of a shape that changes along one axis alone.
func (l *lattice) spread(shape []int, axis int, along []float64) *graph.Node {
	inner := 1
	for _, n := range shape[axis+2:] {
		inner *= n
	}
	total := inner * len(along)
	for _, n := range shape[:axis+1] {
		total *= n
	}
	all := make([]float64, total)
	for i := range all {
		all[i] = along[i/inner%len(along)]
	}
	return l.g.Const("beyond", shape, all)
}

func (l *lattice) values(fs []Field) *graph.Node {
	all := make([]*graph.Node, len(fs))
	for c, f := range fs {
		all[c] = f.(*values).at(halo{})
	}
	return sideBySide(l.g, all)
}

func (l *lattice) along(fs []Field, frames, n int, taps []graph.Tap) []Field {
	moved := make([]Field, len(fs))
	for c, f := range fs {
		v := f.(*values)
		moved[c] = l.field(v.samples/frames*n, func(h halo) *graph.Node { return inTime(l.g, v.at(h), frames, n, taps) })
	}
	return moved
}

// D implements [Field].
func (v *values) D(axis, order int) Field {
	l := v.of
	half := (order+1)/2 - 1 + l.accuracy/2
	points := make([]float64, 2*half+1)
	for j := range points {
		points[j] = float64(j - half)
	}
	weights := Fornberg(order, points)
	for j := range weights {
		weights[j] /= math.Pow(l.grid.Spacing(axis), float64(order))
	}
	return l.field(v.samples, func(h halo) *graph.Node {
		n := l.grid.Points[axis] + 2*h[axis]
		return l.g.Stencil(v.at(h.and(axis, half)), axis, n, steps(n, weights...))
	})
}

// Add implements [Field].
func (v *values) Add(w Field) Field {
	return v.of.field(v.samples, func(h halo) *graph.Node { return v.of.g.Sum(v.at(h), w.(*values).at(h)) })
}

// Mul implements [Field].
func (v *values) Mul(w Field) Field {
	return v.of.field(v.samples, func(h halo) *graph.Node { return v.of.g.Mul(v.at(h), w.(*values).at(h)) })
}

// Scale implements [Field].
func (v *values) Scale(a float64) Field {
	return v.of.field(v.samples, func(h halo) *graph.Node { return v.of.g.Combine([]float64{a}, v.at(h)) })
}

// Pow implements [Field].
func (v *values) Pow(p float64) Field {
	if f, natural := power(v, p); natural {
		return f
	}
	return v.of.field(v.samples, func(h halo) *graph.Node { return v.of.g.Pow(v.at(h), p) })
}

// InverseLaplacian implements [Field]: it is for periodic boxes.
func (*values) InverseLaplacian() Field {
	panic(Unsupported{Operation: "inverse Laplacian", Form: "values on a grid with ends"})
}

// Cosine implements [Field].
func (v *values) Cosine(k [3]int, phase float64) Field {
	grid := v.of.grid
	return v.of.field(v.samples, func(h halo) *graph.Node {
		wide := Grid{Points: make([]int, grid.Dims())}
		for a, n := range grid.Points {
			wide.Points[a] = n + 2*h[a]
		}
		table := make([]float64, wide.Size())
		for i := range table {
			angle := phase
			for a, j := range wide.Index(i) {
				angle += 2 * math.Pi * float64(k[a]) * grid.X(a, j-h[a]) / grid.Extent[a]
			}
			table[i] = math.Cos(angle)
		}
		return repeated(v.of.g, fmt.Sprint("wave", k), v.samples, wide.Points, table)
	})
}

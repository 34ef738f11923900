package physics

import (
	"fmt"

	"eddy/configs"
	"eddy/models/graph"
)

// fluxes makes fields of an elliptic equation on a grid with ends: a derivative
// of values at the points is at the faces between them, and one of those at the
// points again, so that what leaves a volume enters the next. What is given has
// harmonic means at faces, which is exact where it jumps there; everything else
// has arithmetic ones.
//
// Ref: Patankar, Numerical Heat Transfer and Fluid Flow (1980), §4.2-3.
type fluxes struct {
	*lattice
	given *lattice // for what is given, which goes on beyond the ends as it is there
}

// newFluxes returns the form for an elliptic equation.
func newFluxes(g *graph.Graph, p Problem) interface {
	nodes
	inputs(a *graph.Node) []Field
} {
	if p.Grid.Boundary == Periodic {
		return periodicInputs{&spectralForm{g, p.Grid}}
	}
	open := p
	open.Ends = nil
	for range p.Grid.Dims() {
		end := configs.Of[Condition]{Kind: "outflow", Value: &Outflow{}}
		open.Ends = append(open.Ends, Ends{end, end})
	}
	given := &lattice{g: g, grid: p.Grid}
	for axis, ends := range open.Ends {
		given.images = append(given.images, images{channels: p.Inputs(), axis: axis, grid: p.Grid, ends: ends, normal: -1})
	}
	return &fluxes{lattice: newLattice(g, withEnds(p), 2), given: given}
}

type periodicInputs struct{ *spectralForm }

func (f periodicInputs) inputs(a *graph.Node) []Field { return f.fields(a) }

// withEnds gives an elliptic problem without conditions zero at all ends.
func withEnds(p Problem) Problem {
	if len(p.Ends) == 0 {
		for range p.Grid.Dims() {
			zero := configs.Of[Condition]{Kind: "dirichlet", Value: &Dirichlet{Value: []float64{0}}}
			p.Ends = append(p.Ends, Ends{zero, zero})
		}
	}
	return p
}

// staggered is a [Field] at the points, or at the faces along some axes.
type staggered struct {
	*values
	of       *fluxes
	faces    [3]bool
	harmonic bool // means at faces
}

func (f *fluxes) wrap(fs []Field, harmonic bool) []Field {
	all := make([]Field, len(fs))
	for c := range fs {
		all[c] = &staggered{values: fs[c].(*values), of: f, harmonic: harmonic}
	}
	return all
}

func (f *fluxes) fields(u *graph.Node) []Field { return f.wrap(f.lattice.fields(u), false) }
func (f *fluxes) inputs(a *graph.Node) []Field { return f.wrap(f.given.fields(a), true) }

func (f *fluxes) values(fs []Field) *graph.Node {
	all := make([]Field, len(fs))
	for c := range fs {
		s := fs[c].(*staggered)
		if s.faces != [3]bool{} {
			panic(Unsupported{Operation: "values at points of a field at faces", Form: "fluxes"})
		}
		all[c] = s.values
	}
	return f.lattice.values(all)
}

func (f *fluxes) along([]Field, int, int, []graph.Tap) []Field {
	panic(Unsupported{Operation: "time", Form: "fluxes"})
}

// made is a field at the same places as s.
func (s *staggered) made(f func(h halo) *graph.Node) *staggered {
	return &staggered{values: s.of.field(s.samples, f), of: s.of, faces: s.faces}
}

// pair makes values of two neighbours along an axis: face i is between the
// points i and i+1, counted with their halo, and the other way around. Faces
// have one more on each side than points have, so halos of faces count from the
// first face beyond the grid.
func (s *staggered) pair(axis int, low, high float64) *staggered {
	l := s.of.lattice
	half := s.made(func(h halo) *graph.Node {
		n := l.grid.Points[axis] + 2*h[axis]
		inner := h
		if s.faces[axis] {
			return l.g.Stencil(s.at(inner), axis, n, steps(n, low, high))
		}
		return l.g.Stencil(s.at(h.and(axis, 1)), axis, n+1, steps(n+1, low, high))
	})
	half.faces[axis] = !s.faces[axis]
	return half
}

// D implements [Field].
func (s *staggered) D(axis, order int) Field {
	d := s
	h := s.of.grid.Spacing(axis)
	for range order {
		d = d.pair(axis, -1/h, 1/h)
	}
	return d
}

// Add implements [Field].
func (s *staggered) Add(t Field) Field {
	a, b := together(s, t.(*staggered))
	return a.made(func(h halo) *graph.Node { return s.of.g.Sum(a.at(h), b.at(h)) })
}

// Mul implements [Field].
func (s *staggered) Mul(t Field) Field {
	a, b := together(s, t.(*staggered))
	return a.made(func(h halo) *graph.Node { return s.of.g.Mul(a.at(h), b.at(h)) })
}

// together takes means of two fields until both are at the same places.
func together(a, b *staggered) (*staggered, *staggered) {
	for axis := range a.faces {
		switch {
		case a.faces[axis] == b.faces[axis]:
		case b.faces[axis]:
			a = a.mean(axis)
		default:
			b = b.mean(axis)
		}
	}
	return a, b
}

// mean is the field at the faces along an axis.
func (s *staggered) mean(axis int) *staggered {
	if !s.harmonic {
		return s.pair(axis, 0.5, 0.5)
	}
	inverse := s.made(func(h halo) *graph.Node { return s.of.g.Pow(s.at(h), -1) }).pair(axis, 0.5, 0.5)
	mean := inverse.made(func(h halo) *graph.Node { return s.of.g.Pow(inverse.at(h), -1) })
	mean.harmonic = true
	return mean
}

// Scale implements [Field].
func (s *staggered) Scale(a float64) Field {
	return s.made(func(h halo) *graph.Node { return s.of.g.Combine([]float64{a}, s.at(h)) })
}

// Pow implements [Field].
func (s *staggered) Pow(p float64) Field {
	if f, natural := power(s, p); natural {
		return f
	}
	return s.made(func(h halo) *graph.Node { return s.of.g.Pow(s.at(h), p) })
}

// Cosine implements [Field], at points.
func (s *staggered) Cosine(k [3]int, phase float64) Field {
	if s.faces != [3]bool{} {
		panic(Unsupported{Operation: fmt.Sprint("cosine ", k, " at faces"), Form: "fluxes"})
	}
	return &staggered{values: s.values.Cosine(k, phase).(*values), of: s.of}
}

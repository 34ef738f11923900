package physics

import (
	"fmt"
	"math"
	"slices"

	"eddy/models/graph"
)

// spectralForm makes fields of arrays on a periodic box by Fourier series.
type spectralForm struct {
	g    *graph.Graph
	grid Grid
}

// spectral is a [Field] that remembers how it is made: a sum of arrays, each with
// a symbol that multiplies its Fourier coefficients. So a residual takes a
// transform of each product in it, and one back.
type spectral struct {
	of      *spectralForm
	samples int
	parts   []part
	known   *graph.Node // its array, once that is made
}

// part is F⁻¹( symbol · F base ), where no symbol is a factor.
type part struct {
	base   *graph.Node // [S, N…, 1]
	factor float64
	symbol symbol
}

// symbol is a function of the modes, which are whole numbers.
type symbol func(k [3]int) complex128

// at evaluates the symbol with its factor.
func (p part) at(k [3]int) complex128 {
	if p.symbol == nil {
		return complex(p.factor, 0)
	}
	return complex(p.factor, 0) * p.symbol(k)
}

func (f *spectralForm) plain(base *graph.Node) *spectral {
	return &spectral{of: f, samples: base.Shape()[0], parts: []part{{base, 1, nil}}}
}

func (f *spectralForm) fields(u *graph.Node) []Field {
	fs := make([]Field, graph.Channels(u))
	for c := range fs {
		fs[c] = f.plain(channel(f.g, u, c))
	}
	return fs
}

// wave is 2πk/L along each axis.
func (f *spectralForm) wave(k [3]int) []float64 {
	w := make([]float64, f.grid.Dims())
	for a, l := range f.grid.Extent {
		w[a] = 2 * math.Pi * float64(k[a]) / l
	}
	return w
}

// Add implements [Field].
func (s *spectral) Add(h Field) Field {
	return &spectral{of: s.of, samples: s.samples, parts: append(slices.Clip(s.parts), h.(*spectral).parts...)}
}

// Scale implements [Field].
func (s *spectral) Scale(a float64) Field {
	scaled := &spectral{of: s.of, samples: s.samples}
	for _, p := range s.parts {
		if a != 0 {
			p.factor *= a
			scaled.parts = append(scaled.parts, p)
		}
	}
	return scaled
}

// times multiplies the coefficients by a symbol.
func (s *spectral) times(by symbol) *spectral {
	product := &spectral{of: s.of, samples: s.samples}
	for _, p := range s.parts {
		inner := p.symbol
		if p.symbol = by; inner != nil {
			p.symbol = func(k [3]int) complex128 { return by(k) * inner(k) }
		}
		product.parts = append(product.parts, p)
	}
	return product
}

// D implements [Field].
func (s *spectral) D(axis, order int) Field {
	d := Deriv(axis, order)
	return s.times(func(k [3]int) complex128 { return d.Symbol(s.of.wave(k)...) })
}

// InverseLaplacian implements [Field].
func (s *spectral) InverseLaplacian() Field {
	lap := Laplacian(s.of.grid.Dims())
	return s.times(func(k [3]int) complex128 {
		if k == [3]int{} {
			return 0
		}
		return 1 / lap.Symbol(s.of.wave(k)...)
	})
}

// Mul implements [Field]. The product loses the waves that the two-thirds rule
// removes: where the factors have none of them, it has no aliases.
func (s *spectral) Mul(h Field) Field {
	a, b := s.of.both(s, h.(*spectral))
	return s.of.plain(s.of.g.Mul(a, b)).times(s.of.kept)
}

// both are the arrays of two fields, from one pass where both need transforms.
func (f *spectralForm) both(s, t *spectral) (a, b *graph.Node) {
	if s != t && s.known == nil && t.known == nil && s.transformed() && t.transformed() {
		n := f.values([]Field{s, t})
		s.known, t.known = channel(f.g, n, 0), channel(f.g, n, 1)
	}
	return s.node(), t.node()
}

// transformed tells whether a field has a part with a symbol.
func (s *spectral) transformed() bool {
	return slices.ContainsFunc(s.parts, func(p part) bool { return p.symbol != nil })
}

// kept is 1 for the waves that the two-thirds rule keeps, 0 for others: those
// below two thirds of half the points, as in the solvers.
func (f *spectralForm) kept(k [3]int) complex128 {
	for a, n := range f.grid.Points {
		if k[a] != 0 && 3*(max(k[a], -k[a])+1) > 2*(n/2) {
			return 0
		}
	}
	return 1
}

// Pow implements [Field]: for natural p as products, otherwise point by point.
func (s *spectral) Pow(p float64) Field {
	if f, natural := power(s, p); natural {
		return f
	}
	return s.of.plain(s.of.g.Pow(s.node(), p)).times(s.of.kept)
}

// Cosine implements [Field].
func (s *spectral) Cosine(k [3]int, phase float64) Field {
	grid := s.of.grid
	values := make([]float64, grid.Size())
	for i := range values {
		angle := phase
		for a, j := range grid.Index(i) {
			angle += 2 * math.Pi * float64(k[a]*j) / float64(grid.Points[a])
		}
		values[i] = math.Cos(angle)
	}
	return s.of.plain(repeated(s.of.g, fmt.Sprint("wave", k), s.samples, grid.Points, values))
}

// node is the array of a field.
func (s *spectral) node() *graph.Node {
	if s.known == nil {
		s.known = s.of.values([]Field{s})
	}
	return s.known
}

// values takes all fields from one pass of transforms, unless they need none.
func (f *spectralForm) values(fs []Field) *graph.Node {
	all := make([]*spectral, len(fs))
	var bases []*graph.Node
	plain := true
	for i, field := range fs {
		all[i] = field.(*spectral)
		plain = plain && len(all[i].parts) > 0
		for _, p := range all[i].parts {
			plain = plain && p.symbol == nil
			if !slices.Contains(bases, p.base) {
				bases = append(bases, p.base)
			}
		}
	}
	switch {
	case plain:
		return f.combined(all)
	case len(bases) == 0:
		return f.g.Const("zero", append(append([]int{all[0].samples}, f.grid.Points...), len(fs)), make([]float64, all[0].samples*f.grid.Size()*len(fs)))
	}
	m := graph.Symbol{Out: len(fs), In: len(bases), Fill: func(k [3]int, m []complex128) {
		for i, s := range all {
			for _, p := range s.parts {
				m[i*len(bases)+slices.Index(bases, p.base)] += p.at(k)
			}
		}
	}}
	return f.g.Multiplier(sideBySide(f.g, bases), m)
}

// combined adds up the arrays of fields without symbols.
func (f *spectralForm) combined(all []*spectral) *graph.Node {
	sums := make([]*graph.Node, len(all))
	for i, s := range all {
		var weights []float64
		var bases []*graph.Node
		for _, p := range s.parts {
			weights, bases = append(weights, p.factor), append(bases, p.base)
		}
		if sums[i] = bases[0]; len(bases) > 1 || weights[0] != 1 {
			sums[i] = f.g.Combine(weights, bases...)
		}
	}
	return sideBySide(f.g, sums)
}

func (f *spectralForm) along(fs []Field, frames, n int, taps []graph.Tap) []Field {
	known := map[*graph.Node]*graph.Node{}
	moved := make([]Field, len(fs))
	for i, field := range fs {
		s := field.(*spectral)
		m := &spectral{of: f, samples: s.samples / frames * n, parts: slices.Clone(s.parts)}
		for j, p := range m.parts {
			if known[p.base] == nil {
				known[p.base] = inTime(f.g, p.base, frames, n, taps)
			}
			m.parts[j].base = known[p.base]
		}
		moved[i] = m
	}
	return moved
}

package physics

import (
	"fmt"
	"math"
	"slices"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// Order is a derivative: how often it is taken along x, y, z and in time.
type Order [4]int

// Time is the place of the time in an [Order].
const Time = 3

func (o Order) plus(p Order) Order {
	for a := range o {
		o[a] += p[a]
	}
	return o
}

// Jets are fields at scattered points, known by their derivatives there: the
// form in which a network of the coordinates meets an equation.
type Jets struct {
	Graph  *graph.Graph
	Points *graph.Node // [P, dims], or with the time behind the axes of space
	Extent []float64   // of the box
	Stream func(channel int, o Order) *graph.Node
}

// Fields returns the channels of the network. Stream is called for each
// derivative that what is made of them needs, once; nil is zero.
func (j *Jets) Fields(channels int) []Field {
	fields := make([]Field, channels)
	for c := range fields {
		fields[c] = j.field(func(o Order) *graph.Node { return j.Stream(c, o) })
	}
	return fields
}

// jet is a [Field] that makes its derivatives when they are asked for; nil is
// zero.
type jet struct {
	of    *Jets
	make  func(o Order) *graph.Node
	known map[Order]*graph.Node
}

func (j *Jets) field(f func(o Order) *graph.Node) *jet {
	return &jet{of: j, make: f, known: map[Order]*graph.Node{}}
}

func (f *jet) at(o Order) *graph.Node {
	n, ok := f.known[o]
	if !ok {
		n = f.make(o)
		f.known[o] = n
	}
	return n
}

// Rate returns ∂f/∂t of a field that [Jets] made.
func Rate(f Field) Field { return f.(*jet).shift(Order{Time: 1}) }

// Values returns the values [P, 1] of a field that [Jets] made.
func Values(f Field) *graph.Node { return Derivative(f, Order{}) }

// Derivative returns a derivative [P, 1] of a field that [Jets] made.
func Derivative(f Field, o Order) *graph.Node {
	j := f.(*jet)
	if n := j.at(o); n != nil {
		return n
	}
	return j.of.constant(0)
}

func (j *Jets) constant(x float64) *graph.Node {
	values := make([]float64, graph.Rows(j.Points))
	for i := range values {
		values[i] = x
	}
	return j.Graph.Const("constant", []int{len(values), 1}, values)
}

func (f *jet) shift(by Order) *jet {
	return f.of.field(func(o Order) *graph.Node { return f.at(o.plus(by)) })
}

// D implements [Field].
func (f *jet) D(axis, order int) Field {
	var by Order
	by[axis] = order
	return f.shift(by)
}

// Add implements [Field].
func (f *jet) Add(h Field) Field {
	return f.of.field(func(o Order) *graph.Node {
		return f.of.sum([]float64{1, 1}, f.at(o), h.(*jet).at(o))
	})
}

// Scale implements [Field].
func (f *jet) Scale(a float64) Field {
	if a == 0 {
		return f.of.field(func(Order) *graph.Node { return nil })
	}
	return f.of.field(func(o Order) *graph.Node { return f.of.sum([]float64{a}, f.at(o)) })
}

// sum is a weighted sum of nodes, of which those that are nil are zero.
func (j *Jets) sum(weights []float64, xs ...*graph.Node) *graph.Node {
	var w []float64
	var present []*graph.Node
	for i, x := range xs {
		if x != nil {
			w, present = append(w, weights[i]), append(present, x)
		}
	}
	switch {
	case len(present) == 0:
		return nil
	case len(present) == 1 && w[0] == 1:
		return present[0]
	}
	return j.Graph.Combine(w, present...)
}

// Mul implements [Field], by Leibniz' rule
//
//	∂^α(f h) = Σ_{β≤α} (α over β) ∂^β f ∂^{α−β} h.
func (f *jet) Mul(h Field) Field {
	g := h.(*jet)
	return f.of.field(func(alpha Order) *graph.Node {
		var weights []float64
		var terms []*graph.Node
		for _, beta := range below(alpha) {
			rest, ways := Order{}, 1.0
			for a := range alpha {
				rest[a] = alpha[a] - beta[a]
				ways *= binomial(alpha[a], beta[a])
			}
			if x, y := f.at(beta), g.at(rest); x != nil && y != nil {
				weights, terms = append(weights, ways), append(terms, f.of.Graph.Mul(x, y))
			}
		}
		return f.of.sum(weights, terms...)
	})
}

// Below lists the orders β ≤ α for any α of some, each once.
func Below(some ...Order) []Order {
	var all []Order
	for _, alpha := range some {
		for _, beta := range below(alpha) {
			if !slices.Contains(all, beta) {
				all = append(all, beta)
			}
		}
	}
	return all
}

// below lists the orders β ≤ α.
func below(alpha Order) []Order {
	all := []Order{{}}
	for a, n := range alpha {
		for _, o := range all {
			for k := 1; k <= n; k++ {
				o[a] = k
				all = append(all, o)
			}
		}
	}
	return all
}

func binomial(n, k int) float64 {
	b := 1.0
	for i := range k {
		b = b * float64(n-i) / float64(i+1)
	}
	return b
}

// Pow implements [Field]; its derivatives are those of p f^{p−1} ∂f.
func (f *jet) Pow(p float64) Field {
	switch p {
	case 1:
		return f
	case 2:
		return f.Mul(f)
	}
	return f.of.field(func(o Order) *graph.Node {
		for a, n := range o {
			if n > 0 {
				var once Order
				once[a], o[a] = 1, n-1
				return f.Pow(p - 1).Mul(f.shift(once)).Scale(p).(*jet).at(o)
			}
		}
		return f.of.Graph.Pow(Values(f), p)
	})
}

// InverseLaplacian implements [Field]: it needs the field everywhere.
func (f *jet) InverseLaplacian() Field {
	panic(Unsupported{Operation: "inverse Laplacian", Form: "fields at scattered points"})
}

// Cosine implements [Field]. Each derivative along an axis turns the phase by
// π/2 and brings a factor 2πk/L.
func (f *jet) Cosine(k [3]int, phase float64) Field {
	j := f.of
	return j.field(func(o Order) *graph.Node {
		factor, turned := 1.0, phase
		wave := make([]float64, graph.Channels(j.Points))
		for a, l := range j.Extent {
			wave[a] = 2 * math.Pi * float64(k[a]) / l
			factor *= math.Pow(wave[a], float64(o[a]))
			turned += math.Pi / 2 * float64(o[a])
		}
		if factor == 0 || o[Time] > 0 {
			return nil
		}
		name := fmt.Sprint("wave", k)
		w := j.Graph.Const(name, []int{len(wave), 1}, wave)
		b := j.Graph.Const(name+"phase", []int{1}, []float64{turned + math.Pi/2}) // cos θ = sin(θ + π/2)
		return j.sum([]float64{factor}, j.Graph.Dense(kernel.Sin, j.Points, w, b))
	})
}

package graph

import (
	"math"
	"testing"

	"eddy/internal/kernel"
)

// burgers are the streams u, u_x, u_xx, u_t of a network of (x, t).
var burgers = Streams{{Along: []float64{1, 0}, Order: 2}, {Along: []float64{0, 1}, Order: 1}}

func init() {
	shapes := [][]int{{7, 2}, {2, 4}, {4}, {4, 3}, {3}, {3, 1}, {1}}
	opCases = append(opCases,
		opCase{"taylor tanh", shapes, func(g *Graph, x []*Node) *Node {
			return g.Taylor(burgers, x[0], layersOf([]kernel.Activation{kernel.Tanh, kernel.Tanh, kernel.Identity}, x)...)
		}},
		opCase{"taylor channels first", append([][]int{{vectorWidth + 3, 2}}, shapes[1:]...), func(g *Graph, x []*Node) *Node {
			return g.Taylor(burgers, x[0], layersOf([]kernel.Activation{kernel.Tanh, kernel.Identity, kernel.Tanh}, x)...)
		}},
		opCase{"taylor sin", shapes, func(g *Graph, x []*Node) *Node {
			return g.Taylor(burgers, x[0], layersOf([]kernel.Activation{kernel.Sin, kernel.Identity, kernel.Identity}, x)...)
		}},
		opCase{"taylor activated", [][]int{{5, 3}, {3, 2}, {2}}, func(g *Graph, x []*Node) *Node {
			s := Streams{{Along: []float64{1, 2, -1}, Order: 2}, {Along: []float64{0, 1, 0}, Order: 2}}
			return g.Taylor(s, x[0], Layer{kernel.GELU, x[1], x[2]})
		}},
		opCase{"taylor to the fourth", [][]int{{5, 2}, {2, 3}, {3}, {3, 2}, {2}}, func(g *Graph, x []*Node) *Node {
			s := Streams{{Along: []float64{1, 0.5}, Order: 4}, {Along: []float64{0, 1}, Order: 1}, {Along: []float64{1, -1}, Order: 3}}
			return g.Taylor(s, x[0], layersOf([]kernel.Activation{kernel.SiLU, kernel.Tanh}, x)...)
		}},
		opCase{"stream", [][]int{{3, 2, 2}}, func(g *Graph, x []*Node) *Node { return g.Stream(x[0], 1) }},
		opCase{"mul", [][]int{{2, 3}, {2, 3}}, func(g *Graph, x []*Node) *Node { return g.Mul(x[0], x[1]) }},
		opCase{"burgers residual", shapes, func(g *Graph, x []*Node) *Node {
			y := g.Taylor(burgers, x[0], layersOf([]kernel.Activation{kernel.Tanh, kernel.Tanh, kernel.Identity}, x)...)
			u, ux, uxx, ut := g.Stream(y, 0), g.Stream(y, 1), g.Stream(y, 2), g.Stream(y, 3)
			return g.Combine([]float64{1, 1, -0.01}, ut, g.Mul(u, ux), uxx)
		}})
}

// TestTaylor compares the streams of a network with finite differences of the
// network itself, on the blocks of more than one shard.
func TestTaylor(t *testing.T) {
	const rows, h = 3*shards + 1, 1e-4
	s := Streams{{Along: []float64{1, 0}, Order: 2}, {Along: []float64{0, 1}, Order: 1}, {Along: []float64{0.6, -0.8}, Order: 2}}
	acts := []kernel.Activation{kernel.Tanh, kernel.GELU, kernel.Identity}
	ps := randomParams(F64, [][]int{{rows, 2}, {2, 9}, {9}, {9, 5}, {5}, {5, 2}, {2}})
	x := ps.List[0].Value.F64
	eval := func(build func(g *Graph, x *Node, ls ...Layer) *Node) []float64 {
		p, err := Compile(machine(t, F64, 2), nil, nil, func(g *Graph, _ Nodes) *Node {
			var xs []*Node
			for _, q := range ps.List {
				xs = append(xs, g.Param(q))
			}
			return build(g, xs[0], layersOf(acts, xs)...)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Run(nil); err != nil {
			t.Fatal(err)
		}
		return p.Output().Values()
	}
	got := eval(func(g *Graph, x *Node, ls ...Layer) *Node { return g.Taylor(s, x, ls...) })
	at := func(v []float64, by float64) []float64 {
		for i := range x {
			x[i] += by * v[i%2]
		}
		u := eval((*Graph).MLP)
		for i := range x {
			x[i] -= by * v[i%2]
		}
		return u
	}
	u := at([]float64{0, 0}, 0)
	check := func(name string, i int, want func(j int) float64, tolerance float64) {
		for j, v := range sample(got, i, len(u)) {
			if math.Abs(v-want(j)) > tolerance {
				t.Errorf("%s, element %d: %g, want %g", name, j, v, want(j))
			}
		}
	}
	check("u", 0, func(j int) float64 { return u[j] }, 1e-14)
	i := 1
	for _, d := range s {
		low, high := at(d.Along, -h), at(d.Along, h)
		check("first", i, func(j int) float64 { return (high[j] - low[j]) / (2 * h) }, 1e-7) // h² = 1e-8
		if i++; d.Order > 1 {
			check("second", i, func(j int) float64 { return (high[j] - 2*u[j] + low[j]) / (h * h) }, 1e-6) // rounding 1e-16/h² = 1e-8
			i++
		}
	}
}

package graph

import (
	"errors"
	"math"
	"slices"
	"testing"

	"eddy/internal/kernel"
)

// rowLoss is the mean square of a network's error, of x and y.
func rowLoss(ps *Params) func(g *Graph, xs []*Node) *Node {
	return func(g *Graph, xs []*Node) *Node {
		var nodes []*Node
		for _, p := range ps.List {
			nodes = append(nodes, g.Param(p))
		}
		ls := layersOf([]kernel.Activation{kernel.Tanh, kernel.Identity}, append([]*Node{nil}, nodes...))
		return g.MeanSquare(g.MLP(xs[0], ls...), xs[1])
	}
}

func rowFeeds(rows int) Feeds {
	f := Feeds{"x": {Shape: []int{rows, 2}, Data: make([]float64, 2*rows)}, "y": {Shape: []int{rows, 3}, Data: make([]float64, 3*rows)}}
	for _, t := range f {
		for i := range t.Data {
			t.Data[i] = math.Sin(float64(7 * i))
		}
	}
	return f
}

// TestMeanRows compares the mean taken in parts, of one size or two, with the
// loss on all rows at once: its value, and gradients of a multiple of it.
func TestMeanRows(t *testing.T) {
	ps := randomParams(F64, [][]int{{2, 5}, {5}, {5, 3}, {3}})
	loss := rowLoss(ps)
	for _, rows := range []int{1, 5, shards, 3*shards + 7} {
		feeds := rowFeeds(rows)
		eval := func(wrt []*Param, build func(g *Graph, in Nodes) *Node) (all []float64) {
			p, err := Compile(machine(t, F64, 3), feeds, wrt, func(g *Graph, in Nodes) *Node { return g.Combine([]float64{3}, build(g, in)) })
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Run(feeds); err != nil {
				t.Fatal(err)
			}
			all = append(all, p.Scalar())
			for _, g := range p.Grads {
				all = append(all, g.Values()...)
			}
			return all
		}
		for _, wrt := range [][]*Param{nil, ps.List, ps.List[1:2]} {
			want := eval(wrt, func(g *Graph, in Nodes) *Node { return loss(g, []*Node{in["x"], in["y"]}) })
			got := eval(wrt, func(g *Graph, in Nodes) *Node { return g.MeanRows(loss, in["x"], in["y"]) })
			if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-13 }) {
				t.Errorf("%d rows, %d parameters: the loss and its gradients are %v, want %v", rows, len(wrt), got, want)
			}
		}
	}
}

func TestMeanRowsRefuses(t *testing.T) {
	ps := randomParams(F64, [][]int{{2, 5}, {5}, {5, 3}, {3}, {4, 2}})
	rows := ps.List[4]
	ps.List = ps.List[:4]
	loss := rowLoss(ps)
	for name, build := range map[string]func(g *Graph, in Nodes) *Node{
		"no rows":      func(g *Graph, in Nodes) *Node { return g.MeanRows(loss) },
		"unequal rows": func(g *Graph, in Nodes) *Node { return g.MeanRows(loss, in["x"], in["z"]) },
		"no scalar": func(g *Graph, in Nodes) *Node {
			return g.MeanRows(func(g *Graph, xs []*Node) *Node { return xs[0] }, in["x"])
		},
		"a foreign node": func(g *Graph, in Nodes) *Node {
			return g.MeanRows(func(g *Graph, xs []*Node) *Node { return g.MeanSquare(xs[0], in["x"]) }, in["x"])
		},
		"trained rows": func(g *Graph, in Nodes) *Node { return g.MeanRows(loss, g.Param(rows), in["y"]) },
		"a report": func(g *Graph, in Nodes) *Node {
			return g.MeanRows(func(g *Graph, xs []*Node) *Node {
				l := loss(g, xs)
				g.Report("loss", l)
				return l
			}, in["x"], in["y"])
		},
	} {
		feeds := rowFeeds(4)
		feeds["z"] = Tensor{Shape: []int{3, 3}, Data: make([]float64, 9)}
		_, err := Compile(machine(t, F64, 1), feeds, append(slices.Clone(ps.List), rows), build)
		var e *OpError
		if !errors.As(err, &e) {
			t.Errorf("%s: the error is %v, want an OpError", name, err)
		}
	}
}

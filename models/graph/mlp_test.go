package graph

import (
	"slices"
	"testing"

	"eddy/internal/kernel"
)

// layersOf makes layers of x[1], x[2], …: weights and biases in turn.
func layersOf(acts []kernel.Activation, x []*Node) []Layer {
	var ls []Layer
	for i, act := range acts {
		ls = append(ls, Layer{act, x[1+2*i], x[2+2*i]})
	}
	return ls
}

func init() {
	shapes := [][]int{{3, 5, 2}, {2, 4}, {4}, {4, 3}, {3}, {3, 2}, {2}}
	opCases = append(opCases,
		opCase{"mlp tanh", shapes, func(g *Graph, x []*Node) *Node {
			return g.MLP(x[0], layersOf([]kernel.Activation{kernel.Tanh, kernel.Tanh, kernel.Identity}, x)...)
		}},
		opCase{"mlp gelu", shapes, func(g *Graph, x []*Node) *Node {
			return g.MLP(x[0], layersOf([]kernel.Activation{kernel.GELU, kernel.Identity, kernel.SiLU}, x)...)
		}},
		opCase{"mlp many rows", [][]int{{1, 2}, {2}}, func(g *Graph, x []*Node) *Node {
			points := make([]float64, shards*(deepSize/2+5)) // two blocks in a shard
			for i := range points {
				points[i] = float64(i) / float64(len(points))
			}
			return g.MLP(g.Const("points", []int{len(points), 1}, points), Layer{kernel.Sin, x[0], x[1]})
		}})
}

// TestMLPIsDense compares a perceptron with a chain of layers: outputs, also
// where nothing is kept for an adjoint, and gradients.
func TestMLPIsDense(t *testing.T) {
	const rows = shards*200 + 5
	ps := randomParams(F64, [][]int{{rows, 3}, {3, 20}, {20}, {20, 7}, {7}, {7, 9}, {9}})
	layers := func(x []*Node) []Layer {
		return layersOf([]kernel.Activation{kernel.ReLU, kernel.Identity, kernel.GELU}, x)
	}
	fused := opCase{build: func(g *Graph, x []*Node) *Node { return g.MLP(x[0], layers(x)...) }}
	chain := opCase{build: func(g *Graph, x []*Node) *Node {
		y := x[0]
		for _, l := range layers(x) {
			y = g.Dense(l.Act, y, l.W, l.B)
		}
		return y
	}}
	sameOp(t, ps, fused, chain)
}

// TestPerceptronIsDense does the same for a network whose hidden values are
// too many to be kept.
func TestPerceptronIsDense(t *testing.T) {
	const rows, hidden = 2200, 256
	if 2*rows*hidden*8 <= keptBytes {
		t.Fatal("the hidden values are kept")
	}
	ps := randomParams(F64, [][]int{{rows, 3}, {3, hidden}, {hidden}, {hidden, 2}, {2}})
	fused := opCase{build: func(g *Graph, x []*Node) *Node { return g.Perceptron(kernel.GELU, x[0], x[1], x[2], x[3], x[4]) }}
	chain := opCase{build: func(g *Graph, x []*Node) *Node {
		return g.Dense(kernel.Identity, g.Dense(kernel.GELU, x[0], x[1], x[2]), x[3], x[4])
	}}
	sameOp(t, ps, fused, chain)
}

// sameOp checks that two ways to compute one thing agree in their outputs,
// also where nothing is kept for an adjoint, and in their gradients.
func sameOp(t *testing.T, ps *Params, a, b opCase) {
	t.Helper()
	for _, wrt := range [][]*Param{nil, ps.List} {
		var got [2][][]float64
		for i, c := range []opCase{a, b} {
			p, err := Compile(machine(t, F64, 2), nil, wrt, lossOf("mean", c, ps))
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Run(nil); err != nil {
				t.Fatal(err)
			}
			for _, g := range append([]Array{p.Output()}, p.Grads...) {
				got[i] = append(got[i], g.Values())
			}
		}
		for j := range got[0] {
			if !slices.EqualFunc(got[0][j], got[1][j], func(a, b float64) bool { return a-b < 1e-12 && b-a < 1e-12 }) {
				t.Errorf("%d parameters: array %d (0 is the output, gradients follow) differs", len(wrt), j)
			}
		}
	}
}

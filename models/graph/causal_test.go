package graph

import (
	"math"
	"slices"
	"testing"
)

// TestCausal weighs three parts of two points by hand.
func TestCausal(t *testing.T) {
	ps := randomParams(F64, [][]int{{6, 1}})
	ps.List[0].Value.Put([]float64{1, 3, 2, 0, 7, 7})
	p, err := Compile(machine(t, F64, 1), nil, ps.List, func(g *Graph, _ Nodes) *Node {
		e := g.Param(ps.List[0])
		weighted := g.Mul(e, g.Causal(e, 3, 0.1))
		return g.Mean(g.Mul(weighted, weighted))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	second, third := math.Exp(-0.1*5), math.Exp(-0.1*(5+2)) // means of squares are 5 and 2
	want := (1 + 9 + 4*second + 98*third) / 6
	if math.Abs(p.Scalar()-want) > 1e-14 {
		t.Errorf("%v, want %v", p.Scalar(), want)
	}
	// With weights that have no gradient, that of the mean of w e² is 2 w e / 6.
	grads := []float64{1, 3, 2 * second, 0, 7 * third, 7 * third}
	if got := p.Grads[0].Values(); !slices.EqualFunc(got, grads, func(a, b float64) bool { return math.Abs(a-b/3) < 1e-14 }) {
		t.Errorf("gradient %v, want a third of %v", got, grads)
	}
}

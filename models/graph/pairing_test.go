package graph

import (
	"math"
	"testing"
)

func init() {
	for _, c := range []struct {
		name                       string
		batch, points, heads, each int
	}{
		{"pairing", 3, 5, 1, 4},
		{"pairing of one sample", 1, 40, 1, 3},
		{"pairing by head", 14, 15, 3, 2},
	} {
		opCases = append(opCases, opCase{c.name, [][]int{{c.batch, c.heads * c.each}, {c.points, c.heads * c.each}},
			func(g *Graph, x []*Node) *Node { return g.Pairing(c.heads, x[0], x[1]) }})
	}
	opCases = append(opCases, opCase{"reshape", [][]int{{3, 4, 5}}, func(g *Graph, x []*Node) *Node { return g.Reshape(x[0], 2, 30) }})
}

// TestPairing sums by hand.
func TestPairing(t *testing.T) {
	const batch, points, heads, each = 2, 3, 2, 4
	ps := randomParams(F64, [][]int{{batch, heads * each}, {points, heads * each}})
	a, b := ps.List[0].Value.F64, ps.List[1].Value.F64
	p, err := Compile(machine(t, F64, 1), nil, nil, func(g *Graph, _ Nodes) *Node {
		return g.Pairing(heads, g.Param(ps.List[0]), g.Param(ps.List[1]))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	for i, got := range p.Output().Values() {
		s, x, h := i/(points*heads), i/heads%points, i%heads
		want := 0.0
		for k := range each {
			want += a[(s*heads+h)*each+k] * b[(x*heads+h)*each+k]
		}
		if math.Abs(got-want) > 1e-14 {
			t.Errorf("sample %d, point %d, head %d: %v, want %v", s, x, h, got, want)
		}
	}
}

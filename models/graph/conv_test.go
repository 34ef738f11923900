package graph

import (
	"fmt"
	"slices"
	"testing"

	"eddy/internal/kernel"
)

func init() {
	for _, c := range []struct {
		x, taps []int
		out     int
		k       Window
	}{
		{[]int{2, 7, 3}, []int{3}, 2, Window{Padding: Circular}},
		{[]int{2, 7, 2}, []int{3}, 3, Window{Stride: 2, Padding: Zeros}},
		{[]int{2, 4, 1}, []int{4}, panelWidth + 1, Window{Padding: Replicate}},
		{[]int{packBatch, 2, 1}, []int{2}, panelWidth + 1, Window{Padding: Circular}},
		{[]int{1, 2, 1}, []int{3}, 1, Window{Dilation: 2, Padding: Circular}},
		{[]int{2, 4, 5, 2}, []int{3, 3}, 2, Window{Padding: Circular}},
		{[]int{1, 5, 4, 2}, []int{1, 3}, 2, Window{Stride: 2, Dilation: 2, Padding: Replicate}},
		{[]int{2, 4, 4, 1}, []int{4, 4}, 2, Window{Stride: 2, Padding: Zeros}},
	} {
		dims := len(c.taps)
		w := slices.Concat(c.taps, []int{c.x[dims+1], c.out})
		name, shapes := fmt.Sprint(c.x, c.taps, c.k), [][]int{c.x, w, {c.out}}
		opCases = append(opCases,
			opCase{"conv " + name, shapes, func(g *Graph, x []*Node) *Node { return g.Conv(c.k, x[0], x[1], x[2]) }},
			opCase{"transposed " + name, shapes, func(g *Graph, x []*Node) *Node { return g.ConvTransposed(c.k, x[0], x[1], x[2]) }})
	}
	opCases = append(opCases,
		opCase{"groupnorm", [][]int{{2, 5, 4}, {4}, {4}}, func(g *Graph, x []*Node) *Node { return g.GroupNorm(2, x[0], x[1], x[2]) }},
		opCase{"activation", [][]int{{2, 5, 4}}, func(g *Graph, x []*Node) *Node { return g.Activation(kernel.GELU, x[0]) }})
}

// TestConvIsDefinition compares convolutions with their defining sums, also
// where rows of products are kept apart (512 channels).
func TestConvIsDefinition(t *testing.T) {
	for _, n := range []int{1, 6} {
		for _, ci := range []int{2, 512} {
			for b := Circular; b <= Replicate; b++ {
				testConv(t, n, ci, Window{Stride: 1, Dilation: 2, Padding: b})
				testConv(t, n, ci, Window{Stride: 2, Dilation: 1, Padding: b})
			}
		}
	}
}

func testConv(t *testing.T, n, ci int, k Window) {
	t.Helper()
	const taps, co = 3, 2
	ps := randomParams(F64, [][]int{{1, n, ci}, {taps, ci, co}, {co}})
	p, err := Compile(machine(t, F64, 2), nil, nil, func(g *Graph, _ Nodes) *Node {
		return g.Conv(k, g.Param(ps.List[0]), g.Param(ps.List[1]), g.Param(ps.List[2]))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	x, w, bias := ps.List[0].Value.F64, ps.List[1].Value.F64, ps.List[2].Value.F64
	for i := range (n + k.Stride - 1) / k.Stride {
		for o := range co {
			want := bias[o]
			for s := range taps {
				j := i*k.Stride + (s-1)*k.Dilation
				switch {
				case k.Padding == Circular:
					j = (j + taps*k.Dilation*n) % n
				case k.Padding == Replicate:
					j = max(0, min(n-1, j))
				}
				for c := range ci {
					if j >= 0 && j < n {
						want += x[j*ci+c] * w[(s*ci+c)*co+o]
					}
				}
			}
			if got := p.Output().F64[i*co+o]; got-want > 1e-12 || want-got > 1e-12 {
				t.Errorf("%d points, %d channels, %+v: y[%d,%d] = %g, want %g", n, ci, k, i, o, got, want)
			}
		}
	}
}

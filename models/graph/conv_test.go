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
		{[]int{2, 7, 3}, []int{3}, 2, Window{Padding: []Padding{Circular}}},
		{[]int{2, 7, 2}, []int{3}, 3, Window{Stride: 2, Padding: []Padding{Zeros}}},
		{[]int{2, 4, 1}, []int{4}, panelWidth + 1, Window{Padding: []Padding{Replicate}}},
		{[]int{packBatch, 2, 1}, []int{2}, panelWidth + 1, Window{Padding: []Padding{Circular}}},
		{[]int{1, 2, 1}, []int{3}, 1, Window{Dilation: 2, Padding: []Padding{Circular}}},
		{[]int{2, 4, 5, 2}, []int{3, 3}, 2, Window{Padding: []Padding{Circular}}},
		{[]int{1, 5, 4, 2}, []int{1, 3}, 2, Window{Stride: 2, Dilation: 2, Padding: []Padding{Replicate}}},
		{[]int{2, 4, 4, 1}, []int{4, 4}, 2, Window{Stride: 2, Padding: []Padding{Zeros}}},
		{[]int{2, 3, 4, 2}, []int{3, 3}, 2, Window{Padding: []Padding{Zeros, Circular}}},
		{[]int{1, 4, 5, 1}, []int{3, 3}, 1, Window{Stride: 2, Padding: []Padding{Circular, Replicate}}},
	} {
		dims := len(c.taps)
		w := slices.Concat(c.taps, []int{c.x[dims+1], c.out})
		name, shapes := fmt.Sprint(c.x, c.taps, c.k), [][]int{c.x, w, {c.out}}
		opCases = append(opCases,
			opCase{"conv " + name, shapes, func(g *Graph, x []*Node) *Node { return g.Conv(kernel.Identity, c.k, x[0], x[1], x[2]) }},
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
				testConv(t, directConv, n, ci, Window{Stride: 1, Dilation: 2, Padding: []Padding{b}})
				testConv(t, directConv, n, ci, Window{Stride: 2, Dilation: 1, Padding: []Padding{b}})
				testConv(t, tiledConv, n, ci, Window{Stride: 1, Dilation: 1, Padding: []Padding{b}})
			}
		}
	}
}

func testConv(t *testing.T, conv convolution, n, ci int, k Window) {
	t.Helper()
	const taps, co = 3, 2
	ps := randomParams(F64, [][]int{{1, n, ci}, {taps, ci, co}, {co}})
	p, err := Compile(machine(t, F64, 2), nil, nil, func(g *Graph, _ Nodes) *Node {
		return conv(g, k, g.Param(ps.List[0]), g.Param(ps.List[1]), g.Param(ps.List[2]))
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
				case k.Padding[0] == Circular:
					j = (j + taps*k.Dilation*n) % n
				case k.Padding[0] == Replicate:
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

// TestConvAxes gives the axes paddings of their own: a product of functions of
// either axis, under a product of taps, is the product of two convolutions.
func TestConvAxes(t *testing.T) {
	conv := func(k Window, shape, taps []int, x, w []float64) []float64 {
		p, err := Compile(machine(t, F64, 1), nil, nil, func(g *Graph, _ Nodes) *Node {
			c := func(shape []int, v []float64) *Node { return g.Const("c", shape, v) }
			return g.Conv(kernel.Identity, k, c(slices.Concat([]int{1}, shape, []int{1}), x), c(slices.Concat(taps, []int{1, 1}), w), c([]int{1}, []float64{0}))
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Run(nil); err != nil {
			t.Fatal(err)
		}
		return p.Output().Values()
	}
	outer := func(a, b []float64) (ab []float64) {
		for _, x := range a {
			for _, y := range b {
				ab = append(ab, x*y)
			}
		}
		return ab
	}
	f, g, v, w := []float64{1, -2, 3, 5}, []float64{2, 7, -1}, []float64{1, 2, -3}, []float64{4, -1, 2}
	for a := Circular; a <= Replicate; a++ {
		for b := Circular; b <= Replicate; b++ {
			got := conv(Window{Padding: []Padding{a, b}}, []int{4, 3}, []int{3, 3}, outer(f, g), outer(v, w))
			want := outer(conv(Window{Padding: []Padding{a}}, []int{4}, []int{3}, f, v), conv(Window{Padding: []Padding{b}}, []int{3}, []int{3}, g, w))
			for i := range want {
				if d := got[i] - want[i]; d > 1e-12 || d < -1e-12 {
					t.Errorf("paddings %v and %v: y[%d] = %g, want %g", a, b, i, got[i], want[i])
				}
			}
		}
	}
	_, err := Compile(machine(t, F64, 1), nil, nil, func(g *Graph, _ Nodes) *Node {
		return g.Conv(kernel.Identity, Window{Padding: []Padding{Zeros, Circular}}, g.Const("x", []int{1, 4, 1}, f), g.Const("w", []int{3, 1, 1}, v), g.Const("b", []int{1}, v[:1]))
	})
	if err == nil {
		t.Error("two paddings of one axis are accepted")
	}
}

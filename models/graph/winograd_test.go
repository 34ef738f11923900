package graph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/internal/kernel"
)

func init() {
	for _, c := range []struct {
		x   []int
		out int
		k   Window
	}{
		{[]int{2, 7, 3}, 2, Window{}},
		{[]int{3, 6, 2}, panelWidth + 1, Window{Padding: []Padding{Zeros}}},
		{[]int{2, 5, 2}, 3, Window{Padding: []Padding{Replicate}}},
		{[]int{2, 1, 2}, 2, Window{}},
		{[]int{2, 4, 5, 2}, 2, Window{Padding: []Padding{Zeros, Circular}}},
		{[]int{1, 3, 4, 2}, 3, Window{Padding: []Padding{Replicate, Circular}}},
	} {
		dims := len(c.x) - 2
		taps := []int{3, 3}[:dims]
		opCases = append(opCases, opCase{fmt.Sprint("winograd ", c.x, c.k), [][]int{c.x, slices.Concat(taps, []int{c.x[dims+1], c.out}), {c.out}},
			func(g *Graph, x []*Node) *Node { return tiledConv(g, c.k, x[0], x[1], x[2]) }})
	}
	for _, c := range []struct {
		x   []int
		out int
	}{{[]int{2, 5, 2}, 3}, {[]int{2, 3, 4, 2}, 2}, {[]int{2, 3, 1}, panelWidth + 1}} {
		k := make([]int, len(c.x)-2)
		for a := range k {
			k[a] = 3
		}
		shapes := [][]int{c.x, slices.Concat(k, []int{c.x[len(c.x)-1], c.out}), {c.out}}
		grid := newWindow(Window{}, c.x[1:len(c.x)-1], k)
		opCases = append(opCases,
			opCase{fmt.Sprint("conv gelu ", c.x), shapes, func(g *Graph, x []*Node) *Node {
				return pick(g, newConv[float32], newConv[float64])(g, kernel.GELU, grid, x[0], x[1], x[2])
			}},
			opCase{fmt.Sprint("winograd gelu ", c.x), shapes, func(g *Graph, x []*Node) *Node {
				return pick(g, newWinograd[float32], newWinograd[float64])(g, kernel.GELU, grid, x[0], x[1], x[2])
			}})
	}
}

// tiledConv is a convolution by tiles of any size.
func tiledConv(g *Graph, k Window, x, w, b *Node) *Node {
	dims := len(x.Shape()) - 2
	return pick(g, newWinograd[float32], newWinograd[float64])(g, kernel.Identity, newWindow(k, x.Shape()[1:dims+1], w.Shape()[:dims]), x, w, b)
}

// directConv is a convolution tap by tap.
func directConv(g *Graph, k Window, x, w, b *Node) *Node {
	dims := len(x.Shape()) - 2
	return pick(g, newConv[float32], newConv[float64])(g, kernel.Identity, newWindow(k, x.Shape()[1:dims+1], w.Shape()[:dims]), x, w, b)
}

type convolution func(g *Graph, k Window, x, w, b *Node) *Node

// convOf is a convolution's output, and the gradients of a loss.
func convOf(t testing.TB, p Precision, conv convolution, k Window, x []int, out int) [][]float64 {
	t.Helper()
	dims := len(x) - 2
	rng, ps := rand.New(rand.NewPCG(5, 6)), &Params{Precision: p}
	for i, shape := range [][]int{x, slices.Concat([]int{3, 3}[:dims], []int{x[dims+1], out}), {out}} {
		ps.New(fmt.Sprint(i), shape, func() float64 { return float64(float32(rng.NormFloat64())) })
	}
	apply := func(g *Graph) *Node { return conv(g, k, g.Param(ps.List[0]), g.Param(ps.List[1]), g.Param(ps.List[2])) }
	output, err := Compile(machine(t, p, 2), nil, nil, func(g *Graph, _ Nodes) *Node { return apply(g) })
	if err != nil {
		t.Fatal(err)
	}
	loss, err := Compile(machine(t, p, 2), nil, ps.List, func(g *Graph, _ Nodes) *Node {
		y := apply(g)
		target := make([]float64, y.Shape().TotalSize())
		for i := range target {
			target[i] = float64(i % 7)
		}
		return g.MeanSquare(y, g.Const("target", y.Shape(), target))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []*Program{output, loss} {
		if err := q.Run(nil); err != nil {
			t.Fatal(err)
		}
	}
	all := [][]float64{output.Output().Values()}
	for _, g := range loss.Grads {
		all = append(all, g.Values())
	}
	return all
}

// distance is ‖a − b‖ / ‖b‖.
func distance(a, b []float64) float64 {
	var num, den float64
	for i := range a {
		num += (a[i] - b[i]) * (a[i] - b[i])
		den += b[i] * b[i]
	}
	return math.Sqrt(num / den)
}

// TestWinogradIsDirect compares tiles with taps: with lines that are multiplied
// together and a rest of them, with samples that do not fit at once, and with
// weights that do not.
func TestWinogradIsDirect(t *testing.T) {
	for _, c := range []struct {
		x   []int
		out int
		k   Window
	}{
		{[]int{10, 32, 20}, 70, Window{}},
		{[]int{3, 33, 20}, 130, Window{Padding: []Padding{Zeros}}},
		{[]int{5, 64, 64, 24}, 16, Window{Padding: []Padding{Circular, Zeros}}},
		{[]int{3, 7, 8, 5}, 70, Window{Padding: []Padding{Replicate}}},
		{[]int{1, 2, 1024}, 9 * panelWidth, Window{}},
	} {
		want := convOf(t, F64, directConv, c.k, c.x, c.out)
		for i, got := range convOf(t, F64, tiledConv, c.k, c.x, c.out) {
			if d := distance(got, want[i]); !(d < 1e-13) {
				t.Errorf("%v, %+v: output %d is off by %.2g", c.x, c.k, i, d)
			}
		}
	}
}

// TestWinogradRounding holds the error of single precision to twice that of the
// direct sum.
func TestWinogradRounding(t *testing.T) {
	for _, x := range [][]int{{4, 64, 64}, {2, 16, 512}, {2, 16, 16, 64}} {
		want, direct, tiled := convOf(t, F64, directConv, Window{}, x, 64), convOf(t, F32, directConv, Window{}, x, 64), convOf(t, F32, tiledConv, Window{}, x, 64)
		for i := range want {
			if a, b := distance(tiled[i], want[i]), distance(direct[i], want[i]); a > 2*b {
				t.Errorf("%v: output %d is off by %.2g, directly by %.2g", x, i, a, b)
			}
		}
	}
}

// TestWinogradPays: convolutions are made by tiles where these can be used and
// pay.
func TestWinogradPays(t *testing.T) {
	wide := []int{16, 64, 64}
	for _, c := range []struct {
		x    []int
		taps int
		k    Window
		want string
	}{
		{wide, 3, Window{}, "winograd"},
		{wide, 3, Window{Padding: []Padding{Replicate}}, "winograd"},
		{wide, 5, Window{}, "conv"},
		{wide, 3, Window{Stride: 2}, "conv"},
		{wide, 3, Window{Dilation: 2}, "conv"},
		{[]int{1, 64, 64}, 3, Window{}, "conv"},
		{[]int{16, 64, 4}, 3, Window{}, "conv"},
	} {
		c64 := c.x[2]
		ps := randomParams(F32, [][]int{c.x, {c.taps, c64, c64}, {c64}})
		_, err := Compile(machine(t, F32, 1), nil, nil, func(g *Graph, _ Nodes) *Node {
			y := g.Conv(kernel.Identity, c.k, g.Param(ps.List[0]), g.Param(ps.List[1]), g.Param(ps.List[2]))
			if got := y.Op().String(); got != c.want {
				t.Errorf("%v, %d taps, %+v: %s, want %s", c.x, c.taps, c.k, got, c.want)
			}
			return y
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestConvAllocation: a run of a convolution with its adjoint allocates next to
// nothing, by tiles or taps.
func TestConvAllocation(t *testing.T) {
	for _, conv := range []convolution{directConv, tiledConv} {
		ps := randomParams(F32, [][]int{{4, 16, 32}, {3, 32, 32}, {32}})
		p, err := Compile(machine(t, F32, 1), nil, ps.List, func(g *Graph, _ Nodes) *Node {
			y := conv(g, Window{}, g.Param(ps.List[0]), g.Param(ps.List[1]), g.Param(ps.List[2]))
			return g.MeanSquare(y, g.Const("zero", y.Shape(), make([]float64, y.Shape().TotalSize())))
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(20, func() { _ = p.Run(nil) }); n > 40 {
			t.Errorf("%v allocations per run", n)
		}
	}
}

// BenchmarkConv is where winogradPays comes from.
func BenchmarkConv(b *testing.B) {
	for _, x := range [][]int{{20, 160, 26}, {16, 160, 24}, {16, 160, 32}, {16, 256, 64}, {16, 64, 256}, {1, 64, 256}, {4, 64, 256}, {2, 24, 24, 24}, {2, 24, 24, 32}, {4, 32, 32, 64}} {
		for name, conv := range map[string]convolution{"taps": directConv, "tiles": tiledConv} {
			b.Run(fmt.Sprint(x, name), func(b *testing.B) {
				dims := len(x) - 2
				c := x[dims+1]
				ps := randomParams(F32, [][]int{x, slices.Concat([]int{3, 3}[:dims], []int{c, c}), {c}})
				p, err := Compile(machine(b, F32, 1), nil, ps.List, func(g *Graph, _ Nodes) *Node {
					y := conv(g, Window{}, g.Param(ps.List[0]), g.Param(ps.List[1]), g.Param(ps.List[2]))
					return g.MeanSquare(y, g.Const("zero", y.Shape(), make([]float64, y.Shape().TotalSize())))
				})
				if err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					_ = p.Run(nil)
				}
			})
		}
	}
}

package graph

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"eddy/internal/kernel"

	G "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
)

// opCase is an operation of some arrays, for the tests that every operation
// has to pass.
type opCase struct {
	name   string
	shapes [][]int
	build  func(g *Graph, x []*Node) *Node
}

var opCases = []opCase{
	{"dense", [][]int{{3, 5, 4}, {4, 6}, {6}}, func(g *Graph, x []*Node) *Node { return g.Dense(kernel.Identity, x[0], x[1], x[2]) }},
	{"dense gelu", [][]int{{3, 40, 3}, {3, 2}, {2}}, func(g *Graph, x []*Node) *Node { return g.Dense(kernel.GELU, x[0], x[1], x[2]) }},
	{"dense tanh rows", [][]int{{7, 4}, {4, 3}, {3}}, func(g *Graph, x []*Node) *Node { return g.Dense(kernel.Tanh, x[0], x[1], x[2]) }},
	{"fourier 1d", [][]int{{3, 9, 2}, {3, 2, 2, 4}, {2, 4}, {4}}, func(g *Graph, x []*Node) *Node {
		return g.Fourier([]int{3}, x[0], FourierLayer{kernel.GELU, x[1], x[2], x[3]})
	}},
	{"fourier 1d all modes", [][]int{{2, 8, 2}, {5, 2, 2, 2}, {2, 2}, {2}}, func(g *Graph, x []*Node) *Node {
		return g.Fourier([]int{5}, x[0], FourierLayer{kernel.Identity, x[1], x[2], x[3]})
	}},
	{"fourier 2d", [][]int{{2, 6, 5, 2}, {8, 2, 2, 3}, {2, 3}, {3}}, func(g *Graph, x []*Node) *Node {
		return g.Fourier([]int{2, 2}, x[0], FourierLayer{kernel.GELU, x[1], x[2], x[3]})
	}},
	{"fourier 3d", [][]int{{2, 4, 3, 5, 1}, {12, 2, 1, 2}, {1, 2}, {2}}, func(g *Graph, x []*Node) *Node {
		return g.Fourier([]int{1, 1, 3}, x[0], FourierLayer{kernel.GELU, x[1], x[2], x[3]})
	}},
	{"fourier layers", [][]int{{3, 9, 2}, {3, 2, 2, 4}, {2, 4}, {4}, {3, 2, 4, 3}, {4, 3}, {3}, {3, 2, 3, 2}, {3, 2}, {2}}, func(g *Graph, x []*Node) *Node {
		return g.Fourier([]int{3}, x[0], FourierLayer{kernel.GELU, x[1], x[2], x[3]}, FourierLayer{kernel.Tanh, x[4], x[5], x[6]},
			FourierLayer{kernel.Identity, x[7], x[8], x[9]})
	}},
	{"perceptron", [][]int{{3, 40, 3}, {3, 5}, {5}, {5, 2}, {2}}, func(g *Graph, x []*Node) *Node {
		return g.Perceptron(kernel.GELU, x[0], x[1], x[2], x[3], x[4])
	}},
	{"affine", [][]int{{2, 3, 2}}, func(g *Graph, x []*Node) *Node { return g.Affine(x[0], []float64{2, -3}, []float64{0.5, 1}) }},
	{"pad", [][]int{{2, 3, 4, 2}}, func(g *Graph, x []*Node) *Node { return g.Pad(x[0], []int{1, 2}) }},
	{"crop", [][]int{{2, 3, 4, 2}}, func(g *Graph, x []*Node) *Node { return g.Crop(x[0], []int{1, 2}) }},
	{"join", [][]int{{2, 3, 1}, {2, 3, 2}}, func(g *Graph, x []*Node) *Node { return g.Join(x[0], x[1]) }},
	{"select", [][]int{{2, 3, 4}}, func(g *Graph, x []*Node) *Node { return g.Select(x[0], 1, 3) }},
	{"stack", [][]int{{2, 3, 1}, {2, 3, 1}, {2, 3, 1}}, func(g *Graph, x []*Node) *Node { return g.Stack(x[0], x[2], x[1], x[0]) }},
	{"stack of one", [][]int{{2, 3, 1}}, func(g *Graph, x []*Node) *Node { return g.Stack(x...) }},
	{"combine", [][]int{{2, 3}, {2, 3}}, func(g *Graph, x []*Node) *Node { return g.Combine([]float64{2, -1}, x[0], x[1]) }},
	{"used twice", [][]int{{2, 3, 3}, {3, 3}, {3}}, func(g *Graph, x []*Node) *Node {
		h := g.Dense(kernel.Tanh, x[0], x[1], x[2])
		return g.Sum(h, g.Dense(kernel.Sin, h, x[1], x[2]), x[0])
	}},
	{"stencil", [][]int{{2, 5, 4, 2}}, func(g *Graph, x []*Node) *Node {
		return g.Stencil(x[0], 1, 3, []Tap{{0, 0, 1}, {1, 1, 1}, {2, 2, -1}, {0, 3, 2}, {2, 3, 0.5}, {0, 3, 1}})
	}},
	{"stencil longer", [][]int{{2, 3}}, func(g *Graph, x []*Node) *Node {
		return g.Stencil(x[0], 0, 5, []Tap{{0, 2, 1}, {1, 0, 1}, {2, 1, 1}, {3, 2, 1}})
	}},
}

func machine(t testing.TB, p Precision, workers int) Machine {
	pool := kernel.NewPool(workers)
	t.Cleanup(pool.Close)
	return Machine{Precision: p, Pool: pool}
}

func randomParams(p Precision, shapes [][]int) *Params {
	rng := rand.New(rand.NewPCG(1, 2))
	ps := &Params{Precision: p}
	for i, s := range shapes {
		ps.New(fmt.Sprintf("x%d", i), s, Uniform(rng, 1))
	}
	return ps
}

// lossOf is a scalar of the operation's output that depends on each element
// in another way.
func lossOf(kind string, c opCase, ps *Params) func(*Graph, Nodes) *Node {
	return func(g *Graph, _ Nodes) *Node {
		var xs []*Node
		for _, p := range ps.List {
			xs = append(xs, g.Param(p))
		}
		y := c.build(g, xs)
		rng := rand.New(rand.NewPCG(3, 4))
		target := make([]float64, y.Shape().TotalSize())
		for i := range target {
			target[i] = 2 + rng.Float64()
		}
		ref := g.Const("target", y.Shape(), target)
		if kind == "relative" {
			return g.RelativeL2(y, ref)
		}
		return g.MeanSquare(y, ref)
	}
}

// TestGradients compares the adjoint of every operation with central
// differences in double precision, in the first and in the second run.
func TestGradients(t *testing.T) {
	for _, c := range opCases {
		for _, kind := range []string{"mean", "relative"} {
			t.Run(c.name+"/"+kind, func(t *testing.T) {
				ps := randomParams(F64, c.shapes)
				p, err := Compile(machine(t, F64, 2), nil, ps.List, lossOf(kind, c, ps))
				if err != nil {
					t.Fatal(err)
				}
				for range 2 {
					checkGradient(t, p, ps)
				}
			})
		}
	}
}

func checkGradient(t *testing.T, p *Program, ps *Params) {
	t.Helper()
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	var grads [][]float64
	for _, g := range p.Grads {
		grads = append(grads, g.Values())
	}
	const h = 1e-5 // error h² ≈ 1e-10, rounding 1e-16/h ≈ 1e-11
	for i, q := range ps.List {
		for j := range q.Value.F64 {
			x := q.Value.F64[j]
			var f [2]float64
			for k, v := range []float64{x - h, x + h} {
				q.Value.F64[j] = v
				if err := p.Run(nil); err != nil {
					t.Fatal(err)
				}
				f[k] = p.Scalar()
			}
			q.Value.F64[j] = x
			if fd := (f[1] - f[0]) / (2 * h); math.Abs(fd-grads[i][j]) > 1e-6*(1+math.Abs(fd)) {
				t.Fatalf("%s[%d]: adjoint %.10g, finite difference %.10g", q.Name, j, grads[i][j], fd)
			}
		}
	}
}

// TestTapeMachine runs every operation on gorgonia's own machine, whose
// results must be the executor's to the last bit.
func TestTapeMachine(t *testing.T) {
	for _, c := range opCases {
		t.Run(c.name, func(t *testing.T) {
			ps := randomParams(F64, c.shapes)
			p, err := Compile(machine(t, F64, 1), nil, ps.List, lossOf("mean", c, ps))
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Run(nil); err != nil {
				t.Fatal(err)
			}
			want := [][]float64{p.Output().Values()}
			for _, g := range p.Grads {
				want = append(want, g.Values())
				clear(g.F64)
			}
			vm := G.NewTapeMachine(p.g.expr)
			for range 2 {
				if err := vm.RunAll(); err != nil {
					t.Fatal(err)
				}
				vm.Reset()
			}
			got := [][]float64{p.Output().Values()}
			for _, g := range p.Grads {
				got = append(got, g.Values())
			}
			for i := range want {
				if !slices.Equal(got[i], want[i]) {
					t.Errorf("output %d: tape machine %v, executor %v", i, got[i], want[i])
				}
			}
		})
	}
}

// TestWorkers checks that the bits do not depend on the number of workers.
func TestWorkers(t *testing.T) {
	for _, precision := range []Precision{F32, F64} {
		for _, c := range opCases {
			var want [][]float64
			for _, workers := range []int{1, 2, 5} {
				ps := randomParams(precision, c.shapes)
				p, err := Compile(machine(t, precision, workers), nil, ps.List, lossOf("relative", c, ps))
				if err != nil {
					t.Fatal(err)
				}
				if err := p.Run(nil); err != nil {
					t.Fatal(err)
				}
				got := [][]float64{p.Output().Values()}
				for _, g := range p.Grads {
					got = append(got, g.Values())
				}
				if want == nil {
					want = got
				}
				for i := range want {
					if !slices.Equal(got[i], want[i]) {
						t.Errorf("%s: output %d with %d workers differs", c.name, i, workers)
					}
				}
			}
		}
	}
}

// TestPrecisions compares single with double precision.
func TestPrecisions(t *testing.T) {
	for _, c := range opCases {
		var values [2][][]float64
		for i, precision := range []Precision{F32, F64} {
			ps := randomParams(F32, c.shapes)
			wide := &Params{Precision: precision}
			for _, q := range ps.List {
				v := q.Value.Values()
				wide.New(q.Name, q.Shape, func() float64 { x := v[0]; v = v[1:]; return x })
			}
			p, err := Compile(machine(t, precision, 1), nil, wide.List, lossOf("mean", c, wide))
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Run(nil); err != nil {
				t.Fatal(err)
			}
			values[i] = append(values[i], p.Output().Values())
			for _, g := range p.Grads {
				values[i] = append(values[i], g.Values())
			}
		}
		for i, want := range values[1] {
			for j, w := range want {
				if d := math.Abs(values[0][i][j] - w); d > 2e-5*(1+math.Abs(w)) {
					t.Errorf("%s: output %d[%d]: %g in single precision, %g in double", c.name, i, j, values[0][i][j], w)
				}
			}
		}
	}
}

// TestTwoGradients guards against gorgonia's Grad, which returns the first
// gradient again for a second cost of one graph: here x²/6 and (3x)²/6.
func TestTwoGradients(t *testing.T) {
	ps := randomParams(F64, [][]int{{2, 3}})
	p, err := Compile(machine(t, F64, 1), nil, nil, func(g *Graph, _ Nodes) *Node {
		x := g.Param(ps.List[0])
		zero := g.Const("zero", []int{2, 3}, make([]float64, 6))
		first := g.Grad(g.MeanSquare(x, zero), x)[0]
		second := g.Grad(g.MeanSquare(g.Combine([]float64{3}, x), zero), x)[0]
		return g.Combine([]float64{1, 10}, first, second)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	for i, x := range ps.List[0].Value.F64 {
		if got, want := p.Output().F64[i], (1+10*9)*x/3; math.Abs(got-want) > 1e-14 {
			t.Errorf("element %d: %g, want %g", i, got, want)
		}
	}
}

// TestOpError checks that a wrong shape is an error of Compile that names the
// operation and the shapes.
func TestOpError(t *testing.T) {
	_, err := Compile(machine(t, F32, 1), Feeds{"x": {Shape: []int{2, 3}}}, nil, func(g *Graph, in Nodes) *Node {
		ps := randomParams(F32, [][]int{{4, 2}, {2}})
		return g.Dense(kernel.Identity, in["x"], g.Param(ps.List[0]), g.Param(ps.List[1]))
	})
	var e *OpError
	if !errors.As(err, &e) || e.Op != "Dense" || len(e.Shapes) != 3 {
		t.Fatalf("got %v", err)
	}
}

// TestPanicBecomesError runs a kernel that panics, on both machines.
func TestPanicBecomesError(t *testing.T) {
	p, err := Compile(machine(t, F64, 2), Feeds{"x": {Shape: []int{2, 3}}}, nil, func(g *Graph, in Nodes) *Node {
		return apply(g, &op[float64]{name: "broken", shape: []int{2, 3}, forward: func([][]float64, []float64) { panic("boom") }}, in["x"])
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(Feeds{"x": {Shape: []int{2, 3}, Data: make([]float64, 6)}}); err == nil || !strings.Contains(err.Error(), "broken: boom") {
		t.Errorf("executor: %v", err)
	}
	if err := G.NewTapeMachine(p.g.expr).RunAll(); err == nil || !strings.Contains(err.Error(), "broken: boom") {
		t.Errorf("tape machine: %v", err)
	}
}

// TestInputs checks that a run refuses feeds of another shape.
func TestInputs(t *testing.T) {
	p, err := Compile(machine(t, F32, 1), Feeds{"x": {Shape: []int{1, 2, 1}}}, nil, func(g *Graph, in Nodes) *Node {
		return g.Affine(in["x"], []float64{2}, []float64{1})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(Feeds{"x": {Shape: []int{1, 2, 1}, Data: []float64{1, 2}}}); err != nil || !slices.Equal(p.Output().Values(), []float64{3, 5}) {
		t.Errorf("got %v, %v", p.Output().Values(), err)
	}
	for _, f := range []Feeds{nil, {"x": {Shape: []int{2, 1}, Data: []float64{1, 2}}}, {"x": {Shape: []int{1, 2, 1}, Data: []float64{1}}}} {
		if err := p.Run(f); err == nil {
			t.Errorf("feeds %v accepted", f)
		}
	}
}

// The guards below show the traps of gorgonia that this package stays clear
// of. One that fails means that the trap is gone.

// TestGuardEqualNames: gorgonia makes inputs of equal name one node.
func TestGuardEqualNames(t *testing.T) {
	g := G.NewGraph()
	a := G.NewVector(g, tensor.Float64, G.WithShape(2), G.WithName("x"), G.WithValue(tensor.New(tensor.WithBacking([]float64{1, 1}))))
	b := G.NewVector(g, tensor.Float64, G.WithShape(2), G.WithName("x"), G.WithValue(tensor.New(tensor.WithBacking([]float64{5, 5}))))
	if a != b {
		t.Skip("gorgonia keeps inputs of equal name apart now")
	}
	eg := &Graph{Precision: F64, expr: G.NewGraph(), params: map[*Param]*Node{}, names: map[string]int{}}
	if eg.Const("x", []int{2}, []float64{1, 1}) == eg.Const("x", []int{2}, []float64{5, 5}) {
		t.Error("two constants of one name are one node")
	}
}

// TestGuardHashes: gorgonia's compiler merges nodes by a 32-bit hash alone;
// these two names collide for vectors of two float64.
func TestGuardHashes(t *testing.T) {
	g := &Graph{Precision: F64, expr: G.NewGraph(), params: map[*Param]*Node{}, names: map[string]int{}}
	for _, name := range []string{"w8423", "w914960"} {
		G.NewVector(g.expr, tensor.Float64, G.WithShape(2), G.WithName(name))
	}
	if g.checkHashes() == nil {
		t.Error("the collision was not noticed")
	}
}

// TestGuardEqualOps: two equal operations on one input stay two nodes, since
// each op's hash has an id of its own.
func TestGuardEqualOps(t *testing.T) {
	_, err := Compile(machine(t, F64, 1), Feeds{"x": {Shape: []int{1, 2, 1}}}, nil, func(g *Graph, in Nodes) *Node {
		a, b := g.Affine(in["x"], []float64{2}, []float64{0}), g.Affine(in["x"], []float64{3}, []float64{0})
		if a == b {
			t.Error("two operations are one node")
		}
		return g.Sum(a, b)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestGradientsDoNotAccumulate: each run writes its gradients anew.
func TestGradientsDoNotAccumulate(t *testing.T) {
	c := opCases[1]
	ps := randomParams(F32, c.shapes)
	p, err := Compile(machine(t, F32, 2), nil, ps.List, lossOf("mean", c, ps))
	if err != nil {
		t.Fatal(err)
	}
	var first []float64
	for range 3 {
		if err := p.Run(nil); err != nil {
			t.Fatal(err)
		}
		if g := p.Grads[1].Values(); first == nil {
			first = g
		} else if !slices.Equal(g, first) {
			t.Fatal("the gradient of a later run differs")
		}
	}
}

// TestNoAllocation: a run allocates next to nothing.
func TestNoAllocation(t *testing.T) {
	c := opCases[5]
	ps := randomParams(F32, c.shapes)
	p, err := Compile(machine(t, F32, 1), nil, ps.List, lossOf("mean", c, ps))
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(20, func() { _ = p.Run(nil) }); n > 40 {
		t.Errorf("%v allocations per run", n)
	}
}

package graph

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// oblique is a symbol without any symmetry but the one that fields stay real:
// it mixes channels, moves waves and smooths.
func oblique(out, in int) Symbol {
	return Symbol{out, in, func(k [3]int, m []complex128) {
		size := float64(k[0]*k[0] + k[1]*k[1] + k[2]*k[2])
		for i := range m {
			f := float64(i + 1)
			m[i] = complex(f/(1+size), 0) + complex(0, float64(k[0])-f*float64(k[1])+0.3*float64(k[2]))
		}
	}}
}

func init() {
	of := func(m Symbol) func(*Graph, []*Node) *Node {
		return func(g *Graph, x []*Node) *Node { return g.Multiplier(x[0], m) }
	}
	opCases = append(opCases,
		opCase{"multiplier 1d", [][]int{{3, 8, 2}}, of(oblique(1, 1))},
		opCase{"multiplier of one sample", [][]int{{1, 7, 1}}, of(oblique(1, 1))},
		opCase{"multiplier to more channels", [][]int{{5, 6, 1}}, of(oblique(3, 1))},
		opCase{"multiplier 2d", [][]int{{2, 4, 5, 3}}, of(oblique(2, 3))},
		opCase{"multiplier 3d", [][]int{{3, 2, 3, 4, 2}}, of(oblique(2, 2))},
		opCase{"multiplier apart", [][]int{{3, 4, 3, 2}}, func(g *Graph, x []*Node) *Node { return g.MultiplierApart(x[0], oblique(2, 2)) }},
		opCase{"multiplier of many samples", [][]int{{35, 3, 1}}, of(oblique(1, 1))},
	)
}

// runMultiplier applies a symbol to x.
func runMultiplier(t *testing.T, p Precision, shape []int, x []float64, m Symbol) []float64 {
	t.Helper()
	program, err := Compile(machine(t, p, 2), Feeds{"x": {Shape: shape, Data: x}}, nil,
		func(g *Graph, in Nodes) *Node { return g.Multiplier(in["x"], m) })
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Run(Feeds{"x": {Shape: shape, Data: x}}); err != nil {
		t.Fatal(err)
	}
	return program.Output().Values()
}

// TestMultiplierIsItsDefinition compares with sums over all points and modes.
func TestMultiplierIsItsDefinition(t *testing.T) {
	for _, c := range []struct {
		points      []int
		batch       int
		out, in, ch int
	}{{[]int{8}, 3, 1, 1, 2}, {[]int{7}, 1, 2, 1, 1}, {[]int{4, 6}, 2, 2, 3, 3}, {[]int{5, 4}, 18, 1, 1, 1}, {[]int{2, 3, 4}, 5, 3, 3, 3}} {
		rng := rand.New(rand.NewPCG(1, 2))
		total := 1
		for _, n := range c.points {
			total *= n
		}
		shape := append(append([]int{c.batch}, c.points...), c.ch)
		x := random[float64](rng, c.batch*total*c.ch)
		m := oblique(c.out, c.in)
		repeat := c.ch / c.in
		want := make([]float64, c.batch*total*c.out*repeat)
		matrix := make([]complex128, c.out*c.in)
		tab := &multiplied[float64]{out: c.out, in: c.in, points: c.points}
		for k := range total {
			tab.symbolAt(matrix, modeAt(c.points, k), m)
			for p := range total {
				for q := range total {
					w := cmplx.Exp(complex(0, phase(c.points, k, p)-phase(c.points, k, q))) / complex(float64(total), 0)
					for b := range c.batch {
						for o := range c.out * repeat {
							for i := range c.in {
								from := i*repeat + o%repeat
								want[(b*total+p)*c.out*repeat+o] += real(w * matrix[o/repeat*c.in+i] * complex(x[(b*total+q)*c.ch+from], 0))
							}
						}
					}
				}
			}
		}
		for p, tol := range map[Precision]float64{F64: 1e-13, F32: 2e-5} {
			if d := furthest(runMultiplier(t, p, shape, x, m), want); d > tol*float64(total) {
				t.Errorf("points %v, %s: differs by %g", c.points, p, d)
			}
		}
	}
}

// phase is 2π Σ_a k_a x_a/N_a of mode number k at point number p.
func phase(points []int, k, p int) float64 {
	mode, sum := modeAt(points, k), 0.0
	for a := len(points) - 1; a >= 0; a-- {
		sum += 2 * math.Pi * float64(mode[a]*(p%points[a])) / float64(points[a])
		p /= points[a]
	}
	return sum
}

// TestMultiplierApart: it is the same map, and a sample has the same bits in any
// company.
func TestMultiplierApart(t *testing.T) {
	shape, m := []int{3, 6, 5, 2}, oblique(2, 2)
	x := random[float64](rand.New(rand.NewPCG(1, 2)), 180)
	apart := func(shape []int, x []float64) []float64 {
		f := Feeds{"x": {Shape: shape, Data: x}}
		p, err := Compile(machine(t, F32, 2), f, nil, func(g *Graph, in Nodes) *Node { return g.MultiplierApart(in["x"], m) })
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Run(f); err != nil {
			t.Fatal(err)
		}
		return p.Output().Values()
	}
	all := apart(shape, x)
	if d := furthest(all, runMultiplier(t, F32, shape, x, m)); d > 1e-5 {
		t.Errorf("differs by %g", d)
	}
	for b := range 3 {
		if got := apart([]int{1, 6, 5, 2}, x[b*60:(b+1)*60]); !slices.Equal(got, all[b*60:(b+1)*60]) {
			t.Errorf("sample %d alone has other bits", b)
		}
	}
}

// TestMultiplierDifferentiates differentiates waves on an odd and on an even
// number of points, of which the fastest one on the even grid has the slope
// zero.
func TestMultiplierDifferentiates(t *testing.T) {
	const length = 3.0
	slope := Scalar(func(k [3]int) complex128 { return complex(0, 2*math.Pi*float64(k[0])/length) })
	for _, n := range []int{12, 15} {
		for k := range n/2 + 1 {
			x, want := make([]float64, n), make([]float64, n)
			for j := range x {
				sin, cos := math.Sincos(2 * math.Pi * float64(k*j%n) / float64(n))
				if x[j] = cos; 2*k != n {
					want[j] = -2 * math.Pi * float64(k) / length * sin
				}
			}
			if d := furthest(runMultiplier(t, F64, []int{1, n, 1}, x, slope), want); d > 1e-13 {
				t.Errorf("mode %d of %d points: differs by %g", k, n, d)
			}
		}
	}
}

func TestMultiplierRefuses(t *testing.T) {
	one := Scalar(func([3]int) complex128 { return 1 })
	for _, c := range []struct {
		shape []int
		m     Symbol
		want  string
	}{
		{[]int{2, 3}, one, "want one to three axes"},
		{[]int{2, 3, 4}, Symbol{2, 3, nil}, "a symbol of 3 channels to 2"},
		{[]int{2, 3, 4}, Symbol{2, 1, nil}, "a symbol of 1 channels to 2"},
		{[]int{2, 3, 4}, Scalar(func(k [3]int) complex128 { return complex(float64(k[0]), 0) }), "want conjugates"},
		{[]int{2, 3, 4}, Scalar(func(k [3]int) complex128 { return complex(1/float64(k[0]), 0) }), "want conjugates"},
	} {
		size := 1
		for _, n := range c.shape {
			size *= n
		}
		_, err := Compile(machine(t, F64, 1), Feeds{"x": {Shape: c.shape, Data: make([]float64, size)}}, nil,
			func(g *Graph, in Nodes) *Node { return g.Multiplier(in["x"], c.m) })
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %q", c.shape, err, c.want)
		}
	}
}

// BenchmarkMultiplier is the H¹ norm's map of a batch of images.
func BenchmarkMultiplier(b *testing.B) {
	shape := []int{16, 64, 64, 1}
	x := random[float64](rand.New(rand.NewPCG(1, 2)), 16*64*64)
	m := Scalar(func(k [3]int) complex128 { return complex(math.Sqrt(1+float64(k[0]*k[0]+k[1]*k[1])), 0) })
	p, err := Compile(machine(b, F32, 1), Feeds{"x": {Shape: shape, Data: x}}, nil,
		func(g *Graph, in Nodes) *Node { return g.Multiplier(in["x"], m) })
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := p.Run(Feeds{"x": {Shape: shape, Data: x}}); err != nil {
			b.Fatal(err)
		}
	}
}

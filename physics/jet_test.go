package physics

import (
	"fmt"
	"math"
	"testing"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// evaluate computes what build makes of jets at points [P, dims], and of their
// known derivatives.
func evaluate(t *testing.T, points [][]float64, known func(c int, o Order, x []float64) float64, build func(j *Jets) *graph.Node) []float64 {
	t.Helper()
	pool := kernel.NewPool(1)
	defer pool.Close()
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		var flat, extent []float64
		for _, x := range points {
			flat = append(flat, x...)
		}
		for range points[0] {
			extent = append(extent, 2*math.Pi)
		}
		place := g.Const("points", []int{len(points), len(points[0])}, flat)
		return build(&Jets{Graph: g, Points: place, Extent: extent, Stream: func(c int, o Order) *graph.Node {
			values := make([]float64, len(points))
			for i, x := range points {
				values[i] = known(c, o, x)
			}
			return g.Const(fmt.Sprint("stream", c, o), []int{len(points), 1}, values)
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(nil); err != nil {
		t.Fatal(err)
	}
	return p.Output().Values()
}

// TestJetsAreSeries compares the right-hand side of every equation on jets with
// that on exact series, in all numbers of dimensions.
func TestJetsAreSeries(t *testing.T) {
	seen := 0
	for kind, e := range evolutions(t) {
		for dims := 1; dims <= 3; dims++ {
			channels := e.Channels(dims)
			if channels == 0 {
				continue
			}
			u := make([]Field, channels)
			for c := range u {
				u[c] = wave(0.4, 0).Add(wave(0.3+0.1i, 1)).Add(wave(complex(0.1, 0.1*float64(c)), make([]int, dims)...))
				if dims > 1 {
					u[c] = u[c].Add(wave(0.2i, 1, 2))
				}
			}
			want, ok := seriesRate(e, dims, u)
			if !ok {
				continue
			}
			seen++
			points := [][]float64{{0.3, 1.1, 2}, {2.5, -0.7, 0.1}, {4, 3, 5}}
			for i := range points {
				points[i] = points[i][:dims]
			}
			known := func(c int, o Order, x []float64) float64 {
				f := u[c]
				for a := range dims {
					f = f.D(a, o[a])
				}
				return f.(series).at(x...)
			}
			for c := range want {
				got := evaluate(t, points, known, func(j *Jets) *graph.Node {
					fields := j.Fields(channels)
					still := make([]Field, channels)
					for i := range still {
						still[i] = fields[i].Scale(0)
					}
					return Values(Residual(e, dims, fields, still)[c].Scale(-1))
				})
				for i, x := range points {
					if w := want[c].(series).at(x...); math.Abs(got[i]-w) > 1e-11*(1+math.Abs(w)) {
						t.Errorf("%s in %d dimensions, channel %d: %v at %v, want %v", kind, dims, c, got[i], x, w)
					}
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d equations were compared", seen)
	}
}

// seriesRate returns u_t, or not where series or jets lack an operation.
func seriesRate(e Evolution, dims int, u []Field) (ut []Field, ok bool) {
	defer func() {
		if _, lacks := recover().(Unsupported); lacks {
			ok = false
		}
	}()
	if _, global := e.(*NavierStokes); global {
		return nil, false
	}
	return rate(e, dims, u), true
}

// TestJetPower compares derivatives of (2 + sin x)^p with those by hand.
func TestJetPower(t *testing.T) {
	const p = -0.7
	points := [][]float64{{0.2}, {1.7}, {4.4}}
	sine := func(_ int, o Order, x []float64) float64 {
		if o == (Order{}) {
			return 2 + math.Sin(x[0])
		}
		return math.Sin(x[0] + float64(o[0])*math.Pi/2)
	}
	got := evaluate(t, points, sine, func(j *Jets) *graph.Node { return Values(j.Fields(1)[0].Pow(p).D(0, 2)) })
	for i, x := range points {
		f, d, dd := 2+math.Sin(x[0]), math.Cos(x[0]), -math.Sin(x[0])
		want := p*(p-1)*math.Pow(f, p-2)*d*d + p*math.Pow(f, p-1)*dd
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("second derivative %v at %v, want %v", got[i], x, want)
		}
	}
}

// TestJetRate checks the time derivative of u = x exp(−2t) and of a product.
func TestJetRate(t *testing.T) {
	points := [][]float64{{0.5, 0.1}, {2, 0.3}}
	known := func(_ int, o Order, x []float64) float64 {
		f := math.Pow(-2, float64(o[Time])) * math.Exp(-2*x[1])
		switch o[0] {
		case 0:
			return x[0] * f
		case 1:
			return f
		}
		return 0
	}
	got := evaluate(t, points, known, func(j *Jets) *graph.Node {
		j.Extent = j.Extent[:1]
		u := j.Fields(1)[0]
		return Values(Rate(u.Mul(u)).D(0, 1))
	})
	for i, x := range points {
		if want := -8 * x[0] * math.Exp(-4*x[1]); math.Abs(got[i]-want) > 1e-13 {
			t.Errorf("(u²)_tx = %v at %v, want %v", got[i], x, want)
		}
	}
}

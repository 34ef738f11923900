package physics_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// solution is a problem with an exact solution u(x, t) [C].
type solution struct {
	problem physics.Problem
	at      func(x []float64, t float64) []float64
}

// frames are states of the solution, from t = 0 on, [T][N…·C].
func (s solution) frames(steps int) [][]float64 {
	g := s.problem.Grid
	all := make([][]float64, steps+1)
	for n := range all {
		for i := range g.Size() {
			x := make([]float64, g.Dims())
			for a, j := range g.Index(i) {
				x[a] = g.X(a, j)
			}
			all[n] = append(all[n], s.at(x, float64(n)*s.problem.Dt)...)
		}
	}
	return all
}

func of(kind string, e physics.Equation, g physics.Grid, dt float64) physics.Problem {
	return physics.Problem{Equation: configs.Of[physics.Equation]{Kind: kind, Value: e}, Grid: g, Dt: dt}
}

// coleHopf solves u_t + ½(u²)_x = ν u_xx on a periodic box of length 1.
func coleHopf(points int, dt float64) solution {
	const nu, k = 0.02, 2 * math.Pi
	g := physics.Grid{Points: []int{points}, Extent: []float64{1}}
	return solution{of("burgers", &physics.Burgers{Convection: 1, Viscosity: nu}, g, dt), func(x []float64, t float64) []float64 {
		decay := math.Exp(-nu * k * k * t)
		return []float64{2 * nu * k * decay * math.Sin(k*x[0]) / (2.5 + decay*math.Cos(k*x[0]))}
	}}
}

// taylorGreen is a decaying vortex of the Navier–Stokes equation, in a flow that
// carries nothing else.
func taylorGreen(points int, dt float64) solution {
	const nu = 0.05
	g := physics.Grid{Points: []int{points, points}, Extent: []float64{2 * math.Pi, 2 * math.Pi}}
	return solution{of("navier_stokes", &physics.NavierStokes{Viscosity: nu}, g, dt), func(x []float64, t float64) []float64 {
		return []float64{2 * math.Exp(-2*nu*t) * math.Sin(x[0]) * math.Sin(x[1])}
	}}
}

// heat is a wave that dies between walls.
func heat(boundary physics.Boundary, points int, dt float64) solution {
	const nu = 0.1
	g := physics.Grid{Points: []int{points}, Extent: []float64{1}, Boundary: boundary}
	p := of("diffusion", &physics.Diffusion{Diffusivity: nu}, g, dt)
	zero := configs.Of[physics.Condition]{Kind: "dirichlet", Value: &physics.Dirichlet{Value: []float64{1}}}
	p.Ends = []physics.Ends{{Low: zero, High: zero}}
	return solution{p, func(x []float64, t float64) []float64 {
		return []float64{1 + math.Exp(-nu*math.Pi*math.Pi*t)*math.Sin(math.Pi*x[0])}
	}}
}

// lawOf is the value of a law for frames [T][N…·C] of one forecast, and its
// gradient by those after the first.
func lawOf(t *testing.T, l physics.Law, p physics.Problem, frames [][]float64) (float64, []float64) {
	t.Helper()
	if err := l.Init(p); err != nil {
		t.Fatal(err)
	}
	program, _ := lawProgram(t, l, p, 1, frames)
	return value(t, program), program.Grads[0].Values()
}

// lawProgram compiles a law of forecasts of several samples, of which all frames
// [T][B·N…·C] but the first are learned.
func lawProgram(t *testing.T, l physics.Law, p physics.Problem, batch int, frames [][]float64) (*graph.Program, *graph.Param) {
	t.Helper()
	pool := kernel.NewPool(1)
	t.Cleanup(pool.Close)
	var rest []float64
	for b := range batch {
		for _, u := range frames[1:] {
			n := len(u) / batch
			rest = append(rest, u[b*n:(b+1)*n]...)
		}
	}
	grid := p.Grid.Points
	ps := &graph.Params{Precision: graph.F64}
	next := 0
	shape := append(append([]int{batch, len(frames) - 1}, grid...), p.Channels())
	q := ps.New("rest", shape, func() float64 { next++; return rest[next-1] })
	program, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, ps.List, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		start := g.Const("start", append(append([]int{batch}, grid...), p.Inputs()), frames[0])
		return l.Node(g, physics.Trajectory{Grid: p.Grid, Dt: p.Dt, Start: start, Rest: g.Param(q)})
	})
	if err != nil {
		t.Fatal(err)
	}
	return program, q
}

// slope is the exponent of a law y = c x^p by least squares.
func slope(x, y []float64) float64 {
	var sx, sy, sxx, sxy float64
	n := float64(len(x))
	for i := range x {
		a, b := math.Log(x[i]), math.Log(y[i])
		sx, sy, sxx, sxy = sx+a, sy+b, sxx+a*a, sxy+a*b
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

func residual(scheme physics.Scheme) *physics.Residuals {
	return &physics.Residuals{Alpha: 1, Accuracy: 2, Time: configs.Of[physics.Scheme]{Kind: "scheme", Value: scheme}}
}

// TestResidualOrderInTime: the residual of exact solutions on a fine grid in
// space falls by the scheme's order.
func TestResidualOrderInTime(t *testing.T) {
	schemes := []struct {
		scheme physics.Scheme
		steps  int
		order  float64
	}{
		{&physics.CrankNicolson{}, 3, 2}, {&physics.BDF{Order: 1}, 2, 1},
		{&physics.Central{Order: 2}, 4, 2}, {&physics.Central{Order: 4}, 6, 4},
		{&physics.Defect{Substeps: 1}, 1, 4}, {&physics.Defect{Substeps: 2}, 2, 4},
	}
	for _, s := range schemes {
		if _, defect := s.scheme.(*physics.Defect); !defect {
			orderInTime(t, fmt.Sprintf("%+v Taylor–Green", s.scheme), s.order, []float64{0.4, 0.2, 0.1, 0.05}, func(dt float64) float64 {
				return residualOf(t, residual(s.scheme), taylorGreen(8, dt), s.steps)
			})
		}
		orderInTime(t, fmt.Sprintf("%+v Burgers", s.scheme), s.order, []float64{0.014, 0.01, 0.007, 0.005}, func(dt float64) float64 {
			return residualOf(t, residual(s.scheme), coleHopf(64, dt), s.steps)
		})
	}
}

// TestBDFInTime looks at the last of few frames, since the first take lower
// orders.
func TestBDFInTime(t *testing.T) {
	for order := 2; order <= 4; order++ {
		orderInTime(t, fmt.Sprint("bdf ", order), float64(order), []float64{0.02, 0.01, 0.005, 0.0025}, func(dt float64) float64 {
			l := residual(&physics.BDF{Order: order})
			all, before := coleHopf(64, dt), 0.0
			if order > 1 {
				before, _ = lawOf(t, l, all.problem, all.frames(order-1))
			}
			whole, _ := lawOf(t, l, all.problem, all.frames(order))
			return math.Sqrt(whole*float64(order) - before*float64(order-1))
		})
	}
}

func orderInTime(t *testing.T, name string, want float64, dts []float64, f func(dt float64) float64) {
	t.Helper()
	errs := make([]float64, len(dts))
	for i, dt := range dts {
		errs[i] = f(dt)
	}
	if p := slope(dts, errs); math.Abs(p-want) > 0.25 {
		t.Errorf("%s: residuals %.2e for Δt = %v, order %.2f, want %g", name, errs, dts, p, want)
	}
}

// residualOf is the root mean square of the residual of an exact solution.
func residualOf(t *testing.T, l physics.Law, s solution, steps int) float64 {
	t.Helper()
	v, _ := lawOf(t, l, s.problem, s.frames(steps))
	return math.Sqrt(v)
}

// TestResidualOrderInSpace: on grids with ends the residual falls by the order
// of the differences, up to the walls.
func TestResidualOrderInSpace(t *testing.T) {
	const dt = 1e-3 // so that the scheme leaves 1e-8
	for _, boundary := range []physics.Boundary{physics.Walls, physics.HalfOpen, physics.Cells} {
		for _, accuracy := range []int{2, 4} {
			points := []int{10, 14, 20, 28}
			var hs, errs []float64
			for _, n := range points {
				s := heat(boundary, n, dt)
				l := residual(&physics.CrankNicolson{})
				l.Accuracy = accuracy
				hs, errs = append(hs, s.problem.Grid.Spacing(0)), append(errs, residualOf(t, l, s, 1))
			}
			if p := slope(hs, errs); math.Abs(p-float64(accuracy)) > 0.25 {
				t.Errorf("%v: residuals %.2e on %v points, order %.2f, want %d", boundary, errs, points, p, accuracy)
			}
		}
	}
}

// TestResidualInNorm: a wave of the residual has the weight of the norm.
func TestResidualInNorm(t *testing.T) {
	g := physics.Grid{Points: []int{16}, Extent: []float64{2}}
	p := of("diffusion", &physics.Diffusion{}, g, 0.5) // r = (u₁ − u₀)/Δt
	u := wave(g, [3]int{3})
	for _, order := range []float64{-2, -1, 0, 1} {
		l := residual(&physics.CrankNicolson{})
		l.Order, l.Alpha = order, 0.3
		got, _ := lawOf(t, l, p, [][]float64{make([]float64, 16), u})
		if want := 4 * 0.5 * math.Pow(0.3+9*math.Pi*math.Pi, order); math.Abs(got-want) > 1e-13*want {
			t.Errorf("order %g: %v, want %v", order, got, want)
		}
	}
}

func TestResidualRefuses(t *testing.T) {
	walls := heat(physics.Walls, 8, 0.1).problem
	bare := walls
	bare.Ends = nil
	flow := taylorGreen(8, 0.1).problem
	flow.Grid.Boundary = physics.Walls
	flow.Ends = append(walls.Ends, walls.Ends...)
	order := residual(&physics.CrankNicolson{})
	order.Order = -1
	for _, c := range []struct {
		law     *physics.Residuals
		problem physics.Problem
		want    string
	}{
		{residual(&physics.CrankNicolson{}), bare, "ends of 0 axes"},
		{residual(&physics.CrankNicolson{}), flow, "no inverse Laplacian"},
		{residual(&physics.Defect{Substeps: 1}), walls, "no exponential"},
		{order, walls, "no Fourier series"},
	} {
		if err := c.law.Init(c.problem); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

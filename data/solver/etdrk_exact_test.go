package solver

import (
	"math"
	"math/cmplx"
	"testing"

	"eddy/physics"
)

// growth is the exponent of the wave exp(ikx) in one time unit, as the doc
// comments of the linear equations state it, with their defaults.
var growth = map[string]func(k float64) complex128{
	"advection":        func(k float64) complex128 { return complex(0, -k) },
	"diffusion":        func(k float64) complex128 { return complex(-0.01*k*k, 0) },
	"dispersion":       func(k float64) complex128 { return complex(0, -1e-4*k*k*k) },
	"hyperdiffusion":   func(k float64) complex128 { return complex(-1e-5*k*k*k*k, 0) },
	"difficulty":       func(k float64) complex128 { return complex(0, -k/40) }, // 4 of 160 points a frame
	"normalized":       func(k float64) complex128 { return complex(0, -k/40) },
	"linear":           func(k float64) complex128 { return complex(0, -0.25*k) },
	"mixed_dispersion": func(k float64) complex128 { return complex(0, -2.5e-4*k*k*k) },
}

// Every scheme solves linear equations exactly, in steps of any length, on
// even, odd and prime numbers of points.
func TestLinearEquationsAreExact(t *testing.T) {
	for _, kind := range spectralKinds(t) {
		if p := blank(t, kind, 16, 1, 1); isNonlinear(t, p) || p.Channels() > 1 {
			continue
		}
		if growth[kind] == nil {
			t.Errorf("%s: linear, but the test does not know its solution", kind)
			continue
		}
		for _, n := range []int{12, 15, 17, 64} {
			for order := range tableaus {
				p := blank(t, kind, n, 1, 0.7)
				const steps = 3
				u := make([]float64, n)
				want := make([]float64, n)
				for k := range (n + 1) / 2 { // all waves but N/2
					a := cmplx.Rect(1/float64(1+k), float64(k))
					q := 2 * math.Pi * float64(k)
					factor := cmplx.Exp(growth[kind](q) * complex(steps*p.Dt, 0))
					for i := range u {
						e := cmplx.Rect(1, q*p.Grid.X(0, i))
						u[i] += real(a * e)
						want[i] += real(a * e * factor)
					}
				}
				got := advance(t, solver(t, p, order, 2), u, steps)
				// The phase of the shortest wave of 64 points, 4e3 radians for
				// mixed dispersion, is rounded to 5e-13.
				if d := maxDistance(got, want); d > 2e-12 {
					t.Errorf("%s, %d points, order %d: error %.1e", kind, n, order, d)
				}
			}
		}
	}
}

// In several dimensions a state that depends on one axis only does what it
// does in one dimension.
func TestAxesAreAlike(t *testing.T) {
	for _, kind := range spectralKinds(t) {
		line := blank(t, kind, 18, 2*math.Pi, 0.05)
		of := line.Channels() // on the line
		u := make([]float64, line.Size())
		for i := range u {
			x := line.Grid.X(0, i/of) + float64(i%of)
			u[i] = 0.4 + math.Sin(x) + 0.3*math.Cos(2*x)
		}
		want := advance(t, solver(t, line, 3, 1), u, 3)
		for dims := 2; dims <= 3; dims++ {
			for axis := range dims {
				p := line
				switch kind {
				case "advection":
					velocity := make([]float64, dims)
					velocity[axis] = 1
					p.Equation.Value = &physics.Advection{Velocity: velocity}
				case "difficulty": // shared by the axes
					p.Equation.Value = &physics.Difficulty{Gamma: []float64{0, -4 * float64(dims)}, Points: 160, Largest: 1, Extent: 1, Dt: 1}
				}
				p.Grid = physics.Grid{Points: []int{5, 6, 7}[:dims], Extent: []float64{1, 2, 3}[:dims]}
				p.Grid.Points[axis], p.Grid.Extent[axis] = 18, 2*math.Pi
				if p.Channels() == 0 {
					continue // one dimension only
				}
				v := unfolded(p, axis, of, u)
				got := advance(t, solver(t, p, 3, 1), v, 3)
				if d := maxDistance(got, unfolded(p, axis, of, want)); d > 1e-13 {
					t.Fatalf("%s along axis %d of %d: differs by %.1e from one dimension", kind, axis, dims, d)
				}
			}
		}
	}
}

// unfolded returns a state of a problem in several dimensions that is the one
// of a line, with some channels, along an axis. A vector has it in the channel
// of the axis.
func unfolded(p physics.Problem, axis, of int, u []float64) []float64 {
	channels := p.Channels()
	v := make([]float64, p.Size())
	for i := range v {
		point, channel := p.Grid.Index(i / channels)[axis], i%channels
		switch {
		case channels == of:
			v[i] = u[point*of+channel]
		case channel == axis:
			v[i] = u[point*of]
		}
	}
	return v
}

// coleHopf is the solution u = −2ν φ_x/φ of Burgers' equation with b = 1 that
// comes from φ = 1 + a exp(−νt) cos x, a solution of the heat equation.
func coleHopf(nu, t float64) func(x float64) float64 {
	a := 0.8 * math.Exp(-nu*t)
	return func(x float64) float64 { return 2 * nu * a * math.Sin(x) / (1 + a*math.Cos(x)) }
}

func TestBurgersMeetsColeHopf(t *testing.T) {
	const nu, end = 0.1, 2.0
	for _, b := range []float64{1, -2.5} { // b u obeys the equation with b = 1
		e := &physics.Burgers{Convection: b, Viscosity: nu}
		var points, errors []float64
		for _, n := range []int{24, 36, 48, 60, 72, 128} {
			p := of(e, n, 2*math.Pi, end)
			at := func(time float64) []float64 {
				return sample(p.Grid, func(x float64) float64 { return coleHopf(nu, time)(x) / b })
			}
			d := maxDistance(advance(t, solver(t, p, 4, 400), at(0), 1), at(end))
			points, errors = append(points, float64(n)), append(errors, math.Log(d))
		}
		if last := math.Exp(errors[len(errors)-1]); last > 1e-12 {
			t.Errorf("b = %v: error %.1e on 128 points", b, last)
		}
		// Spectral accuracy: φ is zero at cosh(Im x) = 1/a, so mode k of u is of
		// size exp(−k Im x), and a grid cuts the modes from N/3.
		rate, want := -slope(points[:5], errors[:5]), math.Acosh(1/(0.8*math.Exp(-nu*end)))/3
		t.Logf("b = %v: error falls as exp(−%.3f N), to %.1e", b, rate, math.Exp(errors[5]))
		if math.Abs(rate/want-1) > 0.05 {
			t.Errorf("b = %v: error falls as exp(−%.3f N), want exp(−%.3f N)", b, rate, want)
		}
	}
}

// soliton is the solution of KdV in the doc comment, at time t.
func soliton(b, delta, c, t float64) func(x float64) float64 {
	return func(x float64) float64 {
		s := 1 / math.Cosh(0.5*math.Sqrt(c/delta)*(x-20-c*t))
		return 3 * c / b * s * s
	}
}

func TestKdVMeetsSoliton(t *testing.T) {
	for _, test := range []struct{ b, delta, c float64 }{{6, 1, 4}, {-6, 1, 4}, {1, 0.5, 2}} {
		// The soliton is ½√(c/δ) = 1 wide: 1e-16 at the ends of the box, and
		// its modes beyond N/3 are below 1e-11.
		p := of(&physics.KdV{Convection: test.b, Dispersivity: test.delta}, 384, 40, 1)
		u := sample(p.Grid, soliton(test.b, test.delta, test.c, 0))
		want := sample(p.Grid, soliton(test.b, test.delta, test.c, p.Dt))
		var h, e []float64
		for _, substeps := range []int{250, 500, 1000, 2000} {
			d := maxDistance(advance(t, solver(t, p, 4, substeps), u, 1), want)
			h, e = append(h, -math.Log(float64(substeps))), append(e, math.Log(d))
		}
		t.Logf("b = %v: order %.3f, error %.1e", test.b, slope(h, e), math.Exp(e[3]))
		if order := slope(h, e); math.Abs(order-4) > 0.1 || math.Exp(e[3]) > 1e-9 {
			t.Errorf("b = %v: error falls at order %.2f to %.1e, want order 4 and 1e-9", test.b, order, math.Exp(e[3]))
		}
	}
}

package data

import (
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// A stencil is exact for polynomials of a degree less than its order of
// derivation plus that of accuracy.
func TestStencilsAreExact(t *testing.T) {
	for order := 1; order <= 4; order++ {
		for _, accuracy := range []int{2, 4} {
			const n, h = 15, 0.5
			s := newStencil(0, order, accuracy, h)
			for degree := range order + accuracy {
				u, want := make([]float64, n), make([]float64, n)
				for i := range u {
					x := float64(i-n/2) * h
					u[i], want[i] = math.Pow(x, float64(degree)), 1
					for d := range order {
						want[i] *= float64(degree - d)
					}
					if want[i] != 0 {
						want[i] *= math.Pow(x, float64(degree-order))
					}
				}
				got := make([]float64, n)
				s.apply(got, u, 1)
				if d := maxDistance(got[s.half():n-s.half()], want[s.half():n-s.half()]); d > 1e-8 {
					t.Errorf("∂^%d of x^%d with accuracy %d: error %.1e", order, degree, accuracy, d)
				}
			}
		}
	}
}

// The stability polynomial is at most 1 where the integrator says that it is,
// and not much further: another factor of two of diffusion is refused or takes
// more stages.
func TestRKC2IsStable(t *testing.T) {
	for _, real := range []float64{0.1, 3, 30, 300, 3000} {
		for _, ratio := range []float64{0, 0.01, 0.1, 0.4} {
			c, err := (&RKC2{Stages: 1000}).choose(1, Spectrum{Real: real, Imag: math.Sqrt(ratio * real), Ratio: ratio})
			if err != nil {
				t.Errorf("diffusion %v, ratio %v: %v", real, ratio, err)
				continue
			}
			if real == 3000 && ratio == 0 && math.Abs(float64(c.stages)-math.Sqrt(1.54*real)) > 2 {
				t.Errorf("%d stages for a diffusion of 3000, want √(1.54·3000) = 68 as in the paper", c.stages)
			}
			// Step on u_t = z u gives the stability polynomial.
			for i := range 100 {
				angle := math.Pi * float64(i) / 100
				z := complex(-real/2*(1-math.Cos(angle)), math.Sqrt(ratio*real)*math.Sin(angle))
				u := []float64{1, 0}
				if err := (&RKC2{Stages: 1000}).Step(u, 1, rotation{z, Spectrum{real, 0, ratio}}, scratchOf(4, 2)); err != nil {
					t.Fatal(err)
				}
				if growth := math.Hypot(u[0], u[1]); growth > 1+1e-9 {
					t.Errorf("diffusion %v, ratio %v: waves grow by %v at %v", real, ratio, growth, z)
				}
			}
		}
	}
}

// rotation is u_t = z u for a complex u.
type rotation struct {
	z        complex128
	spectrum Spectrum
}

func (r rotation) Rate(dst, u []float64) {
	v := r.z * complex(u[0], u[1])
	dst[0], dst[1] = real(v), imag(v)
}

func (r rotation) Spectrum([]float64) Spectrum { return r.spectrum }

func scratchOf(vectors, length int) [][]float64 {
	all := make([][]float64, vectors)
	for i := range all {
		all[i] = make([]float64, length)
	}
	return all
}

func TestRK4IsExponential(t *testing.T) {
	z := complex(-0.2, 0.3)
	u := []float64{1, 0}
	if err := (&RK4{}).Step(u, 1, rotation{z, Spectrum{Real: 0.4, Imag: 0.3}}, scratchOf(3, 2)); err != nil {
		t.Fatal(err)
	}
	if d := cmplx.Abs(complex(u[0], u[1]) - cmplx.Exp(z)); d > 1e-4 { // |z|⁵/120 = 5e-5
		t.Errorf("error %.1e", d)
	}
}

// On periodic grids the rate of change of every equation converges to that of
// the spectral solver, at the order of the differences. The rate is what a very
// short step does.
func TestDifferencesMeetFourier(t *testing.T) {
	every(t, func(t *testing.T, name string, s setting) {
		for _, accuracy := range []int{2, 4} {
			var h, e []float64
			for _, n := range []int{48, 60, 72, 96} {
				p := s.problem(t, name, n)
				p.Dt = 1e-5
				if _, ok := p.Equation.Value.(*physics.NavierStokes); ok {
					t.Skip("the vorticity needs an inverse Laplacian")
				}
				u := s.start(p)
				got, want := advance(t, lined(t, p, accuracy, &RK4{}, 1), u, 1), advance(t, solver(t, p, 4, 1), u, 1)
				h, e = append(h, -math.Log(float64(n))), append(e, math.Log(maxDistance(got, want)/p.Dt))
			}
			got := slope(h, e)
			t.Logf("order %.3f, error %.1e to %.1e", got, math.Exp(e[0]), math.Exp(e[len(e)-1]))
			if math.Abs(got-float64(accuracy)) > 0.2 {
				t.Errorf("order %.3f, want %d", got, accuracy)
			}
		}
	})
}

// Between walls that reflect, a solution is half of a periodic one that is
// even, or odd for a vector: to rounding, as both have the same differences.
func TestMethodOfLinesMirrors(t *testing.T) {
	for name, e := range map[string]physics.Equation{
		"heat":    &physics.Diffusion{Diffusivity: 0.1},
		"Burgers": &physics.Burgers{Convection: 1, Viscosity: 0.1},
		"KS":      &physics.KS{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1},
		"nerve":   defaults(t, "fitzhugh_nagumo"),
		"sorption": &physics.DiffusionSorption{
			Diffusivity: 0.1, Porosity: 0.29, Density: 2880, Freundlich: 3.5e-4, Exponent: 0.874,
		},
	} {
		for _, boundary := range []physics.Boundary{physics.Walls, physics.Cells} {
			const n = 24
			whole := between(e, physics.Periodic, []int{2 * n}, 4*math.Pi, 0.1)
			points := n
			if boundary == physics.Walls {
				points++
			}
			half := between(e, boundary, []int{points}, 2*math.Pi, 0.1, &physics.Wall{})
			start := func(p physics.Problem) []float64 {
				u := make([]float64, p.Size())
				for i := range u {
					x := p.Grid.X(0, i/p.Channels()) / 2
					if p.Grid.Boundary == physics.Periodic && boundary == physics.Cells {
						x += p.Grid.Spacing(0) / 4
					}
					if u[i] = 2 + float64(i%p.Channels()) + math.Cos(x) - 0.5*math.Cos(3*x); name == "Burgers" {
						u[i] = math.Sin(x) + math.Sin(2*x)
					}
				}
				return u
			}
			want := advance(t, lined(t, whole, 4, &RK4{}, 400), start(whole), 2)
			got := advance(t, lined(t, half, 4, &RK4{}, 400), start(half), 2)
			if d := maxDistance(got, want[:len(got)]); d > 1e-12 {
				t.Errorf("%s on %v: differs by %.1e", name, boundary, d)
			}
		}
	}
}

// Nothing passes walls: the integral of heat is conserved, with half the
// weight for points on the walls, and that of what is dissolved or sorbed.
func TestWallsKeepMass(t *testing.T) {
	sorption := &physics.DiffusionSorption{Diffusivity: 0.1, Porosity: 0.29, Density: 2880, Freundlich: 3.5e-4, Exponent: 0.874}
	sorbed := func(u float64) float64 {
		return u + 0.71/0.29*2880*3.5e-4*math.Pow(u+1e-6, 0.874)
	}
	for _, test := range []struct {
		e       physics.Equation
		density func(u float64) float64
		within  float64
	}{
		{&physics.Diffusion{Diffusivity: 0.1}, func(u float64) float64 { return u }, 1e-12},
		{sorption, sorbed, 1e-7}, // by the error in time
	} {
		for _, boundary := range []physics.Boundary{physics.Walls, physics.Cells} {
			p := between(test.e, boundary, []int{17, 13}, 1, 0.2, sloped(0))
			mass := func(u []float64) float64 {
				total := 0.0
				for i, v := range u {
					weight := 1.0
					for axis, j := range p.Grid.Index(i) {
						if boundary == physics.Walls && (j == 0 || j == p.Grid.Points[axis]-1) {
							weight /= 2
						}
					}
					total += weight * test.density(v)
				}
				return total
			}
			u := onPoints(p.Grid, func(x []float64) float64 { return 1 + math.Sin(5*x[0])*math.Cos(3*x[1]-1)/2 })
			v := advance(t, lined(t, p, 2, rkc2(), 40), u, 3)
			if change := math.Abs(mass(v)/mass(u) - 1); change > test.within {
				t.Errorf("%T on %v: mass changes by %.1e", test.e, boundary, change)
			}
			if maxDistance(u, v) < 0.1 {
				t.Errorf("%T on %v: nothing moved, so nothing is tested", test.e, boundary)
			}
		}
	}
}

// What flows in at one end and out at the other comes to rest on a straight
// line, which differences have exactly: u(0) = 2, u + ½ ∂u/∂n = 1 at 1.
func TestRobinComesToRest(t *testing.T) {
	end := &physics.Robin{State: []float64{1}, Slope: []float64{0.5}, Value: []float64{1}}
	for _, boundary := range []physics.Boundary{physics.Walls, physics.Cells} {
		for _, order := range []int{2, 4} {
			p := between(&physics.Diffusion{Diffusivity: 1}, boundary, []int{20}, 1, 10, fixed(2), end)
			u := advance(t, lined(t, p, order, rkc2(), 600), make([]float64, 20), 1)
			want := sample(p.Grid, func(x float64) float64 { return 2 - x/1.5 })
			if d := maxDistance(u, want); d > 1e-10 {
				t.Errorf("%v, order %d: %.1e from a straight line", boundary, order, d)
			}
		}
	}
}

// A step depends on its state alone, allocates nothing, and substeps are steps.
func TestMethodOfLinesStepIsAFunction(t *testing.T) {
	for _, i := range []Integrator{rkc2(), &RK4{}} {
		p := between(defaults(t, "fitzhugh_nagumo"), physics.Walls, []int{9, 11}, 1, 0.03, fixed(0.5, -1), sloped(0))
		u := make([]float64, p.Size())
		for j := range u {
			u[j] = math.Sin(float64(j))
		}
		s := lined(t, p, 2, i, 1)
		want := make([]float64, len(u))
		if err := s.Step(want, u); err != nil {
			t.Fatal(err)
		}
		if want[0] != 0.5 || want[1] != -1 {
			t.Errorf("the corner has %v, want what is imposed", want[:2])
		}
		advance(t, s, want, 2)
		if got := advance(t, s, u, 1); !slices.Equal(got, want) {
			t.Errorf("%T: a second time, or in place, the result differs", i)
		}
		q := p
		q.Dt *= 3
		if d := maxDistance(advance(t, lined(t, q, 2, i, 3), u, 1), advance(t, s, u, 3)); d > 1e-14 {
			t.Errorf("%T: three substeps differ from three steps by %.1e", i, d)
		}
		if a := testing.AllocsPerRun(10, func() { check(t, s.Step(u, u)) }); a != 0 {
			t.Errorf("%T: %v allocations a step", i, a)
		}
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestMethodOfLinesRefuses(t *testing.T) {
	for _, test := range []struct {
		want   string
		change func(m *MethodOfLines, p *physics.Problem)
	}{
		{"order = 3, want 2 or 4", func(m *MethodOfLines, _ *physics.Problem) { m.Order = 3 }},
		{"integrator is not given", func(m *MethodOfLines, _ *physics.Problem) { m.Integrator.Value = nil }},
		{"substeps = 0", func(m *MethodOfLines, _ *physics.Problem) { m.Substeps = 0 }},
		{"bound = 0", func(m *MethodOfLines, _ *physics.Problem) { m.Bound = 0 }},
		{"dt = 0", func(_ *MethodOfLines, p *physics.Problem) { p.Dt = 0 }},
		{"no equation", func(_ *MethodOfLines, p *physics.Problem) { p.Equation.Value = nil }},
		{"has no time", func(_ *MethodOfLines, p *physics.Problem) { p.Equation.Value = &physics.Darcy{} }},
		{"want walls, cells or periodic", func(_ *MethodOfLines, p *physics.Problem) { p.Grid.Boundary = physics.HalfOpen }},
		{"ends of 0 axes", func(_ *MethodOfLines, p *physics.Problem) { p.Ends = nil }},
		{"not defined in 2 dimensions", func(_ *MethodOfLines, p *physics.Problem) {
			p.Equation.Value = &physics.KSConservative{}
			p.Grid = physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 1}}
		}},
		{"no inverse Laplacian", func(_ *MethodOfLines, p *physics.Problem) {
			p.Equation.Value, p.Ends = &physics.NavierStokes{}, nil
			p.Grid = physics.Grid{Points: []int{8, 8}, Extent: []float64{1, 1}}
		}},
		{"2 points along axis 0, want more than 2", func(m *MethodOfLines, p *physics.Problem) {
			m.Order, p.Grid.Points = 4, []int{2}
		}},
	} {
		m := MethodOfLines{Order: 2, Integrator: configs.Of[Integrator]{Kind: "rkc2", Value: rkc2()}, Substeps: 1, Bound: 1e4}
		p := between(&physics.Diffusion{Diffusivity: 1}, physics.Walls, []int{9}, 1, 0.1, fixed(0))
		test.change(&m, &p)
		if _, err := m.Stepper(p); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
}

// Steps that cannot be stable are refused, and what blows up is no frame.
func TestMethodOfLinesRefusesSteps(t *testing.T) {
	wave := func(x float64) float64 { return 2 + math.Sin(2*math.Pi*x) }
	burgers := between(&physics.Burgers{Convection: 1, Viscosity: 1e-6}, physics.Periodic, []int{64}, 1, 0.1)
	advection := between(&physics.Advection{Velocity: []float64{1}}, physics.Periodic, []int{64}, 1, 0.1)
	heat := between(&physics.Diffusion{Diffusivity: 1}, physics.Walls, []int{65}, 1, 1, fixed(0))
	growth := between(&physics.FisherKPP{Diffusivity: 1e-3, Reactivity: 10}, physics.Periodic, []int{64}, 1, 1)
	sorption := between(defaults(t, "diffusion_sorption"), physics.Periodic, []int{64}, 1, 1)
	for _, test := range []struct {
		p          physics.Problem
		integrator Integrator
		start      float64 // times the wave
		want       string
	}{
		{burgers, rkc2(), 1, "convection is too fast for the diffusion"},
		{advection, rkc2(), 1, "convection is too fast for the diffusion"},
		{advection, &RK4{}, 1, "6.4 by waves per step"},
		{heat, &RK4{}, 1, "1.64e+04 by diffusion"},
		{heat, &RKC2{Stages: 20}, 1, "more than stages = 20"},
		{growth, rkc2(), -1, "blow-up: max|u| ="},
		{sorption, rkc2(), -1, "unstable: the rate of change has no bound"},
	} {
		m := MethodOfLines{Order: 2, Integrator: configs.Of[Integrator]{Value: test.integrator}, Substeps: 1, Bound: 1e4}
		s, err := m.Stepper(test.p)
		check(t, err)
		u := sample(test.p.Grid, func(x float64) float64 { return test.start * wave(x) })
		for err == nil {
			err = s.Step(u, u)
		}
		if !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
}

func BenchmarkMethodOfLines(b *testing.B) {
	for _, test := range []struct {
		name     string
		p        physics.Problem
		substeps int
	}{
		{"burgers", between(&physics.Burgers{Convection: 1, Viscosity: 0.01 / math.Pi}, physics.Walls, []int{1021}, 2, 0.01, fixed(0)), 10},
		{"fitzhugh_nagumo", between(defaults(b, "fitzhugh_nagumo"), physics.Walls, []int{128, 128}, 2, 0.05, sloped(0)), 1},
	} {
		b.Run(fmt.Sprintf("%s/points=%v", test.name, test.p.Grid.Points), func(b *testing.B) {
			s, u := lined(b, test.p, 2, rkc2(), test.substeps), make([]float64, test.p.Size())
			for i := range u {
				u[i] = math.Sin(float64(i) / 100)
			}
			b.ReportAllocs()
			for b.Loop() {
				check(b, s.Step(u, u))
			}
		})
	}
}

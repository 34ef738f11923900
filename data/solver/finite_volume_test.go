package solver

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// rough is a problem of each law with a state [N…, C] that has jumps, on a
// square of cells or a line of them.
func rough(law physics.ConservationLaw, dims, points int, ends physics.Condition) (physics.Problem, []float64) {
	p := lawOn(law, dims, points, 1, 0.1, ends)
	var u []float64
	for i := range p.Grid.Size() {
		inside := true
		for a, j := range p.Grid.Index(i) {
			inside = inside && math.Abs(p.Grid.X(a, j)-0.4) < 0.2
		}
		u = append(u, jump(law, dims, inside)...)
	}
	return p, u
}

// jump is one of two states of a law that are far from each other.
func jump(law physics.ConservationLaw, dims int, inside bool) []float64 {
	u := make([]float64, law.Channels(dims))
	switch law.(type) {
	case *physics.Euler: // pressures 10 and 1
		u[0], u[dims+1] = 0.5, 2.5
		if inside {
			u[0], u[dims+1] = 1, 25
		}
	case *physics.ShallowWater:
		u[0] = 0.2
		if inside {
			u[0] = 1
		}
	default:
		if inside {
			u[0] = 1
		}
	}
	return u
}

var laws = []physics.ConservationLaw{
	&physics.Advection{Velocity: []float64{1}},
	&physics.Advection{Velocity: []float64{1, -0.5}}, // in two dimensions alone
	&physics.Burgers{Convection: 1},
	&physics.Burgers{Convection: 1, Viscosity: 0.01},
	&physics.ShallowWater{Gravity: 1},
	&physics.Euler{Gamma: gamma},
}

// eachVolume runs test for every law and reconstruction in one and two
// dimensions.
func eachVolume(t *testing.T, test func(law physics.ConservationLaw, r Reconstruction, dims int)) {
	for _, law := range laws {
		for _, kind := range configs.Kinds[Reconstruction]() {
			r, err := configs.New[Reconstruction](kind)
			if err != nil {
				t.Fatal(err)
			}
			for dims := 1; dims <= 2; dims++ {
				if law.Channels(dims) > 0 {
					test(law, r, dims)
				}
			}
		}
	}
}

func TestAllLawsAreTested(t *testing.T) {
	for _, kind := range configs.Kinds[physics.Equation]() {
		law, ok := blank(t, kind, 16, 1, 1).Equation.Value.(physics.ConservationLaw)
		if ok && !slices.ContainsFunc(laws, func(l physics.ConservationLaw) bool { return reflect.TypeOf(l) == reflect.TypeOf(law) }) {
			t.Errorf("%s is not in the list of laws", kind)
		}
	}
}

// The integrals of all channels stay what they are to rounding, across shocks,
// on a periodic box; within walls those do that do not go through them, which
// leaves out momentum and, as advection knows no walls, advection.
func TestFiniteVolumesConserve(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		check := func(ends physics.Condition, conserved func(channel int) bool) {
			p, u := rough(law, dims, 16, ends)
			before, after := totals(u, law.Channels(dims)), totals(advance(t, finite(t, p, r, 0.4), u, 4), law.Channels(dims))
			for c := range before {
				// Rounding of some 10⁴ additions of numbers up to 25.
				if d := math.Abs(after[c] - before[c]); conserved(c) && d > 1e-14*float64(len(u))*(1+math.Abs(before[c])) {
					t.Errorf("%T, %v in %d dimensions: the integral of channel %d changes by %.1e of %v", law, r, dims, c, d, before[c])
				}
			}
		}
		check(nil, func(int) bool { return true })
		oriented, ok := law.(physics.Oriented)
		if !ok {
			return
		}
		check(&physics.Wall{}, func(c int) bool { return oriented.Components(dims)[c] < 0 })
	})
}

// totals are the sums of the channels of a state.
func totals(u []float64, channels int) []float64 {
	sums := make([]float64, channels)
	for i, v := range u {
		sums[i%channels] += v
	}
	return sums
}

// A state that is the same everywhere, as a lake at rest, stays as it is to the
// last bit within walls.
func TestLakeAtRest(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		if _, ok := law.(physics.Oriented); !ok {
			return
		}
		p := lawOn(law, dims, 12, 1, 0.1, &physics.Wall{})
		var u []float64
		for range p.Grid.Size() {
			u = append(u, jump(law, dims, false)...)
		}
		if got := advance(t, finite(t, p, r, 0.4), u, 5); !slices.Equal(got, u) {
			t.Errorf("%T, %v in %d dimensions: rest moves by %.1e", law, r, dims, maxDistance(got, u))
		}
	})
}

// A square of high pressure or water in the corner of a square box spreads
// alike along both axes, to the last bit.
func TestAxesAreEqual(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		if _, ok := law.(physics.Oriented); !ok || dims == 1 {
			return
		}
		if _, ok := law.(*physics.Burgers); ok {
			return // the jump has a direction
		}
		p, u := rough(law, 2, 16, &physics.Wall{})
		u = advance(t, finite(t, p, r, 0.4), u, 3)
		channels := law.Channels(2)
		for i := range 16 {
			for j := range 16 {
				a, b := u[(16*i+j)*channels:][:channels], slices.Clone(u[(16*j+i)*channels:][:channels])
				b[1], b[2] = b[2], b[1]
				if !slices.Equal(a, b) {
					t.Fatalf("%T, %v: %v in cell (%d, %d), but mirrored %v", law, r, a, i, j, b)
				}
			}
		}
	})
}

// A round hump of water, or of gas, stays round: cells at the same distance from
// its middle, as (3, 4) and (5, 0), have the same depth or density, up to the
// error of the method.
func TestRoundStaysRound(t *testing.T) {
	const n = 33
	for _, test := range []struct {
		r    Reconstruction
		most float64
	}{{limited(t, "mc"), 0.01}, {&WENO5{}, 1e-3}} {
		for _, law := range []physics.ConservationLaw{&physics.ShallowWater{Gravity: 1}, &physics.Euler{Gamma: gamma}} {
			p := lawOn(law, 2, n, 2, 0.3, nil)
			u := advance(t, finite(t, p, test.r, 0.4), means(p.Grid, func(x, y float64) []float64 {
				middle := p.Grid.X(0, n/2)
				u := jump(law, 2, true)
				u[0] *= 1 + 0.5*math.Exp(-20*(squared(x-middle)+squared(y-middle)))
				if len(u) == 4 {
					u[3] = 2.5 * math.Pow(u[0], gamma)
				}
				return u
			}), 1)
			at := func(i, j int) float64 { return u[((n/2+i)*n+n/2+j)*p.Channels()] }
			for k := 1; k <= 2; k++ {
				for _, d := range []float64{at(3*k, 4*k) - at(5*k, 0), at(-4*k, 3*k) - at(0, -5*k), at(5*k, 0) - at(0, 5*k)} {
					if !(math.Abs(d) <= test.most) {
						t.Errorf("%T, %v: at distance %d the solution differs by %.1e", law, test.r, 5*k, d)
					}
				}
			}
		}
	}
}

func TestFiniteVolumeAllocatesNothing(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		p, u := rough(law, dims, 12, &physics.Wall{})
		p.Dt = 0.01
		s := finite(t, p, r, 0.4)
		if a := testing.AllocsPerRun(3, func() {
			if err := s.Step(u, u); err != nil {
				t.Fatal(err)
			}
		}); a != 0 {
			t.Errorf("%T, %v in %d dimensions: %v allocations a step", law, r, dims, a)
		}
	})
}

// A step depends on its state alone, not on the steps before nor on where the
// result goes, and fixed substeps are steps.
func TestFiniteVolumeStepIsAFunction(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		p, u := rough(law, dims, 12, &physics.Outflow{})
		p.Dt = 0.01
		s := finite(t, p, r, 0.4)
		want := make([]float64, len(u))
		if err := s.Step(want, u); err != nil {
			t.Fatal(err)
		}
		advance(t, s, u, 3)
		if got := advance(t, s, u, 1); !slices.Equal(got, want) {
			t.Errorf("%T, %v in %d dimensions: a second time, or in place, the result differs", law, r, dims)
		}
		three := p
		three.Dt *= 3
		f := FiniteVolume{configs.Of[Reconstruction]{Value: r}, 1, 3, 1e4}
		one, err := f.Stepper(p) // three steps of a third
		if err != nil {
			t.Fatal(err)
		}
		f.Substeps = 9
		nine, err := f.Stepper(three)
		if err != nil {
			t.Fatal(err)
		}
		if d := maxDistance(advance(t, one, u, 3), advance(t, nine, u, 1)); d > 1e-12 {
			t.Errorf("%T, %v in %d dimensions: nine steps differ from three times three by %.1e", law, r, dims, d)
		}
	})
}

func TestFiniteVolumeRefuses(t *testing.T) {
	type problem = physics.Problem
	for _, test := range []struct {
		want   string
		change func(f *FiniteVolume, p *problem)
	}{
		{"no equation", func(_ *FiniteVolume, p *problem) { p.Equation.Value = nil }},
		{"ks is no conservation law", func(_ *FiniteVolume, p *problem) { p.Equation.Kind, p.Equation.Value = "ks", &physics.KS{} }},
		{"reconstruction is not given", func(f *FiniteVolume, _ *problem) { f.Reconstruction.Value = nil }},
		{"cfl = 0", func(f *FiniteVolume, _ *problem) { f.CFL = 0 }},
		{"substeps = -1", func(f *FiniteVolume, _ *problem) { f.Substeps = -1 }},
		{"bound = 0", func(f *FiniteVolume, _ *problem) { f.Bound = 0 }},
		{"dt = 0", func(_ *FiniteVolume, p *problem) { p.Dt = 0 }},
		{"want periodic or cells", func(_ *FiniteVolume, p *problem) { p.Grid.Boundary = physics.Walls }},
		{"ends of 1 axes, want 0", func(_ *FiniteVolume, p *problem) { p.Grid.Boundary = physics.Periodic }},
		{"ends of 0 axes, want 1", func(_ *FiniteVolume, p *problem) { p.Ends = nil }},
		{"want a condition at low and at high", func(_ *FiniteVolume, p *problem) { p.Ends[0].High.Value = nil }},
		{"dirichlet has 2 values, want 1 or one for each of 3 channels", func(_ *FiniteVolume, p *problem) {
			p.Ends[0].Low = configs.Of[physics.Condition]{Kind: "dirichlet", Value: &physics.Dirichlet{Value: []float64{1, 2}}}
		}},
		{"2 points along axis 0, want at least 3", func(_ *FiniteVolume, p *problem) { p.Grid.Points = []int{2} }},
		{"0 axes", func(_ *FiniteVolume, p *problem) { p.Grid = physics.Grid{} }},
		{"method_of_lines", func(_ *FiniteVolume, p *problem) { p.Equation.Value = &physics.Burgers{Viscosity: 1e5} }},
	} {
		f := FiniteVolume{Reconstruction: configs.Of[Reconstruction]{Value: &WENO5{}}, CFL: 0.4, Bound: 1e4}
		p := lawOn(&physics.Euler{Gamma: gamma}, 1, 16, 1, 0.1, &physics.Wall{})
		test.change(&f, &p)
		if _, err := f.Stepper(p); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want one with %q", err, test.want)
		}
	}
	s := finite(t, lawOn(&physics.Euler{Gamma: gamma}, 1, 16, 1, 0.1, nil), &WENO5{}, 0.4)
	if err := s.Step(make([]float64, 48), make([]float64, 47)); err == nil {
		t.Error("a state of 47 numbers was advanced on 16 cells of 3 channels")
	}
}

func BenchmarkFiniteVolume(b *testing.B) {
	for _, law := range []physics.ConservationLaw{&physics.Burgers{Convection: 1}, &physics.Euler{Gamma: gamma}} {
		for _, r := range []Reconstruction{limited(b, "mc"), &WENO5{}} {
			for dims, points := range map[int]int{1: 256, 2: 64} {
				b.Run(fmt.Sprintf("%T/%v/%d dimensions of %d points", law, r, dims, points), func(b *testing.B) {
					p, u := rough(law, dims, points, &physics.Outflow{})
					p.Dt = 1e-5 // one step
					s := finite(b, p, r, 0.4)
					b.ReportAllocs()
					for b.Loop() {
						if err := s.Step(u, u); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(p.Grid.Size()), "ns/cell")
				})
			}
		}
	}
}

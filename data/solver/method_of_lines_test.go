package solver

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"eddy/physics"
)

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

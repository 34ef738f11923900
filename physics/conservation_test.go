package physics_test

import (
	"math"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// TestConservationOfExactSolutions is zero on a periodic box.
func TestConservationOfExactSolutions(t *testing.T) {
	for name, s := range map[string]solution{"burgers": coleHopf(24, 0.3), "navier_stokes": taylorGreen(8, 0.3)} {
		if v, _ := lawOf(t, &physics.Conservation{}, s.problem, s.frames(4)); v > 1e-28 {
			t.Errorf("%s: %g", name, v)
		}
	}
}

// TestConservationByHand: a wave 2 + sin x has the mass 2 and the energy
// 2 + ¼ per length, whose root mean squares are those of the density.
func TestConservationByHand(t *testing.T) {
	g := physics.Grid{Points: []int{16}, Extent: []float64{2 * math.Pi}}
	p := of("advection", &physics.Advection{Velocity: []float64{1}}, g, 0.1)
	frame := func(mean, amplitude float64) []float64 {
		u := make([]float64, 16)
		for i := range u {
			u[i] = mean + amplitude*math.Sin(g.X(0, i))
		}
		return u
	}
	frames := [][]float64{frame(2, 1), frame(2.1, 1), frame(2, 1.5)}
	// ∫u² = 4 + ½; the density ½ (2 + sin)² has the square ¼ mean (2 + sin)⁴,
	// which is ¼ (16 + 24/2 + 3/8).
	mass := 0.01 / 4.5 / 2
	square := (16 + 12 + 3./8) / 4
	energy := (math.Pow((2.1*2.1-4)/2, 2) + math.Pow((1.5*1.5-1)/4, 2)) / square / 2
	for want, names := range map[float64][]string{mass: {"mass"}, energy: {"energy"}, (mass + energy) / 2: nil} {
		if got, _ := lawOf(t, &physics.Conservation{Invariants: names}, p, frames); math.Abs(got-want) > 1e-14 {
			t.Errorf("%v: %v, want %v", names, got, want)
		}
	}
}

// TestConservationOfFlux: on grids with ends the loss is what the rules of
// trapezoids leave of exact solutions, of the second order, whose mass changes:
// heat that leaves through both walls, and a front that moves to the right, where
// more flows in than out.
func TestConservationOfFlux(t *testing.T) {
	const nu = 0.1
	outflow := configs.Of[physics.Condition]{Kind: "outflow", Value: &physics.Outflow{}}
	front := func(b physics.Boundary, n int, dt float64) solution {
		g := physics.Grid{Points: []int{n}, Extent: []float64{8}, Boundary: b}
		p := of("burgers", &physics.Burgers{Convection: 1, Viscosity: nu}, g, dt)
		p.Ends = []physics.Ends{{Low: outflow, High: outflow}}
		return solution{p, func(x []float64, t float64) []float64 {
			return []float64{1 - 0.5*math.Tanh((x[0]-4-t)/(4*nu))}
		}}
	}
	warm := func(b physics.Boundary, n int, dt float64) solution {
		s := heat(b, n, dt)
		s.problem.Equation = configs.Of[physics.Equation]{Kind: "burgers", Value: &physics.Burgers{Viscosity: nu}}
		return s
	}
	for name, make := range map[string]func(physics.Boundary, int, float64) solution{"front": front, "heat": warm} {
		for _, b := range []physics.Boundary{physics.Walls, physics.Cells} {
			var errs []float64
			for _, n := range []int{16, 32, 64} {
				points := n
				if b == physics.Walls {
					points++
				}
				s := make(b, points, 3.2/float64(n))
				v, _ := lawOf(t, &physics.Conservation{}, s.problem, s.frames(4*n/16))
				errs = append(errs, math.Sqrt(v))
			}
			if errs[2] > 1e-3 {
				t.Errorf("%s, %v: relative drift %.2g", name, b, errs)
			}
			if order := math.Log2(errs[0]/errs[2]) / 2; name == "heat" && order < 1.7 {
				t.Errorf("%s, %v: order %.2f, want 2: %.2g", name, b, order, errs)
			}
		}
	}
}

// TestConservationGradientOfFlux compares with differences, for a system in two
// dimensions between reflecting walls.
func TestConservationGradientOfFlux(t *testing.T) {
	for _, b := range []physics.Boundary{physics.Walls, physics.Cells} {
		p := of("shallow_water", &physics.ShallowWater{Gravity: 1}, physics.Grid{Points: []int{4, 5}, Extent: []float64{1, 2}, Boundary: b}, 0.1)
		wall := configs.Of[physics.Condition]{Kind: "outflow", Value: &physics.Outflow{}}
		p.Ends = []physics.Ends{{Low: wall, High: wall}, {Low: wall, High: wall}}
		l := &physics.Conservation{}
		if err := l.Init(p); err != nil {
			t.Fatal(err)
		}
		checkLawGradient(t, l, p, 3)
	}
}

func TestConservationRefuses(t *testing.T) {
	ring := physics.Grid{Points: []int{8}, Extent: []float64{1}}
	for _, c := range []struct {
		loss    physics.Conservation
		problem physics.Problem
		want    string
	}{
		{physics.Conservation{}, of("ks", &physics.KS{}, ring, 1), "declares nothing"},
		{physics.Conservation{Invariants: []string{"energy"}}, of("ks_conservative", &physics.KSConservative{}, ring, 1), `want some of ["mass"]`},
		{physics.Conservation{}, heat(physics.Walls, 8, 0.1).problem, "has no flux"},
	} {
		if err := c.loss.Init(c.problem); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.problem.Equation.Kind, err, c.want)
		}
	}
}

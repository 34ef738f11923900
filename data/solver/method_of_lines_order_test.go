package solver

import (
	"fmt"
	"math"
	"testing"

	"eddy/physics"
)

// solved is a problem between walls whose solution is known.
type solved struct {
	equation physics.Equation
	boundary physics.Boundary
	ends     []physics.Condition
	extent   float64
	time     float64
	order4   bool // images continue the solution smoothly
	exact    func(x, time float64) float64
}

// walled lists them.
var walled = map[string]solved{
	"heat, fixed": {
		&physics.Diffusion{Diffusivity: 0.1}, physics.Walls, []physics.Condition{fixed(0)}, 1, 0.5, true,
		func(x, time float64) float64 {
			return math.Exp(-0.1*squared(2*math.Pi)*time) * math.Sin(2*math.Pi*x)
		},
	},
	"heat, fixed, cells": {
		&physics.Diffusion{Diffusivity: 0.1}, physics.Cells, []physics.Condition{fixed(1), fixed(3)}, 1, 0.5, true,
		func(x, time float64) float64 {
			return 1 + 2*x + math.Exp(-0.1*squared(2*math.Pi)*time)*math.Sin(2*math.Pi*x)
		},
	},
	"heat, insulated": {
		&physics.Diffusion{Diffusivity: 0.1}, physics.Walls, []physics.Condition{sloped(0)}, 1, 0.5, true,
		func(x, time float64) float64 {
			return 1 + math.Exp(-0.1*squared(3*math.Pi)*time)*math.Cos(3*math.Pi*x)
		},
	},
	"heat, insulated, cells": {
		&physics.Diffusion{Diffusivity: 0.1}, physics.Cells, []physics.Condition{&physics.Wall{}}, 1, 0.5, true,
		func(x, time float64) float64 {
			return 1 + math.Exp(-0.1*squared(3*math.Pi)*time)*math.Cos(3*math.Pi*x)
		},
	},
	"heat, through the ends": { // u = x²/2 + ν t flows in at 1
		&physics.Diffusion{Diffusivity: 0.1}, physics.Walls, []physics.Condition{sloped(0), sloped(1)}, 1, 0.5, true,
		func(x, time float64) float64 {
			return x*x/2 + 0.1*time + math.Exp(-0.1*squared(3*math.Pi)*time)*math.Cos(3*math.Pi*x)
		},
	},
	"heat, lost to a medium": { // cos(qx) with q tan q = a/b = 2
		&physics.Diffusion{Diffusivity: 0.1}, physics.Walls,
		[]physics.Condition{sloped(0), &physics.Robin{State: []float64{1}, Slope: []float64{0.5}, Value: []float64{3}}},
		1, 0.5, false,
		func(x, time float64) float64 {
			return 3 + math.Exp(-0.1*squared(lossy)*time)*math.Cos(lossy*x)
		},
	},
	"Burgers": {
		&physics.Burgers{Convection: 1, Viscosity: 0.1}, physics.Walls, []physics.Condition{fixed(0)}, math.Pi, 0.5, true,
		func(x, time float64) float64 { return coleHopf(0.1, time)(x) },
	},
	"Burgers, reflected": {
		&physics.Burgers{Convection: 1, Viscosity: 0.1}, physics.Cells, []physics.Condition{&physics.Wall{}}, math.Pi, 0.5, true,
		func(x, time float64) float64 { return coleHopf(0.1, time)(x) },
	},
	// A front of velocity 5/√6, of which the ends see 1e-13. Ref: Ablowitz &
	// Zeppetella, Bull. Math. Biol. 41 (1979) 835.
	"reaction and diffusion": {
		&physics.FisherKPP{Diffusivity: 400, Reactivity: 1}, physics.Walls, []physics.Condition{fixed(1), fixed(0)}, 3200, 1, true,
		func(x, time float64) float64 {
			return 1 / squared(1+math.Exp((x/20-80-5/math.Sqrt(6)*time)/math.Sqrt(6)))
		},
	},
}

// lossy is the smallest positive solution of q tan q = 2.
var lossy = bisect(func(q float64) float64 { return q*math.Tan(q) - 2 }, 0.1, 1.5)

// Errors in space fall at the order of the differences.
func TestMethodOfLinesOrderInSpace(t *testing.T) {
	for name, test := range walled {
		for _, order := range []int{2, 4} {
			t.Run(fmt.Sprintf("%s/%d", name, order), func(t *testing.T) {
				var h, e []float64
				for _, n := range []int{24, 32, 48, 64, 96} {
					if test.extent > 10 { // of which the front is a small part
						n *= 6
					}
					p := between(test.equation, test.boundary, []int{n}, test.extent, test.time, test.ends...)
					at := func(time float64) []float64 {
						return sample(p.Grid, func(x float64) float64 { return test.exact(x, time) })
					}
					got := advance(t, lined(t, p, order, &RK4{}, test.steps(n)), at(0), 1)
					h, e = append(h, math.Log(p.Grid.Spacing(0))), append(e, math.Log(maxDistance(got, at(test.time))))
				}
				got, want := slope(h, e), float64(order)
				if !test.order4 {
					want = 2
				}
				t.Logf("order %.3f, error %.1e to %.1e", got, math.Exp(e[0]), math.Exp(e[len(e)-1]))
				if math.Abs(got-want) > 0.2 {
					t.Errorf("order %.3f, want %v", got, want)
				}
			})
		}
	}
}

// steps is a number of steps of RK4 that leaves no error in time.
func (s solved) steps(points int) int {
	if s.extent > 10 {
		return 100
	}
	return 20 * points
}

// Errors in time fall at the order of the integrator: beside a solution with
// very short steps on the same grid. RKC2 has a grid on which diffusion is
// stiff, so that it takes many stages.
func TestMethodOfLinesOrderInTime(t *testing.T) {
	for name, test := range map[string]struct {
		equation physics.Equation
		extent   float64
		ends     []physics.Condition
		start    func(x float64) float64
	}{
		"heat": {
			&physics.Diffusion{Diffusivity: 0.1}, 1, []physics.Condition{fixed(0)},
			func(x float64) float64 { return math.Sin(math.Pi*x) + math.Sin(2*math.Pi*x) },
		},
		"Burgers": {&physics.Burgers{Convection: 1, Viscosity: 0.5}, math.Pi, []physics.Condition{fixed(0)}, coleHopf(0.5, 0)},
		"reaction and diffusion": {
			&physics.FisherKPP{Diffusivity: 0.1, Reactivity: 2}, 1, []physics.Condition{sloped(0)},
			func(x float64) float64 { return 0.3 + 0.2*math.Cos(math.Pi*x) },
		},
		"diffusion and sorption": {
			&physics.DiffusionSorption{Diffusivity: 0.1, Porosity: 0.29, Density: 2880, Freundlich: 3.5e-4, Exponent: 0.874}, 1,
			[]physics.Condition{fixed(1), &physics.Robin{State: []float64{1}, Slope: []float64{0.2}, Value: []float64{0}}},
			func(x float64) float64 { return 1 - x/1.2 + 0.2*math.Pow(math.Sin(math.Pi*x), 5) },
		},
	} {
		for _, method := range []struct {
			Integrator
			order            float64
			points, shortest int
			substeps         []int
		}{
			{&RKC2{Stages: 1000}, 2, 129, 8192, []int{16, 32, 64, 128}},
			{&RK4{}, 4, 17, 2048, []int{64, 80, 96, 112, 128}},
		} {
			t.Run(fmt.Sprintf("%s/%T", name, method.Integrator), func(t *testing.T) {
				p := between(test.equation, physics.Walls, []int{method.points}, test.extent, 1, test.ends...)
				u := sample(p.Grid, test.start)
				reference := advance(t, lined(t, p, 2, &RK4{}, method.shortest), u, 1)
				var h, e []float64
				for _, n := range method.substeps {
					got := advance(t, lined(t, p, 2, method.Integrator, n), u, 1)
					h, e = append(h, -math.Log(float64(n))), append(e, math.Log(maxDistance(got, reference)))
				}
				got := slope(h, e)
				t.Logf("order %.3f, error %.1e to %.1e", got, math.Exp(e[0]), math.Exp(e[len(e)-1]))
				if math.Abs(got-method.order) > 0.1 {
					t.Errorf("order %.3f, want %v", got, method.order)
				}
			})
		}
	}
}

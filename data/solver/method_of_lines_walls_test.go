package solver

import (
	"math"
	"testing"

	"eddy/physics"
)

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

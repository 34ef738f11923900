package solver

import (
	"fmt"
	"math"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// TestFiniteVolumeOrder advances smooth solutions of every law: means over
// cells converge at the order of the reconstruction. Steps are so much smaller
// on finer grids that the error in time, of order 3, falls at order 5.
func TestFiniteVolumeOrder(t *testing.T) {
	type solution func(time, x, y float64) []float64
	sine := func(x float64) float64 { return 0.5 + 0.25*math.Sin(2*math.Pi*x) }
	for _, test := range []struct {
		name   string
		law    physics.ConservationLaw
		dims   int
		extent float64
		time   float64
		cfl    float64 // on the coarsest grid
		points map[string][]int
		exact  solution
	}{
		{"advection", &physics.Advection{Velocity: []float64{1}}, 1, 1, 0.5, 0.4,
			map[string][]int{"muscl": {64, 128, 256, 512}, "weno5": {16, 24, 32, 48, 64}},
			func(time, x, _ float64) []float64 { return []float64{sine(x - time)} }},
		{"advection at 45°", &physics.Advection{Velocity: []float64{1, 1}}, 2, 1, 0.1, 0.4,
			map[string][]int{"muscl": {32, 48, 64, 96}, "weno5": {16, 24, 32, 48}},
			func(time, x, y float64) []float64 {
				return []float64{sine(x-time) * sine(y-time)}
			}},
		// The wave breaks at time 1/(2π·0.25) = 0.64.
		{"Burgers", &physics.Burgers{Convection: 1}, 1, 1, 0.2, 0.4,
			map[string][]int{"muscl": {64, 128, 256, 512}, "weno5": {32, 48, 64, 96, 128}},
			func(time, x, _ float64) []float64 { return []float64{breaking(sine, time, x)} }},
		{"shallow water", &physics.ShallowWater{Gravity: 1}, 1, 1, 0.1, 0.4,
			map[string][]int{"muscl": {64, 128, 256, 512}, "weno5": {32, 48, 64, 96, 128}},
			func(time, x, _ float64) []float64 { return simpleWave(sine, time, x) }},
		{"Burgers at 45°", &physics.Burgers{Convection: 1}, 2, 1, 0.05, 0.25,
			map[string][]int{"muscl": {32, 40, 48, 64}, "weno5": {32, 40, 48, 64}},
			func(time, x, y float64) []float64 {
				// u = v = w(x + y): w_t + 2 w w_ξ = 0.
				w := breaking(sine, 2*time, x+y)
				return []float64{w, w}
			}},
		// The vortex has so many extrema that MUSCL is at 1.8 on 256 points.
		{"vortex", &physics.Euler{Gamma: 1.4}, 2, 12, 0.04, 0.5,
			map[string][]int{"weno5": {80, 96, 112, 128}}, vortex},
	} {
		for kind, points := range test.points {
			t.Run(fmt.Sprintf("%s/%s", test.name, kind), func(t *testing.T) {
				want := map[string]float64{"muscl": 2, "weno5": 5}[kind]
				r, err := configs.New[Reconstruction](kind)
				if err != nil {
					t.Fatal(err)
				}
				var errors []float64
				for _, n := range points {
					p := lawOn(test.law, test.dims, n, test.extent, test.time, nil)
					at := func(time float64) []float64 {
						return means(p.Grid, func(x, y float64) []float64 { return test.exact(time, x, y) })
					}
					cfl := test.cfl
					if kind == "weno5" {
						cfl *= math.Pow(float64(points[0])/float64(n), 2./3)
					}
					u := advance(t, finite(t, p, r, cfl), at(0), 1)
					errors = append(errors, meanDistance(u, at(test.time)))
				}
				got := order(points, errors)
				t.Logf("order %.2f, error %.1e to %.1e", got, errors[0], errors[len(errors)-1])
				if math.Abs(got-want) > 0.2 {
					t.Errorf("order %.2f, want %v; errors %.2g", got, want, errors)
				}
			})
		}
	}
}

// breaking solves u_t + u u_x = 0 from u(x, 0) = f(x), before waves break: u is
// constant along x = x₀ + u t.
func breaking(f func(x float64) float64, time, x float64) float64 {
	low, high := x-2*time, x // of x₀; the speeds are in (0, 2)
	for range 60 {
		middle := (low + high) / 2
		if middle+f(middle)*time < x {
			low = middle
		} else {
			high = middle
		}
	}
	return f((low + high) / 2)
}

// simpleWave solves the shallow water equations with g = 1 by a wave that goes
// to the right: v − 2√h = −1 everywhere, so that λ = v + √h = 3√h − 1 obeys
// λ_t + λ λ_x = 0.
func simpleWave(f func(x float64) float64, time, x float64) []float64 {
	c := (breaking(f, time, x) + 1) / 3
	return []float64{c * c, c * c * (2*c - 1)}
}

// vortex is carried by a wind of (1, 1) from the middle of a box of length 12,
// at γ = 1.4, unchanged. It is weak enough that e^(−18) at the ends of the box
// is none.
//
// Ref: Shu, Essentially non-oscillatory schemes, NASA/CR-97-206253 (1997), §4.
func vortex(time, x, y float64) []float64 {
	const gamma, strength = 1.4, 5.0
	x, y = x-6-time, y-6-time
	around := strength / (2 * math.Pi) * math.Exp((1-x*x-y*y)/2)
	temperature := 1 - (gamma-1)/(2*gamma)*around*around
	density := math.Pow(temperature, 1/(gamma-1))
	u, v := 1-around*y, 1+around*x
	return []float64{density, density * u, density * v, density*temperature/(gamma-1) + density*(u*u+v*v)/2}
}

// TestFiniteVolumeOrderInTime halves the steps on one grid, where every law
// converges at order 3 to what steps that are much shorter give.
func TestFiniteVolumeOrderInTime(t *testing.T) {
	for _, law := range laws {
		if law.Channels(1) == 0 {
			continue
		}
		p := lawOn(law, 1, 32, 1, 0.1, nil)
		u := random(t, law, p, 1)
		p.Dt = 3.2 / courant(t, law, p.Grid, u)
		with := func(substeps int) []float64 {
			s, err := (&FiniteVolume{configs.Of[Reconstruction]{Value: &WENO5{}}, 1, substeps, 1e4}).Stepper(p)
			if err != nil {
				t.Fatal(err)
			}
			return advance(t, s, u, 1)
		}
		truth := with(2048)
		substeps := []int{16, 32, 64, 128}
		var errors []float64
		for _, n := range substeps {
			errors = append(errors, meanDistance(with(n), truth))
		}
		got := order(substeps, errors)
		t.Logf("%T: order %.2f, error %.1e to %.1e", law, got, errors[0], errors[len(errors)-1])
		if math.Abs(got-3) > 0.1 {
			t.Errorf("%T: order %.2f, want 3", law, got)
		}
	}
}

// TestDiffusionOrder lets waves decay, as central differences of order 4 have
// it.
func TestDiffusionOrder(t *testing.T) {
	points := []int{12, 16, 24, 32}
	for dims := 1; dims <= 2; dims++ {
		var errors []float64
		for _, n := range points {
			p := lawOn(&physics.Burgers{Viscosity: 0.1}, dims, n, 1, 0.1, nil)
			at := func(time float64) []float64 {
				return means(p.Grid, func(x, y float64) []float64 {
					a := math.Exp(-0.1*4*math.Pi*math.Pi*time) * math.Sin(2*math.Pi*x)
					return []float64{a, a}[:dims]
				})
			}
			errors = append(errors, meanDistance(advance(t, finite(t, p, &WENO5{}, 0.4), at(0), 1), at(0.1)))
		}
		if got := order(points, errors); math.Abs(got-4) > 0.2 {
			t.Errorf("order %.2f in %d dimensions, want 4; errors %.2g", got, dims, errors)
		}
	}
}

// Viscous fronts of Burgers' equation are the exact ones of Cole and Hopf.
func TestViscousFronts(t *testing.T) {
	law := &physics.Burgers{Convection: 1, Viscosity: 0.1}
	p := lawOn(law, 1, 256, 2*math.Pi, 1.5, nil)
	f := func(time float64) []float64 {
		return means(p.Grid, func(x, _ float64) []float64 { return []float64{coleHopf(0.1, time)(x)} })
	}
	if d := maxDistance(advance(t, finite(t, p, &WENO5{}, 0.4), f(0), 1), f(1.5)); d > 1e-5 {
		t.Errorf("differs from the exact solution by %.1e", d)
	}
}

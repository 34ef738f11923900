package solver

import (
	"fmt"
	"math"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// gas is a state of one-dimensional flow: density, velocity, pressure.
type gas struct{ density, velocity, pressure float64 }

const gamma = 1.4

func (g gas) sound() float64 { return math.Sqrt(gamma * g.pressure / g.density) }

func (g gas) conserved() []float64 {
	return []float64{g.density, g.density * g.velocity, g.pressure/(gamma-1) + g.density*g.velocity*g.velocity/2}
}

// wave is the change of velocity across the wave between a side and a
// pressure p: a shock or a rarefaction.
func (g gas) wave(p float64) float64 {
	if p > g.pressure {
		a, b := 2/((gamma+1)*g.density), (gamma-1)/(gamma+1)*g.pressure
		return (p - g.pressure) * math.Sqrt(a/(p+b))
	}
	return 2 * g.sound() / (gamma - 1) * (math.Pow(p/g.pressure, (gamma-1)/(2*gamma)) - 1)
}

// riemannGas is the exact solution at x/t of the Euler equations from two states
// that meet at x = 0.
//
// Ref: Toro, Riemann Solvers and Numerical Methods for Fluid Dynamics (2009), §4.
func riemannGas(left, right gas, at float64) gas {
	star := bisect(func(p float64) float64 {
		return left.wave(p) + right.wave(p) + right.velocity - left.velocity
	}, 1e-9, 1e3)
	velocity := (left.velocity + right.velocity + right.wave(star) - left.wave(star)) / 2
	if at > velocity { // seen from the other side
		m := right.behind(star, -velocity, -at, -1)
		return m
	}
	return left.behind(star, velocity, at, 1)
}

// behind is the state at x/t on one side of the contact. Seen from the right
// side, sign is −1 and all velocities are turned round.
func (g gas) behind(p, velocity, at, sign float64) gas {
	g.velocity *= sign
	c, ratio := g.sound(), p/g.pressure
	density := g.density * math.Pow(ratio, 1/gamma)
	head, tail := g.velocity-c, velocity-c*math.Pow(ratio, (gamma-1)/(2*gamma))
	if ratio > 1 {
		const k = (gamma - 1) / (gamma + 1)
		density = g.density * (ratio + k) / (k*ratio + 1)
		head = g.velocity - c*math.Sqrt((gamma+1)/(2*gamma)*ratio+(gamma-1)/(2*gamma))
		tail = head
	}
	switch {
	case at < head:
	case at > tail:
		g = gas{density, velocity, p}
	default: // within the rarefaction
		u := 2 / (gamma + 1) * (c + (gamma-1)/2*g.velocity + at)
		f := (u - at) / c
		g = gas{g.density * math.Pow(f, 2/(gamma-1)), u, g.pressure * math.Pow(f, 2*gamma/(gamma-1))}
	}
	g.velocity *= sign
	return g
}

// bisect finds the zero of an increasing function.
func bisect(f func(x float64) float64, low, high float64) float64 {
	for range 100 {
		if middle := (low + high) / 2; f(middle) < 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// damBreak is the exact solution at x/t, with g = 1, from still water of the
// depths deep on the left of x = 0 and shallow on its right: a rarefaction, a
// plateau and a bore.
//
// Ref: Stoker, Water Waves (1957), §10.8.
func damBreak(deep, shallow, at float64) []float64 {
	behind := func(h float64) float64 { // minus the velocity behind the bore, plus that at the end of the rarefaction
		return (h-shallow)*math.Sqrt((h+shallow)/(2*h*shallow)) - 2*(math.Sqrt(deep)-math.Sqrt(h))
	}
	h := bisect(behind, shallow, deep)
	v := 2 * (math.Sqrt(deep) - math.Sqrt(h))
	switch bore := h * v / (h - shallow); {
	case at > bore:
		return []float64{shallow, 0}
	case at > v-math.Sqrt(h):
		return []float64{h, h * v}
	case at > -math.Sqrt(deep):
		c := (2*math.Sqrt(deep) - at) / 3
		return []float64{c * c, c * c * (at + c)}
	default:
		return []float64{deep, 0}
	}
}

// TestRiemannProblems compares with exact solutions of discontinuous states.
// The mean error falls at order 2/3 or more at a contact, 1 at a shock.
func TestRiemannProblems(t *testing.T) {
	sod := func(at float64) []float64 {
		return riemannGas(gas{1, 0, 1}, gas{0.125, 0, 0.1}, at).conserved()
	}
	for _, test := range []struct {
		name  string
		law   physics.ConservationLaw
		time  float64
		exact func(at float64) []float64
	}{
		{"Sod's shock tube", &physics.Euler{Gamma: gamma}, 0.2, sod},
		{"two rarefactions", &physics.Euler{Gamma: gamma}, 0.15, func(at float64) []float64 {
			return riemannGas(gas{1, -1, 0.4}, gas{1, 1, 0.4}, at).conserved()
		}},
		{"Lax's shock tube", &physics.Euler{Gamma: gamma}, 0.13, func(at float64) []float64 {
			return riemannGas(gas{0.445, 0.698, 3.528}, gas{0.5, 0, 0.571}, at).conserved()
		}},
		{"dam break", &physics.ShallowWater{Gravity: 1}, 0.25, func(at float64) []float64 { return damBreak(1, 0.2, at) }},
		{"shock of Burgers", &physics.Burgers{Convection: 1}, 0.4, func(at float64) []float64 {
			if at < 0.5 {
				return []float64{1}
			}
			return []float64{0}
		}},
		{"rarefaction of Burgers", &physics.Burgers{Convection: 1}, 0.3, func(at float64) []float64 {
			return []float64{max(-1, min(1, at))}
		}},
	} {
		for _, kind := range configs.Kinds[Reconstruction]() {
			t.Run(fmt.Sprintf("%s/%s", test.name, kind), func(t *testing.T) {
				r, err := configs.New[Reconstruction](kind)
				if err != nil {
					t.Fatal(err)
				}
				points := []int{50, 100, 200, 400}
				var errors []float64
				for _, n := range points {
					p := lawOn(test.law, 1, n, 1, test.time, &physics.Outflow{})
					at := func(time float64) []float64 {
						return means(p.Grid, func(x, _ float64) []float64 { return test.exact((x - 0.5) / time) })
					}
					u := advance(t, finite(t, p, r, 0.4), at(1e-9), 1)
					errors = append(errors, meanDistance(u, at(test.time)))
				}
				got := order(points, errors)
				t.Logf("order %.2f, error %.1e to %.1e", got, errors[0], errors[len(errors)-1])
				if got < 0.65 || errors[3] > 0.02 {
					t.Errorf("order %.2f, errors %.2g", got, errors)
				}
			})
		}
	}
}

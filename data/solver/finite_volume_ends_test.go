package solver

import (
	"math"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Between walls, a solution is half of a periodic one that is symmetric.
func TestWallsAreMirrors(t *testing.T) {
	eachVolume(t, func(law physics.ConservationLaw, r Reconstruction, dims int) {
		oriented, ok := law.(physics.Oriented)
		if !ok || dims > 1 {
			return
		}
		p, u := rough(law, 1, 32, &physics.Wall{})
		both, channels := slices.Clone(u), p.Channels()
		for i := len(u) - channels; i >= 0; i -= channels {
			image := slices.Clone(u[i : i+channels])
			for c, component := range oriented.Components(1) {
				if component == 0 {
					image[c] = -image[c]
				}
			}
			both = append(both, image...)
		}
		got := advance(t, finite(t, p, r, 0.4), u, 5)
		want := advance(t, finite(t, lawOn(law, 1, 64, 2, p.Dt, nil), r, 0.4), both, 5)
		if d := maxDistance(got, want[:len(got)]); d > 1e-12 {
			t.Errorf("%T, %v: differs from the mirrored solution by %.1e", law, r, d)
		}
	})
}

// With diffusion alone, u = x is at rest between a value at one end and a slope
// at the other, or values at both.
func TestValuesAndSlopesAtEnds(t *testing.T) {
	for _, r := range []Reconstruction{limited(t, "mc"), &WENO5{}} {
		for _, high := range []physics.Condition{&physics.Neumann{Slope: []float64{1}}, &physics.Dirichlet{Value: []float64{1}}} {
			p := lawOn(&physics.Burgers{Viscosity: 0.1}, 1, 20, 1, 1, &physics.Dirichlet{Value: []float64{0}})
			p.Ends[0].High.Value = high
			s := finite(t, p, r, 0.4)
			u := sample(p.Grid, func(x float64) float64 { return x })
			if d := maxDistance(advance(t, s, u, 2), u); d > 1e-13 {
				t.Errorf("%v, %T: a straight line moves by %.1e", r, high, d)
			}
			zero := make([]float64, len(u))
			if d := maxDistance(advance(t, s, zero, 60), u); d > 1e-6 { // exp(−0.1 (π/2)² 60) = 4e-7
				t.Errorf("%v, %T: after a long time %.1e from a straight line", r, high, d)
			}
		}
	}
}

// A shape enters at an end that holds its value, and leaves through the other.
func TestInflowAndOutflow(t *testing.T) {
	for _, r := range []Reconstruction{limited(t, "mc"), &WENO5{}} {
		p := lawOn(&physics.Advection{Velocity: []float64{1}}, 1, 40, 1, 0.5, &physics.Outflow{})
		p.Ends[0].Low = configs.Of[physics.Condition]{Kind: "dirichlet", Value: &physics.Dirichlet{Value: []float64{2}}}
		u := advance(t, finite(t, p, r, 0.4), make([]float64, 40), 1)
		if math.Abs(u[0]-2) > 1e-3 || math.Abs(u[39]) > 1e-3 || math.Abs(totals(u, 1)[0]/40-1) > 0.02 {
			t.Errorf("%v: a front of height 2 from x = 0 to 0.5 is %.3v", r, u)
		}
		u = advance(t, finite(t, p, r, 0.4), u, 4)
		if d := maxDistance(u, slices.Repeat([]float64{2}, 40)); d > 1e-6 {
			t.Errorf("%v: %.1e is left when the front has gone", r, d)
		}
	}
}

// A hump of water leaves a box with open ends; what comes back is small.
func TestWavesLeave(t *testing.T) {
	for _, r := range []Reconstruction{limited(t, "mc"), &WENO5{}} {
		p := lawOn(&physics.ShallowWater{Gravity: 1}, 1, 80, 1, 1, &physics.Outflow{})
		hump := means(p.Grid, func(x, _ float64) []float64 {
			return []float64{1 + 0.2*math.Exp(-100*(x-0.5)*(x-0.5)), 0}
		})
		u := advance(t, finite(t, p, r, 0.4), hump, 2)
		for i, v := range u {
			u[i] = v - float64(1-i%2)
		}
		if d := maxDistance(u, make([]float64, len(u))); d > 2e-3 {
			t.Errorf("%v: a hump of 0.2 leaves %.1e", r, d)
		}
	}
}

// Ends may differ: the same flow, mirrored, with its ends exchanged.
func TestEndsAreMirrored(t *testing.T) {
	p, u := rough(&physics.Euler{Gamma: gamma}, 1, 30, &physics.Wall{})
	p.Ends[0].High.Value = &physics.Outflow{}
	q := p
	q.Ends = []physics.Ends{{Low: p.Ends[0].High, High: p.Ends[0].Low}}
	mirrored := func(u []float64) []float64 {
		v := make([]float64, len(u))
		for i := range 30 {
			v[3*i], v[3*i+1], v[3*i+2] = u[3*(29-i)], -u[3*(29-i)+1], u[3*(29-i)+2]
		}
		return v
	}
	a, b := advance(t, finite(t, p, &WENO5{}, 0.4), u, 5), advance(t, finite(t, q, &WENO5{}, 0.4), mirrored(u), 5)
	if d := maxDistance(a, mirrored(b)); d > 1e-12 {
		t.Errorf("differs by %.1e", d)
	}
}

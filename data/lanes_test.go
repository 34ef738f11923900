package data

import (
	"math"
	"testing"
)

// lane is the one that the tests of single fields use; the others hold NaN,
// which must not come near it.
const lane = 5

// inLane returns values [n] as [n][lanes].
func inLane(u []float64) []float64 {
	v := make([]float64, len(u)*lanes)
	for i := range v {
		if v[i] = math.NaN(); i%lanes == lane {
			v[i] = u[i/lanes]
		}
	}
	return v
}

// ofLane undoes inLane.
func ofLane(v []float64) []float64 {
	u := make([]float64, len(v)/lanes)
	for i := range u {
		u[i] = v[i*lanes+lane]
	}
	return u
}

// lanesOf returns complex numbers [n] as [n][2][lanes].
func lanesOf(c []complex128) []float64 {
	parts := make([]float64, 2*len(c))
	for i, z := range c {
		parts[2*i], parts[2*i+1] = real(z), imag(z)
	}
	return inLane(parts)
}

// complexOf undoes lanesOf.
func complexOf(v []float64) []complex128 {
	parts := ofLane(v)
	c := make([]complex128, len(parts)/2)
	for i := range c {
		c[i] = complex(parts[2*i], parts[2*i+1])
	}
	return c
}

// seriesOf returns the coefficients [modes] of values [N…].
func (s *spectral) seriesOf(u []float64) []complex128 {
	c := make([]float64, s.modes*pair)
	s.analyze(c, inLane(u))
	return complexOf(c)
}

// valuesOf returns the values [N…] of coefficients [modes].
func (s *spectral) valuesOf(c []complex128) []float64 {
	u := make([]float64, s.grid.Size()*lanes)
	s.synthesize(u, lanesOf(c))
	return ofLane(u)
}

// of returns N(u), both [C][modes].
func (n *nonlinear) of(u ...[]complex128) [][]complex128 {
	var dst [][]float64
	for c := range u {
		copy(n.bases[c].series, lanesOf(u[c]))
		dst = append(dst, make([]float64, n.active*pair))
	}
	n.evaluate(dst, true)
	var values [][]complex128
	for c := range dst {
		values = append(values, append(complexOf(dst[c]), make([]complex128, n.space.modes-n.active)...))
	}
	return values
}

// States go into lanes and come back, channel by channel.
func TestPacking(t *testing.T) {
	for channels := 1; channels <= 3; channels++ {
		testPacking(t, 6, channels)
	}
}

func testPacking(t *testing.T, size, channels int) {
	p := newPacking(size, channels)
	for l := range lanes {
		for i := range p.state(l) {
			p.state(l)[i] = float64(100*l + i)
		}
	}
	p.enter()
	for c := range channels {
		p.load(c)
		for i := range size {
			for l := range lanes {
				if want := float64(100*l + i*channels + c); p.grid[i*lanes+l] != want {
					t.Fatalf("channel %d, pair %d, lane %d: %v, want %v", c, i, l, p.grid[i*lanes+l], want)
				}
				p.grid[i*lanes+l]++
			}
		}
		p.store(c)
	}
	p.leave()
	for l := range lanes {
		for i, v := range p.state(l) {
			if want := float64(100*l + i + 1); v != want {
				t.Fatalf("lane %d: number %d is %v, want %v", l, i, v, want)
			}
		}
	}
}

package solver

import (
	"math"

	"eddy/data/fourier"
)

// lane is the one that the tests of single fields use; the others hold NaN,
// which must not come near it.
const lane = 5

// inLane returns values [n] as [n][lanes].
func inLane(u []float64) []float64 {
	v := make([]float64, len(u)*fourier.Lanes)
	for i := range v {
		if v[i] = math.NaN(); i%fourier.Lanes == lane {
			v[i] = u[i/fourier.Lanes]
		}
	}
	return v
}

// ofLane undoes inLane.
func ofLane(v []float64) []float64 {
	u := make([]float64, len(v)/fourier.Lanes)
	for i := range u {
		u[i] = v[i*fourier.Lanes+lane]
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
func seriesOf(s *fourier.Series, u []float64) []complex128 {
	c := make([]float64, s.Modes*fourier.Pair)
	s.Analyze(c, inLane(u))
	return complexOf(c)
}

// valuesOf returns the values [N…] of coefficients [modes].
func valuesOf(s *fourier.Series, c []complex128) []float64 {
	u := make([]float64, s.Grid.Size()*fourier.Lanes)
	s.Synthesize(u, lanesOf(c))
	return ofLane(u)
}

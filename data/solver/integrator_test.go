package solver

import (
	"math"
	"math/cmplx"
	"testing"
)

// The stability polynomial is at most 1 where the integrator says that it is,
// with about as few stages as in the paper.
func TestRKC2IsStable(t *testing.T) {
	for _, real := range []float64{0.1, 3, 30, 300, 3000} {
		for _, ratio := range []float64{0, 0.01, 0.1, 0.4} {
			c, err := (&RKC2{Stages: 1000}).choose(1, Spectrum{Real: real, Imag: math.Sqrt(ratio * real), Ratio: ratio})
			if err != nil {
				t.Errorf("diffusion %v, ratio %v: %v", real, ratio, err)
				continue
			}
			if real == 3000 && ratio == 0 && math.Abs(float64(c.stages)-math.Sqrt(1.54*real)) > 2 {
				t.Errorf("%d stages for a diffusion of 3000, want √(1.54·3000) = 68 as in the paper", c.stages)
			}
			// Step on u_t = z u gives the stability polynomial.
			for i := range 100 {
				angle := math.Pi * float64(i) / 100
				z := complex(-real/2*(1-math.Cos(angle)), math.Sqrt(ratio*real)*math.Sin(angle))
				u := []float64{1, 0}
				if err := (&RKC2{Stages: 1000}).Step(u, 1, rotation{z, Spectrum{real, 0, ratio}}, scratchOf(4, 2)); err != nil {
					t.Fatal(err)
				}
				if growth := math.Hypot(u[0], u[1]); growth > 1+1e-9 {
					t.Errorf("diffusion %v, ratio %v: waves grow by %v at %v", real, ratio, growth, z)
				}
			}
		}
	}
}

// rotation is u_t = z u for a complex u.
type rotation struct {
	z        complex128
	spectrum Spectrum
}

func (r rotation) Rate(dst, u []float64) {
	v := r.z * complex(u[0], u[1])
	dst[0], dst[1] = real(v), imag(v)
}

func (r rotation) Spectrum([]float64) Spectrum { return r.spectrum }

func scratchOf(vectors, length int) [][]float64 {
	all := make([][]float64, vectors)
	for i := range all {
		all[i] = make([]float64, length)
	}
	return all
}

func TestRK4IsExponential(t *testing.T) {
	z := complex(-0.2, 0.3)
	u := []float64{1, 0}
	if err := (&RK4{}).Step(u, 1, rotation{z, Spectrum{Real: 0.4, Imag: 0.3}}, scratchOf(3, 2)); err != nil {
		t.Fatal(err)
	}
	if d := cmplx.Abs(complex(u[0], u[1]) - cmplx.Exp(z)); d > 1e-4 { // |z|⁵/120 = 5e-5
		t.Errorf("error %.1e", d)
	}
}

package data

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/dsp/fourier"
)

// lengths has every radix, products of them, primes, and twice a prime.
var lengths = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 25, 27, 30, 45, 60, 64, 80, 97, 100, 101, 128, 160, 194, 210, 243, 255, 256, 257, 360, 1000}

func TestFFTAgreesWithGonum(t *testing.T) {
	for _, n := range lengths {
		rng := rand.New(rand.NewPCG(1, uint64(n)))
		x := make([]complex128, n)
		for j := range x {
			x[j] = complex(rng.NormFloat64(), rng.NormFloat64())
		}
		want := fourier.NewCmplxFFT(n).Coefficients(nil, x)
		got := append([]complex128{}, x...)
		f := newFFT(n)
		f.transform(got)
		if d := farthest(got, want); d > fftTolerance(n) {
			t.Errorf("n = %d: differs by %.1e", n, d)
		}
		f.inverse(got)
		for j := range got {
			got[j] /= complex(float64(n), 0)
		}
		if d := farthest(got, x); d > fftTolerance(n) {
			t.Errorf("n = %d: there and back differs by %.1e", n, d)
		}
	}
}

func TestRealFFTAgreesWithGonum(t *testing.T) {
	for _, n := range lengths {
		rng := rand.New(rand.NewPCG(2, uint64(n)))
		x := make([]float64, n)
		for j := range x {
			x[j] = rng.NormFloat64()
		}
		want := fourier.NewFFT(n).Coefficients(nil, x)
		for k := range want {
			want[k] /= complex(float64(n), 0)
		}
		f := newRealFFT(n)
		got := make([]complex128, n/2+1)
		f.forward(got, x)
		if d := farthest(got, want); d > fftTolerance(n) {
			t.Errorf("n = %d: differs by %.1e", n, d)
		}
		back := make([]float64, n)
		f.inverse(back, got)
		if d := maxDistance(back, x); d > fftTolerance(n) {
			t.Errorf("n = %d: there and back differs by %.1e", n, d)
		}
	}
}

// fftTolerance bounds the error of numbers of size √n after O(log n) passes,
// each of relative error 2⁻⁵³ or so.
func fftTolerance(n int) float64 {
	return 2e-15 * math.Sqrt(float64(n)) * (1 + math.Log2(float64(n)))
}

func farthest(a, b []complex128) float64 {
	d := 0.0
	for i := range a {
		d = max(d, cmplx.Abs(a[i]-b[i]))
	}
	return d
}

func maxDistance(a, b []float64) float64 {
	d := 0.0
	for i := range a {
		d = max(d, math.Abs(a[i]-b[i]))
	}
	return d
}

func BenchmarkRealFFT(b *testing.B) {
	for _, n := range []int{64, 160, 256, 1024} {
		x, c := make([]float64, n), make([]complex128, n/2+1)
		f := newRealFFT(n)
		b.Run(fmt.Sprint("forward/", n), func(b *testing.B) {
			for b.Loop() {
				f.forward(c, x)
			}
		})
		b.Run(fmt.Sprint("inverse/", n), func(b *testing.B) {
			for b.Loop() {
				f.inverse(x, c)
			}
		})
		g := fourier.NewFFT(n)
		b.Run(fmt.Sprint("gonum/", n), func(b *testing.B) {
			for b.Loop() {
				g.Coefficients(c, x)
			}
		})
	}
}

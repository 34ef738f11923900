package fourier

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
		const gap = 3
		wide, stride := make([]float64, n*(Pair+gap)), Pair+gap
		for j, v := range lanesOf(x) {
			wide[j/Pair*stride+j%Pair] = v
		}
		of := func(wide []float64) []complex128 {
			dense := make([]float64, n*Pair)
			for j := range dense {
				dense[j] = wide[j/Pair*stride+j%Pair]
			}
			return complexOf(dense)
		}
		f := NewFFT(n)
		f.Forward(wide, stride)
		if d := farthest(of(wide), want); !(d <= fftTolerance(n)) {
			t.Errorf("n = %d: differs by %.1e", n, d)
		}
		f.Inverse(wide, stride)
		got := of(wide)
		for j := range got {
			got[j] /= complex(float64(n), 0)
		}
		if d := farthest(got, x); !(d <= fftTolerance(n)) {
			t.Errorf("n = %d: there and back differs by %.1e", n, d)
		}
	}
}

// The transform of real values, of which the first coefficients are wanted,
// and of coefficients of which the first are not zero.
func TestRealFFTAgreesWithGonum(t *testing.T) {
	for _, n := range lengths {
		rng := rand.New(rand.NewPCG(2, uint64(n)))
		x := make([]float64, n)
		for j := range x {
			x[j] = rng.NormFloat64()
		}
		g := fourier.NewFFT(n)
		want := g.Coefficients(nil, x)
		for k := range want {
			want[k] /= complex(float64(n), 0)
		}
		f := NewRealFFT(n)
		for held := 1; held <= n/2+1; held += 1 + n/50 {
			c, values := make([]float64, held*Pair), inLane(x)
			f.Forward(c, values, 1/float64(n))
			if d := farthest(complexOf(c), want[:held]); !(d <= fftTolerance(n)) {
				t.Errorf("n = %d, %d coefficients: differs by %.1e", n, held, d)
			}
			short := append(append([]complex128{}, want[:held]...), make([]complex128, n/2+1-held)...)
			back := make([]float64, n*Lanes)
			f.Inverse(back, lanesOf(want[:held]))
			if d := maxDistance(ofLane(back), g.Sequence(nil, short)); !(d <= fftTolerance(n)) {
				t.Errorf("n = %d: values of %d coefficients differ by %.1e", n, held, d)
			}
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
		x, c := make([]float64, n*Lanes), make([]float64, (n/2+1)*Pair)
		f := NewRealFFT(n)
		b.Run(fmt.Sprint("forward/", n), func(b *testing.B) {
			for b.Loop() {
				f.Forward(c, x, 1)
			}
		})
		b.Run(fmt.Sprint("inverse/", n), func(b *testing.B) {
			for b.Loop() {
				f.Inverse(x, c)
			}
		})
		g, u, d := fourier.NewFFT(n), make([]float64, n), make([]complex128, n/2+1)
		b.Run(fmt.Sprint("gonum/", n), func(b *testing.B) {
			for b.Loop() {
				g.Coefficients(d, u)
			}
		})
	}
}

package kernel

import (
	"math"
	"math/cmplx"
	"testing"

	"gonum.org/v1/gonum/dsp/fourier"
)

func TestFFT(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testFFT[float32], testFFT[float64]) })
}

func testFFT[T Float](t *testing.T) {
	for _, n := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 21, 25, 27, 32, 49, 60, 64, 97, 100, 128, 160, 256, 1000, 1024} {
		for _, lanes := range []int{1, 3, 8, 16, 19} {
			if n > 100 && lanes != 8 && lanes != 19 {
				continue
			}
			for _, gap := range []int{0, 5} {
				f := NewFFT[T](n, lanes)
				stride := 2*lanes + gap
				all, x := guard[T]((n-1)*stride + 2*lanes)
				for j := range n {
					fill(x[j*stride:][:2*lanes], uint64(j))
				}
				before := append([]T(nil), x...)
				f.Forward(x, stride)
				compareFFT(t, n, lanes, stride, before, x)
				f.Inverse(x, stride)
				for i := range x {
					if before[i] == guardValue && x[i] != guardValue {
						t.Fatalf("n = %d, lanes = %d: written between points", n, lanes)
					}
					if before[i] != guardValue && !near[T](float64(x[i])/float64(n), float64(before[i]), 1) {
						t.Fatalf("n = %d, lanes = %d: round trip of %v gives %v", n, lanes, before[i], x[i]/T(n))
					}
				}
				checkGuard(t, "FFT", all)
			}
		}
	}
}

// compareFFT holds the first and last lane against gonum.
func compareFFT[T Float](t *testing.T, n, lanes, stride int, x, got []T) {
	t.Helper()
	for _, l := range []int{0, lanes - 1} {
		in := make([]complex128, n)
		for j := range in {
			in[j] = complex(float64(x[j*stride+l]), float64(x[j*stride+lanes+l]))
		}
		for k, want := range fourier.NewCmplxFFT(n).Coefficients(nil, in) {
			z := complex(float64(got[k*stride+l]), float64(got[k*stride+lanes+l]))
			if !(cmplx.Abs(z-want) <= 2*epsilon[T]()*math.Sqrt(float64(n))) {
				t.Fatalf("n = %d, lanes = %d: coefficient %d of lane %d is %v, want %v", n, lanes, k, l, z, want)
			}
		}
	}
}

// Two axes: rows and columns of an array transform a plane wave into one mode.
func TestFFTPlane(t *testing.T) {
	const ny, nx, lanes = 12, 20, 8
	x := make([]float64, ny*nx*2*lanes)
	for i := range ny {
		for j := range nx {
			s, c := math.Sincos(2 * math.Pi * (3*float64(i)/ny + 7*float64(j)/nx))
			for l := range lanes {
				x[(i*nx+j)*2*lanes+l], x[(i*nx+j)*2*lanes+lanes+l] = c, s
			}
		}
	}
	rows, columns := NewFFT[float64](nx, lanes), NewFFT[float64](ny, lanes)
	for i := range ny {
		rows.Forward(x[i*nx*2*lanes:], 2*lanes)
	}
	for j := range nx {
		columns.Forward(x[j*2*lanes:], nx*2*lanes)
	}
	for i := range ny {
		for j := range nx {
			want := 0.0
			if i == 3 && j == 7 {
				want = ny * nx
			}
			for l := range lanes {
				at := (i*nx+j)*2*lanes + l
				if math.Abs(x[at]-want) > 1e-11 || math.Abs(x[at+lanes]) > 1e-11 {
					t.Fatalf("mode %d, %d: %v + %vi, want %v", i, j, x[at], x[at+lanes], want)
				}
			}
		}
	}
}

func TestFFTNaN(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		const n, lanes = 20, 8
		x := make([]float64, n*2*lanes)
		x[7*2*lanes+3] = math.NaN()
		NewFFT[float64](n, lanes).Forward(x, 2*lanes)
		for k := range n {
			for l := range lanes {
				if z := x[k*2*lanes+l]; (z != z) != (l == 3) {
					t.Fatalf("NaN in lane 3 gives %v in lane %d", z, l)
				}
			}
		}
	})
}

func TestFFTAllocs(t *testing.T) {
	f := NewFFT[float32](60, 19)
	x := make([]float32, 60*38)
	if a := testing.AllocsPerRun(10, func() { f.Forward(x, 38) }); a != 0 {
		t.Errorf("Forward allocates %v times", a)
	}
}

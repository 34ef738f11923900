package graph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"eddy/internal/kernel"
)

// lines makes both transforms of a line.
func lines[T kernel.Float](n, m int) map[string]line[T] {
	return map[string]line[T]{"products": newLineDFT[T](n, m, 3*n), "fft": newLineFFT[T](n, m, 3*n)}
}

// lineWork is the space for a line of c channels.
func lineWork[T kernel.Float](n, c int) *work[T] {
	return &work[T]{e: make([]T, 2*n*c), o: make([]T, 2*n*c), p: make([]T, 2*n*c), q: make([]T, 2*n*c), plans: map[[2]int]*kernel.FFT[T]{}}
}

// BenchmarkDFT is where fftPays comes from: a line of 64 channels there and
// back, by products and by fast transforms.
func BenchmarkDFT(b *testing.B) {
	for _, n := range []int{64, 256, 1024, 4096} {
		for _, m := range []int{8, 16, 32, 64} {
			if m > n/2 {
				continue
			}
			for name, l := range lines[float32](n, m) {
				b.Run(fmt.Sprintf("%d/%d/%s", n, m, name), func(b *testing.B) {
					const c = 64
					w, rng := lineWork[float32](n, c), rand.New(rand.NewPCG(1, 2))
					x, modes := random[float32](rng, n*c), make([]float32, 2*m*c)
					for b.Loop() {
						there(l, forward, modes, x, w, c)
						back(l, inverse, x, modes, w, c)
					}
				})
			}
		}
	}
}

// TestTransformsAgree compares products and fast transforms on both sides of
// the border between them, at which the number of modes is odd or even, half
// the points, or few.
func TestTransformsAgree(t *testing.T) {
	const c = 6
	for _, size := range [][2]int{{44, 22}, {45, 21}, {60, 20}, {64, 21}, {64, 33}, {97, 30}, {250, 22}} {
		n, m := size[0], size[1]
		w, rng := lineWork[float64](n, c), rand.New(rand.NewPCG(1, 2))
		x, hat := random[float64](rng, n*c), random[float64](rng, 2*m*c)
		got := map[string][][]float64{}
		for name, l := range lines[float64](n, m) {
			for _, of := range []matrix{forward, inverse} {
				modes, y := make([]float64, 2*m*c), slices.Clone(x)
				there(l, of, modes, x, w, c)
				back(l, of, y, hat, w, c)
				got[name] = append(got[name], modes, y)
			}
		}
		for name, a := range map[string]axis[float64]{"products": newAxisDFT[float64](n, m/2), "fft": &axisFFT[float64]{n, m / 2}} {
			w := lineWork[float64](n, 2*c)
			modes, y := make([]float64, 2*a.kept()*c/2), make([]float64, n*c)
			a.analyse(modes, x, w, c/2)
			a.synthesise(y, modes, w, c/2)
			got[name] = append(got[name], modes, y)
		}
		for i := range got["fft"] {
			if d := furthest(got["fft"][i], got["products"][i]); d > 1e-11 {
				t.Errorf("n = %d, m = %d: transform %d differs by %g", n, m, i, d)
			}
		}
	}
}

func furthest(a, b []float64) float64 {
	d := 0.0
	for i := range a {
		d = max(d, math.Abs(a[i]-b[i]))
	}
	return d
}

// TestTransformIsChosenBySize checks the border, and that an odd number of
// channels, which cannot be halved, stays with products.
func TestTransformIsChosenBySize(t *testing.T) {
	for _, c := range []struct {
		n, m int
		even bool
		fast bool
	}{{64, 20, true, false}, {64, 21, true, true}, {64, 21, false, false}, {1000, 25, true, false}, {1000, 26, true, true}, {4096, 40, true, false}, {4096, 41, true, true}} {
		d := newDFT[float32]([]int{c.n, c.n}, []int{c.m, c.m}, c.even)
		_, last := d.last.(*lineFFT[float32])
		_, other := d.others[0].(*axisFFT[float32])
		if last != c.fast || other != (c.fast || !c.even) {
			t.Errorf("%d modes of %d points, even %v: fast transforms %v and %v, want %v", c.m, c.n, c.even, last, other, c.fast)
		}
	}
}

func init() {
	opCases = append(opCases,
		opCase{"fourier by fast transforms", [][]int{{1, 100, 2}, {22, 2, 2, 2}, {2, 2}, {2}}, func(g *Graph, x []*Node) *Node {
			return g.Fourier([]int{22}, x[0], FourierLayer{kernel.GELU, x[1], x[2], x[3]})
		}},
		opCase{"fourier by fast transforms of one axis", [][]int{{1, 42, 3, 1}, {42, 2, 1, 1}, {1, 1}, {1}}, func(g *Graph, x []*Node) *Node {
			return g.Fourier([]int{21, 1}, x[0], FourierLayer{kernel.Tanh, x[1], x[2], x[3]})
		}})
}

func random[T kernel.Float](rng *rand.Rand, n int) []T {
	x := make([]T, n)
	for i := range x {
		x[i] = T(rng.NormFloat64())
	}
	return x
}

func there[T kernel.Float](l line[T], of matrix, modes, x []T, w *work[T], c int) {
	for i, k := range l.chunks() {
		l.fold(k, w, x[k.lo*c:], x[k.mirror*c:], c)
		l.analyse(of, k, modes, w, c, i == 0)
	}
}

func back[T kernel.Float](l line[T], of matrix, x, modes []T, w *work[T], c int) {
	for _, k := range l.chunks() {
		l.synthesise(of, k, x[k.lo*c:], x[k.mirror*c:], modes, w, c)
	}
}

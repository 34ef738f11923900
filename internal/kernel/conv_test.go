package kernel

import (
	"fmt"
	"testing"
)

// Each product of the convolution's definition, by its indices.
func eachTap(c Conv, n int, f func(i, j, t int)) {
	for i := range c.Points(n) {
		for t := range c.Taps {
			j := i*c.Stride + t*c.Dilation - c.Dilation*(c.Taps-1)/2
			switch c.Boundary {
			case Periodic:
				j = ((j % n) + n) % n
			case Replicate:
				j = max(0, min(n-1, j))
			}
			if j >= 0 && j < n {
				f(i, j, t)
			}
		}
	}
}

func TestConv(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testConv[float32], testConv[float64]) })
}

func testConv[T Float](t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {3, 2}, {5, 17}, {16, 8}} {
		for _, taps := range []int{1, 2, 3, 5} {
			for _, stride := range []int{1, 2, 3} {
				for _, dilation := range []int{1, 2, 5} {
					for b := Periodic; b <= Replicate; b++ {
						for _, n := range []int{1, 2, 3, 7, 16, 61} {
							testConvCase[T](t, Conv{size[0], size[1], taps, stride, dilation, b}, n)
						}
					}
				}
			}
		}
	}
}

func testConvCase[T Float](t *testing.T, c Conv, n int) {
	t.Helper()
	m := c.Points(n)
	x, w, bias := fill(make([]T, n*c.In), 1), fill(make([]T, c.Taps*c.In*c.Out), 2), fill(make([]T, c.Out), 3)
	dy := fill(make([]T, m*c.Out), 4)
	wt := make([]T, len(w))
	for s := range c.Taps {
		Transpose(wt[s*c.In*c.Out:][:c.In*c.Out], w[s*c.In*c.Out:][:c.In*c.Out], c.In, c.Out)
	}
	ally, y := guard[T](m * c.Out)
	alldx, dx := guard[T](n * c.In)
	alldw, dw := guard[T](len(w))
	clear(dw)
	dbias := make([]T, c.Out)
	ConvForward(c, n, y, x, w, bias)
	ConvInputGrad(c, n, dx, dy, wt)
	ConvWeightGrad(c, n, dw, dbias, dy, x)

	wy, wdx, wdw, wdb := make([]float64, len(y)), make([]float64, len(dx)), make([]float64, len(dw)), make([]float64, c.Out)
	for i := range y {
		wy[i] = float64(bias[i%c.Out])
		wdb[i%c.Out] += float64(dy[i])
	}
	eachTap(c, n, func(i, j, s int) {
		for p := range c.In {
			for o := range c.Out {
				weight, in, out := float64(w[(s*c.In+p)*c.Out+o]), j*c.In+p, i*c.Out+o
				wy[out] += float64(x[in]) * weight
				wdx[in] += float64(dy[out]) * weight
				wdw[(s*c.In+p)*c.Out+o] += float64(x[in]) * float64(dy[out])
			}
		}
	})
	compare(t, fmt.Sprintf("%+v n = %d: y", c, n), y, wy, c.Taps*c.In)
	compare(t, fmt.Sprintf("%+v n = %d: dx", c, n), dx, wdx, m*c.Taps*c.Out)
	compare(t, fmt.Sprintf("%+v n = %d: dw", c, n), dw, wdw, m)
	compare(t, fmt.Sprintf("%+v n = %d: dbias", c, n), dbias, wdb, m)
	checkGuard(t, "y", ally)
	checkGuard(t, "dx", alldx)
	checkGuard(t, "dw", alldw)
}

// compare holds sums of terms numbers against those in float64.
func compare[T Float](t *testing.T, name string, got []T, want []float64, terms int) {
	t.Helper()
	for i := range want {
		if !near[T](float64(got[i]), want[i], terms) {
			t.Fatalf("%s: element %d is %v, want %v", name, i, got[i], want[i])
		}
	}
}

package kernel

import (
	"math"
	"testing"
)

// The derivatives of a jet are those that differences of the ones below give,
// in float64; and all paths and types agree with that.
func TestJet(t *testing.T) {
	const step = 1e-4 // error of a central difference: step²/6 f''' ~ 1e-8
	n := len(curves64)
	for act := range Activation(n) {
		for x := -6.0; x < 6; x += 0.0371 {
			up, down, at := make([]float64, 4), make([]float64, 4), make([]float64, 4)
			up[0], up[1], up[2], up[3] = curves64[act].jet(x + step)
			down[0], down[1], down[2], down[3] = curves64[act].jet(x - step)
			at[0], at[1], at[2], at[3] = curves64[act].jet(x)
			for k := range 3 {
				if got := (up[k] - down[k]) / (2 * step); math.Abs(got-at[k+1]) > 1e-7 && !(act == ReLU && math.Abs(x) < step) {
					t.Fatalf("%v: derivative %d at %v is %v, differences give %v", act, k+1, x, at[k+1], got)
				}
			}
		}
	}
	eachPath(t, func(t *testing.T) { bothTypes(t, testJet[float32], testJet[float64]) })
}

func testJet[T Float](t *testing.T) {
	var x []T
	for i := -900; i <= 900; i++ {
		x = append(x, T(i)/100)
	}
	x = append(x, 15, -15, 40, -40, 300, -300, 1e6, -1e6, 1e15, -1e15)
	for act := range activations {
		if act == Sin {
			x = x[:1807] // up to 300
		}
		n := len(x)
		var all, out [4][]T
		for k := range out {
			all[k], out[k] = guard[T](n)
		}
		Jet(act, out[0], out[1], out[2], out[3], x)
		for i := range x {
			var want [4]float64
			want[0], want[1], want[2], want[3] = curves64[act].jet(float64(x[i]))
			for k := range want {
				if got := float64(out[k][i]); !(math.Abs(got-want[k]) <= 4*epsilon[T]()*(1+math.Abs(want[k]))) {
					t.Fatalf("%v: derivative %d at %v is %v, want %v", act, k, x[i], got, want[k])
				}
			}
		}
		for k := range all {
			checkGuard(t, act.String(), all[k])
		}
	}
}

// Push2, Pull1 and Pull2 are their formulas.
func TestPull(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testPull[float32], testPull[float64]) })
}

func testPull[T Float](t *testing.T) {
	for _, n := range []int{1, 3, 8, 15, 16, 17, 33, 100} {
		d1, d2, d3, z, zz := fill(make([]T, n), 1), fill(make([]T, n), 2), fill(make([]T, n), 3), fill(make([]T, n), 4), fill(make([]T, n), 5)
		h, hh, start := fill(make([]T, n), 6), fill(make([]T, n), 7), fill(make([]T, n), 8)
		var all, out [7][]T // a, aa, g, gg, g0 of Pull2, g, g0 of Pull1
		for k := range out {
			all[k], out[k] = guard[T](n)
		}
		copy(out[4], start)
		copy(out[6], start)
		copy(out[2], h)
		copy(out[3], hh)
		Push2(out[0], out[1], d1, d2, z, zz)
		Pull2(out[2], out[3], out[4], d1, d2, d3, z, zz, out[2], out[3]) // in place
		Pull1(out[5], out[6], d1, d2, z, h)
		for i := range n {
			d1, d2, d3, z, zz, h, hh := float64(d1[i]), float64(d2[i]), float64(d3[i]), float64(z[i]), float64(zz[i]), float64(h[i]), float64(hh[i])
			for k, want := range []float64{
				d1 * z, d1*zz + d2*z*z,
				d1*h + 2*d2*z*hh, d1 * hh, float64(start[i]) + d2*z*h + (d3*z*z+d2*zz)*hh,
				d1 * h, float64(start[i]) + d2*z*h,
			} {
				if !near[T](float64(out[k][i]), want, 4) {
					t.Fatalf("n = %d: result %d at %d is %v, want %v", n, k, i, out[k][i], want)
				}
			}
		}
		for k := range all {
			checkGuard(t, "Pull2", all[k])
		}
	}
}

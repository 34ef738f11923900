package kernel

import (
	"math"
	"testing"
)

// rate is how fast an activation varies: its k-th derivative is about rateᵏ.
func rate(act Activation) float64 {
	if act == TanhSin {
		return math.Pi
	}
	return 1
}

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
				if got := (up[k] - down[k]) / (2 * step); math.Abs(got-at[k+1]) > 1e-7*math.Pow(rate(act), float64(k+3)) && !(act == ReLU && math.Abs(x) < step) {
					t.Fatalf("%v: derivative %d at %v is %v, differences give %v", act, k+1, x, at[k+1], got)
				}
			}
		}
	}
	eachPath(t, func(t *testing.T) { bothTypes(t, testJet[float32], testJet[float64]) })
}

// testJet reads the derivatives off the streams of z_v = 1, z_vv = 0, which
// Push makes f′ and f″, and Pull, from h_vv = 1 alone, f‴.
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
		z, h := make([]T, 3*n), make([]T, 3*n)
		copy(z, x)
		for i := range n {
			z[n+i], h[2*n+i] = 1, 1
		}
		all, a := guard[T](3 * n)
		Push(act, []bool{true}, a, z)
		checkGuard(t, act.String(), all)
		Pull(act, []bool{true}, h, make([]T, 3*n), z)
		for i := range x {
			var want [4]float64
			want[0], want[1], want[2], want[3] = curves64[act].jet(float64(x[i]))
			for k, got := range []T{a[i], a[n+i], a[2*n+i], h[i]} {
				if got := float64(got); !(math.Abs(got-want[k]) <= 4*epsilon[T]()*(1+math.Abs(want[k]))) {
					t.Fatalf("%v: derivative %d at %v is %v, want %v", act, k, x[i], got, want[k])
				}
			}
		}
	}
}

var directions = [][]bool{nil, {false}, {true}, {true, false}, {false, true, true}}

// Push and Pull of all paths and types are the portable ones in float64.
func TestStreams(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testStreams[float32], testStreams[float64]) })
}

func testStreams[T Float](t *testing.T) {
	for act := range activations {
		for _, second := range directions {
			for _, n := range []int{1, 7, 16, 40, 1<<12 + 3} { // the last takes several calls of an assembly kernel
				z := make([]T, n*streamCount(second))
				fill(z, 1)
				size := len(z)
				allA, a := guard[T](size)
				allH, h := guard[T](size)
				fill(h, 2)
				z64, h64, a64 := make([]float64, size), make([]float64, size), make([]float64, size)
				for i := range z {
					z64[i], h64[i] = float64(z[i]), float64(h[i])
				}
				check := func(name string, got []T, want []float64) {
					for i := range want {
						if !near[T](float64(got[i]), want[i], int(10*math.Pow(rate(act), 6))) {
							t.Fatalf("%v, directions %v, %d elements: element %d of %s is %v, want %v", act, second, n, i, name, got[i], want[i])
						}
					}
				}
				curves64[act].pull(second, h64, a64, z64, n)
				Push(act, second, a, z)
				check("Push", a, a64)
				clear(a)
				Pull(act, second, h, a, z)
				check("Pull's a", a, a64)
				check("Pull's gradient", h, h64)
				checkGuard(t, "a", allA)
				checkGuard(t, "h", allH)
				Push(act, second, z, z) // in place
				check("Push in place", z, a64)
			}
		}
	}
}

// Pull is the adjoint of Push: along any dz, Pull(h) · dz is what differences
// of h · Push(z) give.
func TestPull(t *testing.T) {
	const n, step = 9, 1e-4 // error of a central difference: step² ~ 1e-8
	for act := range activations {
		for _, second := range directions {
			size := n * streamCount(second)
			z, dz, h, a := fill(make([]float64, size), 1), fill(make([]float64, size), 2), fill(make([]float64, size), 3), make([]float64, size)
			at := func(by float64) float64 {
				moved := make([]float64, size)
				for i := range moved {
					moved[i] = z[i] + by*dz[i]
				}
				Push(act, second, moved, moved)
				return Dot(moved, h)
			}
			want := (at(step) - at(-step)) / (2 * step)
			Pull(act, second, h, a, z)
			if got := Dot(h, dz); math.Abs(got-want) > 1e-6*math.Pow(rate(act), 3) {
				t.Errorf("%v, directions %v: %v, differences give %v", act, second, got, want)
			}
		}
	}
}

func TestStreamsMisuse(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("7 elements in 3 streams: no panic")
		}
	}()
	Push(Tanh, []bool{true}, make([]float32, 7), make([]float32, 7))
}

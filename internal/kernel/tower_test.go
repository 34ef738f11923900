package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestTowers compares each derivative with differences of the one below, and
// the values with those of the activation.
func TestTowers(t *testing.T) {
	const h = 1e-4 // error of a central difference: h²/6 f⁗ ~ 1e-7
	for act, f := range towers {
		for x := -7.0; x < 7; x += 0.0371 {
			up, down, at := f(x+h), f(x-h), f(x)
			y := []float64{x}
			Activate(act, y, y)
			if math.Abs(at[0]-y[0]) > 1e-14*(1+math.Abs(y[0])) {
				t.Fatalf("%v: f(%v) = %v, want %v", act, x, at[0], y[0])
			}
			for k := 1; k < len(at); k++ {
				if want := (up[k-1] - down[k-1]) / (2 * h); math.Abs(at[k]-want) > 1e-6 {
					t.Fatalf("%v: derivative %d at %v is %v, differences give %v", act, k, x, at[k], want)
				}
			}
		}
		for _, x := range []float64{-800, 800} {
			for k, v := range f(x) {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("%v: derivative %d at %v is %v", act, k, x, v)
				}
			}
		}
	}
}

// TestPushAll: up to the second derivative it is Push, Pull likewise; and
// PullAll is the adjoint of the derivative of PushAll.
func TestPushAll(t *testing.T) {
	const n = 33
	rng := rand.New(rand.NewPCG(1, 1))
	draw := func(k int) []float64 {
		v := make([]float64, k*n)
		for i := range v {
			v[i] = rng.NormFloat64()
		}
		return v
	}
	near := func(what string, got, want []float64, tolerance float64) {
		t.Helper()
		for i := range want {
			if math.Abs(got[i]-want[i]) > tolerance*(1+math.Abs(want[i])) {
				t.Fatalf("%s: element %d is %v, want %v", what, i, got[i], want[i])
			}
		}
	}
	for act := range towers {
		z, h := draw(4), draw(4)
		a, b, other, hh := draw(4), draw(4), draw(4), append([]float64{}, h...)
		PushAll(act, []int{2, 1}, a, z)
		Push(act, []bool{true, false}, b, z)
		near(act.String()+" push", a, b, 1e-12)
		PullAll(act, []int{2, 1}, h, other, z)
		Pull(act, []bool{true, false}, hh, b, z)
		near(act.String()+" pull", h, hh, 1e-12)
		near(act.String()+" pull's values", other, a, 1e-12)

		orders, size := []int{4, 3}, 8
		z, h = draw(size), draw(size)
		along, up, down := draw(size), draw(size), draw(size)
		const step = 1e-4
		moved := func(by float64, to []float64) {
			at := make([]float64, len(z))
			for i := range z {
				at[i] = z[i] + by*along[i]
			}
			PushAll(act, orders, to, at)
		}
		moved(step, up)
		moved(-step, down)
		want := 0.0
		for i := range h {
			want += h[i] * (up[i] - down[i]) / (2 * step)
		}
		g := append([]float64{}, h...)
		PullAll(act, orders, g, make([]float64, len(z)), z)
		got := 0.0
		for i := range g {
			got += g[i] * along[i]
		}
		if math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
			t.Errorf("%v: slope %v, differences give %v", act, got, want)
		}
	}
}

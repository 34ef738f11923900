package kernel

import (
	"math"
	"testing"
)

func TestAdam(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testAdam[float32], testAdam[float64]) })
}

func testAdam[T Float](t *testing.T) {
	step := AdamStep{Rate: 1e-2, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Decay: 0.1, Correct1: 1 - math.Pow(0.9, 3), Correct2: 1 - math.Pow(0.999, 3)}
	for _, n := range sizes {
		var all, x [4][]T // p, g, m, v
		var want [4][]float64
		for i := range x {
			all[i], x[i] = guard[T](n)
			for j := range fill(x[i], uint64(i)) {
				x[i][j] = max(x[i][j], T(i)-4+1e-3) // v is positive
				if i == 3 && x[i][j] < 0 {
					x[i][j] = -x[i][j]
				}
				want[i] = append(want[i], float64(x[i][j]))
			}
		}
		Adam(x[0], x[1], x[2], x[3], step)
		for j := range n {
			g := want[1][j]
			m, v := 0.9*want[2][j]+0.1*g, 0.999*want[3][j]+0.001*g*g
			p := want[0][j] - step.Rate*step.Decay*want[0][j] - step.Rate*(m/step.Correct1)/(math.Sqrt(v/step.Correct2)+step.Eps)
			for i, w := range []float64{p, g, m, v} {
				if got := float64(x[i][j]); !(math.Abs(got-w) <= 4*epsilon[T]()*(1+math.Abs(p-want[0][j]))) {
					t.Fatalf("n = %d: element %d of slice %d is %v, want %v", n, j, i, got, w)
				}
			}
		}
		for i := range all {
			checkGuard(t, "Adam", all[i])
		}
	}
}

// A NaN in the gradient reaches the parameter; the neighbours stay sound.
func TestAdamNaN(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for at := range 37 {
			p, g, m, v := fill(make([]float32, 37), 1), fill(make([]float32, 37), 2), make([]float32, 37), make([]float32, 37)
			g[at] = float32(math.NaN())
			Adam(p, g, m, v, AdamStep{Rate: 1e-3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Correct1: 0.1, Correct2: 0.001})
			for i := range p {
				if (p[i] != p[i]) != (i == at) {
					t.Fatalf("NaN at %d gave %v at %d", at, p[i], i)
				}
			}
		}
	})
}

func TestAdamSplit(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		const n = 333
		step := AdamStep{Rate: 1e-3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Decay: 1e-2, Correct1: 0.1, Correct2: 0.001}
		one, two, g := fill(make([]float32, n), 1), fill(make([]float32, n), 1), fill(make([]float32, n), 2)
		m, v := make([]float32, 2*n), make([]float32, 2*n)
		Adam(one, g, m[:n], v[:n], step)
		for i, size := 0, 1; i < n; i, size = i+size, size+3 {
			e := min(n, i+size)
			Adam(two[i:e], g[i:e], m[n+i:n+e], v[n+i:n+e], step)
		}
		for i := range one {
			if bits(one[i]) != bits(two[i]) {
				t.Fatalf("element %d is %v, in a piece %v", i, one[i], two[i])
			}
		}
	})
}

package solver

import (
	"math"
	"math/rand/v2"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Slopes are in the region where no new extrema are made: of the sign of both
// differences, and at most twice either. A straight line keeps its slope.
func TestLimiters(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, kind := range configs.Kinds[Limiter]() {
		l := limited(t, kind).Limiter.Value
		for range 1000 {
			a, b := rng.NormFloat64(), rng.NormFloat64()
			s := l.Slope(a, b)
			if s*a < 0 || s*b < 0 || math.Abs(s) > 2*min(math.Abs(a), math.Abs(b))*(1+1e-15) || a*b < 0 && s != 0 {
				t.Errorf("%s: slope %v between differences %v and %v", kind, s, a, b)
			}
			if l.Slope(b, a) != s || l.Slope(-a, -b) != -s || math.Abs(l.Slope(a, a)-a) > 1e-15*math.Abs(a) {
				t.Errorf("%s: slopes of %v and %v are not symmetric, or not those of a line", kind, a, b)
			}
		}
	}
}

// MUSCL with any limiter never adds to the total variation of what it carries,
// nor of a solution of Burgers' equation.
func TestTotalVariationDiminishes(t *testing.T) {
	for _, law := range []physics.ConservationLaw{&physics.Advection{Velocity: []float64{1}}, &physics.Burgers{Convection: 1}} {
		for _, kind := range configs.Kinds[Limiter]() {
			p := lawOn(law, 1, 50, 1, 0.01, nil)
			s, u := finite(t, p, limited(t, kind), 0.5), make([]float64, 50)
			rng := rand.New(rand.NewPCG(2, 2))
			for i := range u {
				u[i] = rng.NormFloat64()
			}
			for range 50 {
				before := variation(u)
				if u = advance(t, s, u, 1); variation(u) > before*(1+1e-13) {
					t.Errorf("%T, %s: the total variation grows from %v to %v", law, kind, before, variation(u))
				}
			}
		}
	}
}

// variation is Σ |u_{i+1} − u_i| around a periodic axis.
func variation(u []float64) float64 {
	sum := 0.0
	for i, v := range u {
		sum += math.Abs(u[(i+1)%len(u)] - v)
	}
	return sum
}

// Of every reconstruction, faces of a smooth function are found at its order,
// the two sides are mirror images, and a constant stays what it is.
func TestReconstructions(t *testing.T) {
	for _, kind := range configs.Kinds[Reconstruction]() {
		r, err := configs.New[Reconstruction](kind)
		if err != nil {
			t.Fatal(err)
		}
		n := 9
		u, mirrored := make([]float64, n+2*r.Reach()), make([]float64, n+2*r.Reach())
		rng := rand.New(rand.NewPCG(3, 3))
		for i := range u {
			u[i] = rng.NormFloat64()
			mirrored[len(u)-1-i] = u[i]
		}
		faces := func(u []float64) (low, high []float64) {
			low, high = make([]float64, n+1), make([]float64, n+1)
			r.Faces(low, high, u)
			return low, high
		}
		low, high := faces(u)
		mirroredLow, mirroredHigh := faces(mirrored)
		for i := range low {
			if low[i] != mirroredHigh[n-i] || high[i] != mirroredLow[n-i] {
				t.Errorf("%s: the sides of face %d are not mirrored", kind, i)
			}
		}
		for i := range u {
			u[i] = 0.1
		}
		low, high = faces(u)
		for i := range low {
			if math.Abs(low[i]-0.1) > 1e-16 || low[i] != high[i] {
				t.Errorf("%s: a constant of 0.1 is %v and %v at face %d", kind, low[i], high[i], i)
			}
		}
	}
}

// The weights of Midpoint turn the means of powers over cells of length 1 into
// their values at the middle, and back, up to the order they claim: x⁵ with
// five weights.
func TestMidpoint(t *testing.T) {
	for _, kind := range configs.Kinds[Reconstruction]() {
		r, err := configs.New[Reconstruction](kind)
		if err != nil {
			t.Fatal(err)
		}
		value, mean := r.Midpoint()
		for power := range len(value) + 1 {
			q := float64(power)
			over := func(i int) float64 { // ∫ x^q over the cell around i
				x := float64(i)
				return (math.Pow(x+0.5, q+1) - math.Pow(x-0.5, q+1)) / (q + 1)
			}
			var gotValue, gotMean float64
			for k := range value {
				gotValue += value[k] * over(k-len(value)/2)
				gotMean += mean[k] * math.Pow(float64(k-len(mean)/2), q)
			}
			if want := math.Pow(0, q); math.Abs(gotValue-want) > 1e-15 || math.Abs(gotMean-over(0)) > 1e-15 {
				t.Errorf("%s: x^%d has the value %v and the mean %v, want %v and %v", kind, power, gotValue, gotMean, want, over(0))
			}
		}
	}
}

package physics

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"eddy/configs"
)

// number is a Field of one value.
type number float64

func (x number) Add(y Field) Field              { return x + y.(number) }
func (x number) Mul(y Field) Field              { return x * y.(number) }
func (x number) Scale(a float64) Field          { return number(a) * x }
func (x number) Pow(p float64) Field            { return number(math.Pow(float64(x), p)) }
func (number) D(int, int) Field                 { panic(Unsupported{"derivative", "numbers"}) }
func (number) InverseLaplacian() Field          { panic(Unsupported{"inverse Laplacian", "numbers"}) }
func (number) Cosine(_ [3]int, _ float64) Field { panic(Unsupported{"place", "numbers"}) }
func numbers(u []float64) (fields []Field) {
	for _, v := range u {
		fields = append(fields, number(v))
	}
	return fields
}

// states are typical of every conservation law in two dimensions; in one, the
// second component of vectors is left out.
var states = map[string][]float64{
	"advection":     {0.3},
	"burgers":       {0.7, -0.4},
	"shallow_water": {0.8, 0.5, -1.1},
	"euler":         {1.2, 0.6, -0.3, 2.4},
}

// eachLaw runs test for every registered conservation law with its defaults
// in one and two dimensions, along each axis.
func eachLaw(t *testing.T, test func(kind string, law ConservationLaw, dims, axis int, u []float64)) {
	t.Helper()
	for _, kind := range configs.Kinds[Equation]() {
		e, err := configs.New[Equation](kind)
		if err != nil {
			t.Fatal(err)
		}
		law, ok := e.(ConservationLaw)
		if !ok {
			continue
		}
		if states[kind] == nil {
			t.Errorf("%s: the test knows no state of it", kind)
			continue
		}
		test(kind, law, 1, 0, inOneDimension(law, states[kind]))
		test(kind, law, 2, 0, states[kind])
		test(kind, law, 2, 1, states[kind])
	}
}

// inOneDimension leaves out the second component of vectors.
func inOneDimension(law ConservationLaw, u []float64) []float64 {
	oriented, ok := law.(Oriented)
	if !ok {
		return u
	}
	var line []float64
	for c, component := range oriented.Components(2) {
		if component != 1 {
			line = append(line, u[c])
		}
	}
	return line
}

// jacobian is ∂F/∂u by central differences.
func jacobian(law ConservationLaw, dims, axis int, u []float64) [][]float64 {
	const h = 1e-5 // errors h² and 1e-16/h
	j := make([][]float64, len(u))
	for i := range j {
		j[i] = make([]float64, len(u))
	}
	for c := range u {
		v := append([]float64{}, u...)
		v[c] = u[c] + h
		up := law.Flux(dims, numbers(v), axis)
		v[c] = u[c] - h
		down := law.Flux(dims, numbers(v), axis)
		for i := range j {
			j[i][c] = float64(up[i].(number)-down[i].(number)) / (2 * h)
		}
	}
	return j
}

// largest is the largest eigenvalue of s(J − shift), all of which are real and
// not negative, by von Mises' iteration.
func largest(j [][]float64, s, shift float64) float64 {
	rng := rand.New(rand.NewPCG(1, 1))
	v, size := make([]float64, len(j)), 0.0
	for i := range v {
		v[i] = rng.NormFloat64()
	}
	for range 2000 {
		w := make([]float64, len(v))
		for i, row := range j {
			w[i] = -s * shift * v[i]
			for c, a := range row {
				w[i] += s * a * v[c]
			}
		}
		size = 0
		for _, x := range w {
			size = math.Hypot(size, x)
		}
		if size == 0 {
			return 0
		}
		for i := range w {
			v[i] = w[i] / size
		}
	}
	return size
}

// The speeds are the smallest and the largest eigenvalue of the flux's
// Jacobian.
func TestSpeedsAreEigenvalues(t *testing.T) {
	eachLaw(t, func(kind string, law ConservationLaw, dims, axis int, u []float64) {
		low, high, err := law.Speeds(dims, u, axis)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		j := jacobian(law, dims, axis, u)
		if top, bottom := largest(j, 1, low)+low, high-largest(j, -1, high); math.Abs(top-high) > 1e-6 || math.Abs(bottom-low) > 1e-6 {
			t.Errorf("%s in %d dimensions, axis %d: speeds %v to %v, eigenvalues %v to %v", kind, dims, axis, low, high, bottom, top)
		}
	})
}

// The fluxes of the laws at their states, from the formulas of their doc
// comments by hand.
func TestFluxesAreAsWritten(t *testing.T) {
	// p = 0.4 (2.4 − ½ (0.36 + 0.09)/1.2) = 0.885
	want := map[string][2][]float64{
		"advection":     {{0.3}, {0}},
		"burgers":       {{0.5 * 0.49, -0.5 * 0.28}, {-0.5 * 0.28, 0.5 * 0.16}},
		"shallow_water": {{0.5, 0.25/0.8 + 4.905*0.64, -0.55 / 0.8}, {-1.1, -0.55 / 0.8, 1.21/0.8 + 4.905*0.64}},
		"euler": {
			{0.6, 0.36/1.2 + 0.885, -0.18 / 1.2, (2.4 + 0.885) * 0.5},
			{-0.3, -0.18 / 1.2, 0.09/1.2 + 0.885, (2.4 + 0.885) * -0.25},
		},
	}
	eachLaw(t, func(kind string, law ConservationLaw, dims, axis int, u []float64) {
		if dims == 1 {
			return
		}
		for c, f := range law.Flux(dims, numbers(u), axis) {
			if got := float64(f.(number)); math.Abs(got-want[kind][axis][c]) > 1e-15 {
				t.Errorf("%s: flux %v of channel %d along axis %d, want %v", kind, got, c, axis, want[kind][axis][c])
			}
		}
	})
}

// u_t = −∇·F + D Δu says the same as u_t = L u + N(u).
func TestLawsAreEvolutions(t *testing.T) {
	for kind, e := range evolutions(t) {
		law, ok := e.(ConservationLaw)
		if !ok {
			continue
		}
		for dims := 1; dims <= 2; dims++ {
			u := make([]Field, law.Channels(dims))
			for c := range u {
				u[c] = wave(0.4, 0).Add(wave(0.5-0.1i, 1, dims-1)).Add(wave(complex(0.1, float64(c)), 2, 0))
			}
			if len(u) == 0 {
				continue
			}
			want := rate(law, dims, u)
			for c, f := range divergence(law, dims, u) {
				if d := law.Diffusivity(dims); d != nil {
					f = f.Add(Laplacian(dims).Scale(d[c]).Apply(u[c]))
				}
				for k, a := range f.Add(want[c].Scale(-1)).(series) {
					if math.Hypot(real(a), imag(a)) > 1e-14 {
						t.Errorf("%s in %d dimensions: channel %d differs by %v at %v", kind, dims, c, a, k)
					}
				}
			}
		}
	}
}

func TestStatesThatAreNone(t *testing.T) {
	nan := math.NaN()
	for _, test := range []struct {
		law  ConservationLaw
		u    []float64
		want string
	}{
		{&ShallowWater{Gravity: 1}, []float64{0, 1}, "depth 0"},
		{&ShallowWater{Gravity: 1}, []float64{-1, 1}, "depth -1"},
		{&ShallowWater{Gravity: 1}, []float64{nan, 1}, "depth NaN"},
		{&Euler{Gamma: 1.4}, []float64{-1, 0, 1}, "density -1"},
		{&Euler{Gamma: 1.4}, []float64{1, 2, 1}, "pressure -0.4"}, // 0.4 (1 − ½ 4)
		{&Euler{Gamma: 1.4}, []float64{1, nan, 1}, "pressure NaN"},
	} {
		if _, _, err := test.law.Speeds(1, test.u, 0); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%T, state %v: error %v, want …%s…", test.law, test.u, err, test.want)
		}
	}
}

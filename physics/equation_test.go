package physics

import (
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"eddy/configs"
)

// series is a Field that is exact: a trigonometric polynomial on a box of
// length 2π along each axis, Σ_k c_k exp(i k·x).
type series map[[3]int]complex128

func (s series) Add(f Field) Field {
	sum := series{}
	for k, c := range s {
		sum[k] += c
	}
	for k, c := range f.(series) {
		sum[k] += c
	}
	return sum
}

func (s series) Mul(f Field) Field {
	product := series{}
	for k, c := range s {
		for l, d := range f.(series) {
			product[[3]int{k[0] + l[0], k[1] + l[1], k[2] + l[2]}] += c * d
		}
	}
	return product
}

func (s series) Scale(a float64) Field {
	scaled := series{}
	for k, c := range s {
		scaled[k] = complex(a, 0) * c
	}
	return scaled
}

func (s series) D(axis, order int) Field {
	d := series{}
	for k, c := range s {
		d[k] = c * cmplx.Pow(complex(0, float64(k[axis])), complex(float64(order), 0))
	}
	return d
}

func (s series) Pow(p float64) Field {
	if p < 1 {
		panic(Unsupported{Operation: "division", Form: "trigonometric polynomials"})
	}
	if p == 1 {
		return s
	}
	return s.Pow(p - 1).Mul(s)
}

func (s series) InverseLaplacian() Field {
	f := series{}
	for k, c := range s {
		if k2 := k[0]*k[0] + k[1]*k[1] + k[2]*k[2]; k2 > 0 {
			f[k] = -c / complex(float64(k2), 0)
		}
	}
	return f
}

func (series) Cosine(k [3]int, phase float64) Field {
	return wave(cmplx.Rect(0.5, phase), k[0], k[1], k[2])
}

func (s series) at(x ...float64) float64 {
	sum := 0.0
	for k, c := range s {
		phase := 0.0
		for axis := range x {
			phase += float64(k[axis]) * x[axis]
		}
		sum += real(c * cmplx.Exp(complex(0, phase)))
	}
	return sum
}

// wave is 2 Re(a exp(i k·x)).
func wave(a complex128, k ...int) series {
	var at, mirror [3]int
	for axis, j := range k {
		at[axis], mirror[axis] = j, -j
	}
	s := series{at: a}
	s[mirror] += cmplx.Conj(a)
	return s
}

// written is u_t of every equation in one dimension with its defaults, as its
// doc comment has it, with products differentiated by hand.
var written = map[string]func(u, ux, uxx, uxxx, uxxxx float64) float64{
	"advection":       func(u, ux, uxx, uxxx, uxxxx float64) float64 { return -ux },
	"diffusion":       func(u, ux, uxx, uxxx, uxxxx float64) float64 { return 0.01 * uxx },
	"dispersion":      func(u, ux, uxx, uxxx, uxxxx float64) float64 { return 1e-4 * uxxx },
	"hyperdiffusion":  func(u, ux, uxx, uxxx, uxxxx float64) float64 { return -1e-5 * uxxxx },
	"burgers":         func(u, ux, uxx, uxxx, uxxxx float64) float64 { return -u*ux + 0.05*uxx },
	"kdv":             func(u, ux, uxx, uxxx, uxxxx float64) float64 { return -6*u*ux - uxxx },
	"ks":              func(u, ux, uxx, uxxx, uxxxx float64) float64 { return -ux*ux/2 - uxx - uxxxx },
	"ks_conservative": func(u, ux, uxx, uxxx, uxxxx float64) float64 { return -u*ux - uxx - uxxxx },
}

// evolutions returns every registered one with its defaults, by its kind, but
// for those that divide, as trigonometric polynomials do not.
func evolutions(t *testing.T) map[string]Evolution {
	t.Helper()
	all := map[string]Evolution{}
	for _, kind := range configs.Kinds[Equation]() {
		e, err := configs.New[Equation](kind)
		if err != nil {
			t.Fatal(err)
		}
		if evolution, ok := e.(Evolution); ok && !divides(evolution) {
			all[kind] = evolution
		}
	}
	return all
}

// divides tells whether an equation is no polynomial in one dimension.
func divides(e Evolution) (yes bool) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case Unsupported:
			yes = true
		default:
			panic(e)
		}
	}()
	e.Nonlinear(1, slices.Repeat([]Field{wave(1, 0)}, e.Channels(1)))
	return false
}

// rate returns u_t = L u + N(u), as minus the residual with u_t = 0.
func rate(e Evolution, dims int, u []Field) []Field {
	still := make([]Field, len(u))
	for c := range u {
		still[c] = series{}
	}
	r := Residual(e, dims, u, still)
	for c := range r {
		r[c] = r[c].Scale(-1)
	}
	return r
}

func TestEquationsAreAsWritten(t *testing.T) {
	u := wave(0.3, 0).Add(wave(0.5-0.2i, 1)).Add(wave(0.1i, 2)).Add(wave(0.05, 3))
	for kind, e := range evolutions(t) {
		if written[kind] == nil {
			t.Errorf("%s: the test does not know this equation", kind)
			continue
		}
		got := rate(e, 1, []Field{u})[0].(series)
		for x := 0.0; x < 6; x += 0.7 {
			d := make([]float64, 5)
			for order := range d {
				d[order] = u.D(0, order).(series).at(x)
			}
			want := written[kind](d[0], d[1], d[2], d[3], d[4])
			if math.Abs(got.at(x)-want) > 1e-13*(1+math.Abs(want)) {
				t.Errorf("%s: u_t = %v at x = %v, want %v", kind, got.at(x), x, want)
			}
		}
	}
}

// The rate of change of every declared invariant is zero, for every equation
// in every number of dimensions that it has: its mean is a polynomial of
// degree three at most along u + ε u_t, so central differences are exact in
// what they leave out.
func TestInvariantsAreInvariant(t *testing.T) {
	for kind, e := range evolutions(t) {
		conservative, ok := e.(Conservative)
		if !ok {
			continue
		}
		for dims := 1; dims <= 3; dims++ {
			u := make([]Field, e.Channels(dims))
			if len(u) == 0 {
				continue
			}
			for c := range u {
				u[c] = wave(0.4, 0).Add(wave(0.5+0.1i, 1, 0, 1)).Add(wave(0.2i, 2, 1)).Add(wave(complex(0.1, float64(c)), 1, -1, 2))
			}
			if dims == 1 {
				u[0] = wave(0.4, 0).Add(wave(0.5+0.1i, 1)).Add(wave(0.2i, 2)).Add(wave(0.1, 3))
			}
			ut := rate(e, dims, u)
			for _, invariant := range conservative.Invariants(dims) {
				moved := func(epsilon float64) float64 {
					v := make([]Field, len(u))
					for c := range v {
						v[c] = u[c].Add(ut[c].Scale(epsilon))
					}
					return real(invariant.Density(v).(series)[[3]int{}])
				}
				// The cubic term is removed by Richardson's extrapolation.
				coarse, fine := (moved(0.5)-moved(-0.5))/1, (moved(0.25)-moved(-0.25))/0.5
				if r := (4*fine - coarse) / 3; math.Abs(r) > 1e-10 {
					t.Errorf("%s in %d dimensions: %s changes at the rate %v", kind, dims, invariant.Name, r)
				}
			}
		}
	}
}

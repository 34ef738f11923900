package physics

import (
	"math"
	"math/cmplx"
	"slices"
	"strings"
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

// place is a state at a point, for right-hand sides that are written by hand.
type place struct {
	u    []Field
	x    []float64 // one coordinate an axis
	dims int
}

// d is the derivative of channel c along the axes, one after another.
func (p place) d(c int, axes ...int) float64 {
	f := p.u[c]
	for _, axis := range axes {
		f = f.D(axis, 1)
	}
	return f.(series).at(p.x...)
}

// sum adds a term for each axis.
func (p place) sum(term func(axis int) float64) float64 {
	sum := 0.0
	for axis := range p.dims {
		sum += term(axis)
	}
	return sum
}

// along is Σ_i ∂^order u_c/∂x_i^order.
func (p place) along(c, order int) float64 {
	return p.sum(func(i int) float64 { return p.d(c, slices.Repeat([]int{i}, order)...) })
}

// laplacian of channel c, and its square.
func (p place) laplacian(c int) float64 { return p.along(c, 2) }

func (p place) bilaplacian(c int) float64 {
	return p.sum(func(i int) float64 {
		return p.sum(func(j int) float64 { return p.d(c, i, i, j, j) })
	})
}

// squaredSlope is |∇u|² of channel c.
func (p place) squaredSlope(c int) float64 {
	return p.sum(func(i int) float64 { return p.d(c, i) * p.d(c, i) })
}

// each is a vector with a component for each axis.
func (p place) each(component func(axis int) float64) []float64 {
	v := make([]float64, p.dims)
	for axis := range v {
		v[axis] = component(axis)
	}
	return v
}

// convection is ½ Σ_j ∂(u_i u_j)/∂x_j, differentiated by hand.
func (p place) convection(i int) float64 {
	return p.sum(func(j int) float64 { return (p.d(i, j)*p.d(j) + p.d(i)*p.d(j, j)) / 2 })
}

// swirl is −(u, v)·∇ω for a vorticity ω.
func (p place) swirl() float64 {
	psi := place{[]Field{p.u[0].InverseLaplacian().Scale(-1)}, p.x, p.dims}
	return -psi.d(0, 1)*p.d(0, 0) + psi.d(0, 0)*p.d(0, 1)
}

// scenario is an equation and its u_t as the doc comment has it, with products
// differentiated by hand. Without an equation it is the defaults of the kind.
type scenario struct {
	equation Evolution
	rate     func(p place) []float64
}

// scenarios has every kind of equation with its defaults under its name, and
// some with other settings.
var scenarios = map[string]scenario{
	"advection": {rate: func(p place) []float64 { return []float64{-p.d(0, 0)} }},
	"unbalanced advection": {
		&Advection{Velocity: []float64{0.01, -0.04, 0.005}},
		func(p place) []float64 {
			return []float64{p.sum(func(i int) float64 { return []float64{-0.01, 0.04, -0.005}[i] * p.d(0, i) })}
		},
	},
	"diffusion": {rate: func(p place) []float64 { return []float64{0.01 * p.laplacian(0)} }},
	"anisotropic_diffusion": {rate: func(p place) []float64 {
		return []float64{0.001*p.d(0, 0, 0) + 2*0.0005*p.d(0, 0, 1) + 0.002*p.d(0, 1, 1)}
	}},
	"dispersion":     {rate: func(p place) []float64 { return []float64{1e-4 * p.along(0, 3)} }},
	"hyperdiffusion": {rate: func(p place) []float64 { return []float64{-1e-5 * p.bilaplacian(0)} }},
	"mixed_dispersion": {rate: func(p place) []float64 {
		return []float64{2.5e-4 * p.sum(func(i int) float64 {
			return p.sum(func(j int) float64 { return p.d(0, i, j, j) })
		})}
	}},
	"linear": {rate: func(p place) []float64 { return []float64{-0.25 * p.along(0, 1)} }},
	"all derivatives": {
		&Linear{Coefficients: []float64{0.1, -0.2, 0.3, 0.4, -0.5}},
		func(p place) []float64 {
			return []float64{0.1*p.d(0) - 0.2*p.along(0, 1) + 0.3*p.along(0, 2) + 0.4*p.along(0, 3) - 0.5*p.along(0, 4)}
		},
	},
	"quadratic": {rate: func(p place) []float64 { return []float64{-p.d(0)*p.along(0, 1) + 0.01*p.along(0, 2)} }},
	"all quadratic terms": {
		&Quadratic{Coefficients: []float64{0.1, 0, -1, 0, -1}, Square: 0.2, Convection: -0.3, Slope: -0.4},
		func(p place) []float64 {
			u := p.d(0)
			return []float64{0.1*u - p.along(0, 2) - p.along(0, 4) + 0.2*u*u - 0.3*u*p.along(0, 1) - 0.2*p.squaredSlope(0)}
		},
	},
	"normalized": {rate: func(p place) []float64 { return []float64{-0.025 * p.along(0, 1)} }},
	"all normalized terms": {
		&Normalized{Alpha: []float64{0.1, 0, 0.2}, Beta: [3]float64{0.3, 0.4, 0.5}, Extent: 4, Dt: 2},
		func(p place) []float64 { // a_0 once an axis
			u := p.d(0)
			return []float64{0.05*float64(p.dims)*u + 1.6*p.along(0, 2) + 0.15*u*u + 0.8*u*p.along(0, 1) + 2*p.squaredSlope(0)}
		},
	},
	"difficulty": {rate: func(p place) []float64 { return []float64{-4 / (160 * float64(p.dims)) * p.along(0, 1)} }},
	"all difficult terms": {
		&Difficulty{Gamma: []float64{0.1, 0, 0.2}, Delta: [3]float64{0.3, 0.4, 0.5}, Points: 10, Largest: 2, Extent: 4, Dt: 2},
		func(p place) []float64 {
			u, d := p.d(0), float64(p.dims)
			return []float64{0.05*d*u + 0.2/(100*2*d)*8*p.along(0, 2) + // 8 = L²/Δt
				0.15*u*u + 0.4/(2*10*d)*2*u*p.along(0, 1) + 0.5/(2*100*d)*8/2*p.squaredSlope(0)}
		},
	},
	"burgers": {rate: func(p place) []float64 {
		return p.each(func(i int) float64 { return -p.convection(i) + 0.05*p.laplacian(i) })
	}},
	"burgers_convective": {rate: func(p place) []float64 {
		return p.each(func(i int) float64 {
			return -p.sum(func(j int) float64 { return p.d(j) * p.d(i, j) }) + 0.05*p.laplacian(i)
		})
	}},
	"kdv": {rate: func(p place) []float64 {
		return p.each(func(i int) float64 { return -6*p.convection(i) - p.along(i, 3) })
	}},
	"damped KdV": {
		&KdV{Convection: -6, Dispersivity: 1, Viscosity: 0.1, HyperDiffusivity: 0.2},
		func(p place) []float64 {
			return p.each(func(i int) float64 {
				return 6*p.convection(i) - p.along(i, 3) + 0.1*p.laplacian(i) - 0.2*p.along(i, 4)
			})
		},
	},
	"ks": {rate: func(p place) []float64 {
		return []float64{-p.squaredSlope(0)/2 - p.laplacian(0) - p.bilaplacian(0)}
	}},
	"ks_conservative": {rate: func(p place) []float64 {
		return []float64{-p.convection(0) - p.laplacian(0) - p.bilaplacian(0)}
	}},
	"fisher_kpp": {rate: func(p place) []float64 {
		return []float64{0.01*p.laplacian(0) + p.d(0)*(1-p.d(0))}
	}},
	"allen_cahn": {rate: func(p place) []float64 {
		u := p.d(0)
		return []float64{0.005*p.laplacian(0) + u - u*u*u}
	}},
	"swift_hohenberg": {
		&SwiftHohenberg{Reactivity: 0.7, Critical: 1.5, Quadratic: 0.8, Cubic: 1.2},
		func(p place) []float64 {
			u := p.d(0)
			return []float64{0.7*u - 2.25*u - 3*p.laplacian(0) - p.bilaplacian(0) + 0.8*u*u - 1.2*u*u*u}
		},
	},
	"gray_scott": {rate: func(p place) []float64 {
		u, v := p.d(0), p.d(1)
		return []float64{2e-5*p.laplacian(0) - u*v*v + 0.04*(1-u), 1e-5*p.laplacian(1) + u*v*v - (0.04+0.06)*v}
	}},
	"fitzhugh_nagumo": {rate: func(p place) []float64 { // as PDEBench has it
		u, v := p.d(0), p.d(1)
		return []float64{1e-3*p.laplacian(0) + u - u*u*u - 0.005 - v, 5e-3*p.laplacian(1) + u - v}
	}},
	"nerve": {
		&FitzHughNagumo{DiffusivityU: 1, Cubic: 1.0 / 3, Stimulus: 0.5, Recovery: 0.08, Offset: 0.7, Decay: 0.8},
		func(p place) []float64 {
			u, v := p.d(0), p.d(1)
			return []float64{p.laplacian(0) + u - u*u*u/3 - v + 0.5, 0.08 * (u + 0.7 - 0.8*v)}
		},
	},
	"navier_stokes": {rate: func(p place) []float64 { return []float64{p.swirl() + 1e-3*p.laplacian(0)} }},
	"ideal flow":    {&NavierStokes{}, func(p place) []float64 { return []float64{p.swirl()} }},
	"Kolmogorov flow": {
		&NavierStokes{Viscosity: 0.01, Drag: 0.1, Forcing: configs.Of[Forcing]{Value: &Kolmogorov{Mode: 4, Amplitude: 1.5}}},
		func(p place) []float64 {
			return []float64{p.swirl() + 0.01*p.laplacian(0) - 0.1*p.d(0) - 4*1.5*math.Cos(4*p.x[1])}
		},
	},
	"flow of the FNO paper": {
		&NavierStokes{Viscosity: 1e-3, Forcing: configs.Of[Forcing]{Value: &DiagonalForcing{Amplitude: 0.1}}},
		func(p place) []float64 {
			sin, cos := math.Sincos(p.x[0] + p.x[1])
			return []float64{p.swirl() + 1e-3*p.laplacian(0) + 0.1*(sin+cos)}
		},
	},
	"wave": {
		&Wave{Speed: 3},
		func(p place) []float64 { return []float64{p.d(1), 9 * p.laplacian(0)} },
	},
	"schroedinger": {
		&Schroedinger{Dispersion: 0.3, Focusing: 0.7},
		func(p place) []float64 { // ψ_t = i (αΔψ + κ|ψ|²ψ)
			psi := complex(p.d(0), p.d(1))
			intensity := real(psi)*real(psi) + imag(psi)*imag(psi)
			r := 1i * (0.3*complex(p.laplacian(0), p.laplacian(1)) + complex(0.7*intensity, 0)*psi)
			return []float64{real(r), imag(r)}
		},
	},
}

// evolutions returns the equations of all scenarios by their names. Those that
// divide, as trigonometric polynomials do not, have none.
func evolutions(t *testing.T) map[string]Evolution {
	t.Helper()
	all := map[string]Evolution{}
	for name, s := range scenarios {
		all[name] = s.equation
	}
	for _, kind := range configs.Kinds[Equation]() {
		e, err := configs.New[Equation](kind)
		if err != nil {
			t.Fatal(err)
		}
		evolution, ok := e.(Evolution)
		switch {
		case !ok || divides(evolution):
		case scenarios[kind].rate == nil:
			t.Errorf("%s: the test does not know this equation", kind)
		case all[kind] == nil:
			all[kind] = evolution
		}
	}
	return all
}

// divides tells whether an equation is no polynomial.
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
	for dims := 1; dims <= 3; dims++ {
		if channels := e.Channels(dims); channels > 0 {
			e.Nonlinear(dims, slices.Repeat([]Field{wave(1, 0)}, channels))
		}
	}
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

// waves is a state of a few waves along all axes, another for each channel.
func waves(dims, channels int) []Field {
	u := make([]Field, channels)
	for c := range u {
		shift := cmplx.Rect(1, float64(c))
		u[c] = wave(0.4, 0).Add(wave(0.1*shift, 3))
		for axis := range dims {
			k := make([]int, dims)
			k[axis] = 1
			u[c] = u[c].Add(wave(shift*complex(0.5, 0.1*float64(axis)), k...))
			k[(axis+1)%dims]++
			u[c] = u[c].Add(wave(0.2i*shift, k...))
		}
	}
	return u
}

// Every equation is what its doc comment says, in every number of dimensions
// that it has.
func TestEquationsAreAsWritten(t *testing.T) {
	for name, e := range evolutions(t) {
		for dims := 1; dims <= 3; dims++ {
			u := waves(dims, e.Channels(dims))
			if len(u) == 0 {
				continue
			}
			got := rate(e, dims, u)
			for x := 0.3; x < 6; x += 1.7 {
				at := []float64{x, 2 * x, 3 * x}[:dims]
				for c, want := range scenarios[name].rate(place{u, at, dims}) {
					if ut := got[c].(series).at(at...); math.Abs(ut-want) > 1e-12*(1+math.Abs(want)) {
						t.Errorf("%s in %d dimensions: u_t = %v in channel %d at %v, want %v", name, dims, ut, c, at, want)
					}
				}
			}
		}
	}
}

// The rate of change of every declared invariant is zero, for every equation
// in every number of dimensions that it has: its mean is a polynomial of
// degree four at most along u + ε u_t, so Richardson's extrapolation of central
// differences leaves nothing out.
func TestInvariantsAreInvariant(t *testing.T) {
	for name, e := range evolutions(t) {
		conservative, ok := e.(Conservative)
		if !ok {
			continue
		}
		for dims := 1; dims <= 3; dims++ {
			u := waves(dims, e.Channels(dims))
			if len(u) == 0 {
				continue
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
				step := 0.5 / (1 + size(ut))
				coarse, fine := (moved(step)-moved(-step))/(2*step), (moved(step/2)-moved(-step/2))/step
				if r := (4*fine - coarse) / 3; math.Abs(r) > 1e-11*(1+size(ut)) {
					t.Errorf("%s in %d dimensions: %s changes at the rate %v", name, dims, invariant.Name, r)
				}
			}
		}
	}
}

// size is the sum of the amplitudes of the channel where it is largest.
func size(u []Field) float64 {
	most := 0.0
	for _, f := range u {
		sum := 0.0
		for _, c := range f.(series) {
			sum += cmplx.Abs(c)
		}
		most = max(most, sum)
	}
	return most
}

func TestAnisotropicDiffusionRefuses(t *testing.T) {
	for _, test := range []struct {
		a    [][]float64
		want string
	}{
		{nil, "0 rows"},
		{[][]float64{{1, 0}, {0, 1}, {0, 0}}, "row 0 has 2 numbers, want 3"},
		{[][]float64{{1, 2}, {0, 1}}, "want a symmetric matrix"},
		{[][]float64{{-1}}, "positive semidefinite"},
		{[][]float64{{1, 2}, {2, 1}}, "positive semidefinite"},
		{[][]float64{{0, 1}, {1, 0}}, "positive semidefinite"},
		{[][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, -1e-3}}, "positive semidefinite"},
	} {
		if err := (&AnisotropicDiffusion{test.a}).Check(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v, want …%s…", test.a, err, test.want)
		}
	}
	for _, a := range [][][]float64{{{0}}, {{1, 1}, {1, 1}}, {{0, 0}, {0, 1}}, {{1e-9, 0}, {0, 1}}, {{2, 1, 1}, {1, 2, 1}, {1, 1, 2}}} {
		if err := (&AnisotropicDiffusion{a}).Check(); err != nil {
			t.Errorf("%v: %v", a, err)
		}
	}
}

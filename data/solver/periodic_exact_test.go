package solver

import (
	"math"
	"math/cmplx"
	"strings"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// fill returns the state u(x) [C] on the points of a grid.
func fill(p physics.Problem, u func(x []float64) []float64) []float64 {
	var all []float64
	for i := range p.Grid.Size() {
		x := make([]float64, p.Grid.Dims())
		for axis, j := range p.Grid.Index(i) {
			x[axis] = p.Grid.X(axis, j)
		}
		all = append(all, u(x)...)
	}
	return all
}

// A fast soliton overtakes a slow one and both go on as before but for a
// shift, as Hirota's formula has it for u_t + 6uu_x + u_xxx = 0.
//
// Ref: Hirota, Phys. Rev. Lett. 27 (1971) 1192.
func TestSolitonsOvertake(t *testing.T) {
	const fast, slow, end = 2.0, 1.4, 4.0 // no tail is above exp(−28) where the box ends
	p := of(&physics.KdV{Convection: 6, Dispersivity: 1}, 432, 50, end)
	at := func(time float64) []float64 {
		return sample(p.Grid, func(x float64) float64 {
			// u = 2 (log F)_xx with F = 1 + e^a + e^b + c e^(a+b).
			a := math.Exp(fast * (x - 14 - fast*fast*time))
			b := math.Exp(slow * (x - 18 - slow*slow*time))
			c := (fast - slow) * (fast - slow) / ((fast + slow) * (fast + slow)) * a * b
			f, fx := 1+a+b+c, fast*a+slow*b+(fast+slow)*c
			fxx := fast*fast*a + slow*slow*b + (fast+slow)*(fast+slow)*c
			return 2 * (fxx/f - fx*fx/(f*f))
		})
	}
	// The fast soliton is behind at first and ahead in the end.
	start, want := at(0), at(end)
	var h, e []float64
	for _, substeps := range []int{1000, 1400, 2000, 2800} {
		h = append(h, -math.Log(float64(substeps)))
		e = append(e, math.Log(maxDistance(advance(t, solver(t, p, 4, substeps), start, 1), want)))
	}
	t.Logf("order %.3f, error %.1e", slope(h, e), math.Exp(e[3]))
	if slope(h, e) < 3.9 || e[3] > math.Log(2e-7) {
		t.Errorf("order %.3f, error %.1e, want 4 or better and 2e-7", slope(h, e), math.Exp(e[3]))
	}
}

// The soliton of the doc comment, whose phase turns six times over the box.
func TestSchroedingersSoliton(t *testing.T) {
	const a, end = 1.5, 4.0
	for _, kappa := range []float64{1, 2.5} { // √κ ψ obeys the equation with κ = 1
		// Its modes fall as exp(−πk/2a), to 1e-11 at the last one kept, k = 26.
		p := of(&physics.Schroedinger{Dispersion: 0.5, Focusing: kappa}, 512, 40, end)
		v := 6 * 2 * math.Pi / p.Grid.Extent[0]
		at := func(time float64) []float64 {
			return fill(p, func(x []float64) []float64 {
				y := x[0] - 16
				psi := cmplx.Rect(a/math.Cosh(a*(y-v*time)), v*y+(a*a-v*v)*time/2) / complex(math.Sqrt(kappa), 0)
				return []float64{real(psi), imag(psi)}
			})
		}
		if d := maxDistance(advance(t, solver(t, p, 4, 2000), at(0), 1), at(end)); d > 1e-8 {
			t.Errorf("κ = %v: error %.1e", kappa, d)
		}
	}
}

// Waves of the wave equation turn h into v and back, in two dimensions and in
// steps of any length; means move at the mean velocity.
func TestStandingWaves(t *testing.T) {
	p := of(&physics.Wave{Speed: 1.5}, 16, 2*math.Pi, 0.7)
	p.Grid.Points, p.Grid.Extent = []int{16, 12}, []float64{2 * math.Pi, 3}
	at := func(time float64) []float64 {
		return fill(p, func(x []float64) []float64 {
			h, v := 0.2+0.1*time, 0.1
			for _, k := range [][]float64{{1, 0}, {0, 2}, {3, -1}, {7, 5}} {
				ky := 2 * math.Pi / 3 * k[1]
				omega := 1.5 * math.Hypot(k[0], ky)
				shape := math.Cos(k[0]*x[0] + ky*x[1] + 0.3)
				h += shape * math.Cos(omega*time+k[1])
				v -= shape * omega * math.Sin(omega*time+k[1])
			}
			return []float64{h, v}
		})
	}
	for order := range tableaus {
		// v is up to 40, in phases of up to 40 radians.
		if d := maxDistance(advance(t, solver(t, p, order, 2), at(0), 3), at(3*p.Dt)); d > 1e-11 {
			t.Errorf("order %d: error %.1e", order, d)
		}
	}
}

// vorticity returns the problem of a vorticity.
func vorticity(t *testing.T, e *physics.NavierStokes, points int, extent, dt float64) physics.Problem {
	return setting{equation: e, dims: 2, extent: extent, dt: dt}.problem(t, "", points)
}

// Vortices whose waves are all of one length do not act on each other: the
// array of Taylor and Green, and waves of |k| = 5 in six directions.
func TestVorticesDecay(t *testing.T) {
	const nu, drag, end = 0.02, 0.1, 1.5
	p := vorticity(t, &physics.NavierStokes{Viscosity: nu, Drag: drag}, 32, 2*math.Pi, end)
	for name, test := range map[string]struct {
		square float64 // |k|²
		shape  func(x, y float64) float64
	}{
		"Taylor–Green": {8, func(x, y float64) float64 { return 4 * math.Cos(2*x) * math.Cos(2*y) }},
		"one length": {25, func(x, y float64) float64 {
			return math.Cos(5*x) + math.Sin(5*y+1) + math.Cos(3*x+4*y+2) + 2*math.Sin(4*x-3*y) + math.Cos(4*x+3*y) - math.Sin(3*x-4*y+3)
		}},
	} {
		at := func(time float64) []float64 {
			decay := math.Exp(-(nu*test.square + drag) * time)
			return fill(p, func(x []float64) []float64 { return []float64{decay * test.shape(x[0], x[1])} })
		}
		for order := 1; order < len(tableaus); order++ {
			if d := maxDistance(advance(t, solver(t, p, order, 20), at(0), 1), at(end)); d > 1e-13 {
				t.Errorf("%s, order %d: error %.1e", name, order, d)
			}
		}
	}
}

// A flow at rest grows under a force that varies along one direction as
// ω = (∇×f) (1 − exp(−rt))/r with r = νk² + μ, and nothing else moves.
func TestForcedFlowsGrow(t *testing.T) {
	const nu, drag, end = 0.05, 0.2, 3.0
	for name, test := range map[string]struct {
		force  physics.Forcing
		extent float64
		square float64 // |k|²
		curl   func(x, y float64) float64
	}{
		"kolmogorov": {&physics.Kolmogorov{Mode: 4, Amplitude: 2}, 3, math.Pow(8*math.Pi/3, 2), func(_, y float64) float64 {
			return -2 * 8 * math.Pi / 3 * math.Cos(8*math.Pi/3*y)
		}},
		"diagonal": {&physics.DiagonalForcing{Amplitude: 0.1}, 1, 8 * math.Pi * math.Pi, func(x, y float64) float64 {
			sin, cos := math.Sincos(2 * math.Pi * (x + y))
			return 0.1 * (sin + cos)
		}},
	} {
		p := vorticity(t, &physics.NavierStokes{Viscosity: nu, Drag: drag, Forcing: configs.Of[physics.Forcing]{Value: test.force}}, 24, test.extent, end)
		r := nu*test.square + drag
		want := fill(p, func(x []float64) []float64 {
			return []float64{test.curl(x[0], x[1]) * -math.Expm1(-r*end) / r}
		})
		for order := 1; order < len(tableaus); order++ {
			if d := maxDistance(advance(t, solver(t, p, order, 10), make([]float64, p.Size()), 1), want); d > 1e-13 {
				t.Errorf("%s, order %d: error %.1e", name, order, d)
			}
		}
	}
}

// A force with more waves than the grid holds is refused.
func TestForceBeyondTheGrid(t *testing.T) {
	e := &physics.NavierStokes{Forcing: configs.Of[physics.Forcing]{Value: &physics.Kolmogorov{Mode: 8, Amplitude: 1}}}
	if _, err := (&ETDRK{Order: 4, Substeps: 1, Bound: 1}).Stepper(vorticity(t, e, 17, 1, 1)); err != nil {
		t.Error(err)
	}
	_, err := (&ETDRK{Order: 4, Substeps: 1, Bound: 1}).Stepper(vorticity(t, e, 16, 1, 1))
	if want := "Fourier series on [16 16] points have no cosine of [0 8] waves"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want …%s…", err, want)
	}
}

// A velocity without vorticity in two dimensions, by the formula of Cole and
// Hopf from a solution φ of the heat equation.
func TestConvectiveBurgersMeetsColeHopf(t *testing.T) {
	const nu, b, end = 0.1, 2.0, 1.0
	p := setting{equation: &physics.BurgersConvective{Convection: b, Viscosity: nu}, dims: 2, extent: 2 * math.Pi, dt: end}.problem(t, "", 48)
	at := func(time float64) []float64 {
		one, two := 0.3*math.Exp(-nu*time), 0.4*math.Exp(-2*nu*time)
		return fill(p, func(x []float64) []float64 {
			sx, cx := math.Sincos(x[0])
			sy, cy := math.Sincos(x[1])
			phi := 1 + one*sx + two*cx*cy
			return []float64{-2 * nu / b * (one*cx - two*sx*cy) / phi, -2 * nu / b * (-two * cx * sy) / phi}
		})
	}
	if d := maxDistance(advance(t, solver(t, p, 4, 100), at(0), 1), at(end)); d > 1e-10 {
		t.Errorf("error %.1e", d)
	}
}

// States that are equal everywhere stay so: logistic growth, its cubic kin,
// and the states of rest of the others.
func TestUniformStates(t *testing.T) {
	const end = 2.0
	for name, test := range map[string]struct {
		equation physics.Equation
		from, to []float64
	}{
		"logistic": {
			&physics.FisherKPP{Diffusivity: 0.01, Reactivity: 1.5},
			[]float64{0.2}, []float64{1 / (1 + 4*math.Exp(-1.5*end))},
		},
		"cubic": { // u² = a / (b + (a/u₀² − b) exp(−2at))
			&physics.AllenCahn{Diffusivity: 0.01, Growth: 0.7, Saturation: 1.2},
			[]float64{0.2}, []float64{math.Sqrt(0.7 / (1.2 + (0.7/0.04-1.2)*math.Exp(-1.4*end)))},
		},
		"Swift–Hohenberg": { // r − k² = 0.25 with h = 1 and g = 0 is cubic, too
			&physics.SwiftHohenberg{Reactivity: 0.5, Critical: 0.5, Cubic: 1},
			[]float64{0.2}, []float64{math.Sqrt(0.25 / (1 + (0.25/0.04-1)*math.Exp(-0.5*end)))},
		},
		"fed": { // u = 1, v = 0 is at rest, and u goes to 1 at the rate f
			&physics.GrayScott{DiffusivityU: 2e-5, DiffusivityV: 1e-5, Feed: 0.3, Kill: 0.06},
			[]float64{0.4, 0}, []float64{1 - 0.6*math.Exp(-0.3*end), 0},
		},
		"resting nerve": { // u − u³/3 − v + s = 0 and u + a − γv = 0
			&physics.FitzHughNagumo{Cubic: 1.0 / 3, Stimulus: 2.0 / 3, Recovery: 0.1, Offset: 1, Decay: 0.5},
			[]float64{-1, 0}, []float64{-1, 0},
		},
	} {
		p := of(test.equation, 16, 1, end)
		fillWith := func(u []float64) []float64 { return fill(p, func([]float64) []float64 { return u }) }
		if d := maxDistance(advance(t, solver(t, p, 4, 400), fillWith(test.from), 1), fillWith(test.to)); d > 1e-10 {
			t.Errorf("%s: error %.1e", name, d)
		}
	}
}

package solver

import (
	"math"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// Equations that become equal for some coefficients have equal solutions, in
// two dimensions.
func TestPeriodicLimits(t *testing.T) {
	for _, test := range []struct {
		name string
		a, b physics.Equation
	}{
		{"linear with a velocity is advection", &physics.Linear{Coefficients: []float64{0, -0.4}}, &physics.Advection{Velocity: []float64{0.4, 0.4}}},
		{"linear with a diffusivity is diffusion", &physics.Linear{Coefficients: []float64{0, 0, 0.1}}, &physics.Diffusion{Diffusivity: 0.1}},
		{"linear with a dispersivity is dispersion", &physics.Linear{Coefficients: []float64{0, 0, 0, 0.2}}, &physics.Dispersion{Dispersivity: 0.2}},
		{"isotropic anisotropic diffusion is diffusion", &physics.AnisotropicDiffusion{Diffusivity: [][]float64{{0.1, 0}, {0, 0.1}}}, &physics.Diffusion{Diffusivity: 0.1}},
		{"quadratic without squares is linear", &physics.Quadratic{Coefficients: []float64{0.1, -0.4, 0.2}}, &physics.Linear{Coefficients: []float64{0.1, -0.4, 0.2}}},
		{"quadratic has Fisher's equation", &physics.Quadratic{Coefficients: []float64{2, 0, 0.1}, Square: -2}, &physics.FisherKPP{Diffusivity: 0.1, Reactivity: 2}},
		{"quadratic has KS with its slope alone", &physics.Quadratic{Coefficients: []float64{0, 0, 0.3}, Slope: -0.7}, &physics.KS{Convection: 0.7, AntiDiffusivity: -0.3}},
		{"Allen–Cahn without a cube is linear", &physics.AllenCahn{Diffusivity: 0.1, Growth: 0.3}, &physics.Linear{Coefficients: []float64{0.3, 0, 0.1}}},
		{"KdV without dispersion is Burgers", &physics.KdV{Convection: 1, Viscosity: 0.1}, &physics.Burgers{Convection: 1, Viscosity: 0.1}},
	} {
		s := setting{test.a, 2, 16, 2 * math.Pi, 0.1, 0.3, 0.5}
		p := s.problem(t, "", s.points)
		q := p
		q.Equation.Value = test.b
		for order := 1; order <= 4; order++ {
			got, want := advance(t, solver(t, p, order, 5), s.start(p), 4), advance(t, solver(t, q, order, 5), s.start(q), 4)
			if d := maxDistance(got, want); d > 1e-14 {
				t.Errorf("%s, order %d: they differ by %.1e", test.name, order, d)
			}
		}
	}
}

// mirroredFlow is the Kolmogorov flow as exponax states it, with the stream
// function Δ⁻¹ω and the force −kγ cos(ky) on the vorticity.
type mirroredFlow struct{ *physics.NavierStokes }

func (mirroredFlow) Nonlinear(_ int, w []physics.Field) []physics.Field {
	psi := w[0].InverseLaplacian()
	u, v := psi.D(1, 1), psi.D(0, 1).Scale(-1)
	convection := u.Mul(w[0].D(0, 1)).Add(v.Mul(w[0].D(1, 1)))
	return []physics.Field{convection.Scale(-1).Add(w[0].Cosine([3]int{0, 4, 0}, 0).Scale(-4 * 1.5))}
}

// NavierStokes is exponax's equation for states that are mirrored in y.
func TestMirroredFlow(t *testing.T) {
	e := &physics.NavierStokes{
		Viscosity: 0.01, Drag: 0.1,
		Forcing: configs.Of[physics.Forcing]{Value: &physics.Kolmogorov{Mode: 4, Amplitude: 1.5}},
	}
	p := vorticity(t, e, 32, 2*math.Pi, 0.5)
	q := p
	q.Equation.Value = mirroredFlow{e}
	mirrored := func(u []float64) []float64 {
		v := make([]float64, len(u))
		for i := range v {
			at := p.Grid.Index(i)
			v[i] = u[at[0]*32+(32-at[1])%32]
		}
		return v
	}
	u := draw(t, p, 1)
	got, want := advance(t, solver(t, q, 4, 20), mirrored(u), 2), mirrored(advance(t, solver(t, p, 4, 20), u, 2))
	if d := maxDistance(got, want); d > 1e-12 {
		t.Errorf("they differ by %.1e", d)
	}
}

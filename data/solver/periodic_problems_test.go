package solver

import (
	"math"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// setting is where an equation is tested: on a box, from states of some mean
// and size, over a time in which they move by about themselves without getting
// stiff.
type setting struct {
	equation     physics.Equation // nil for the defaults of the kind
	dims, points int
	extent, dt   float64
	mean, size   float64
}

// settings has every kind of equation with nonlinear terms under its name, and
// some others. On a line of 10π, 32 points have no wave of a length below one.
var settings = map[string]setting{
	"allen_cahn":         {nil, 1, 32, 10 * math.Pi, 0.5, 0.3, 1},
	"burgers":            {nil, 1, 32, 10 * math.Pi, 2, 0.3, 1},
	"burgers_convective": {nil, 1, 32, 10 * math.Pi, 2, 0.3, 1},
	"fisher_kpp":         {nil, 1, 32, 10 * math.Pi, 1, 0.5, 0.3},
	"fitzhugh_nagumo":    {nil, 1, 32, 10 * math.Pi, 1, 0.1, 0.6},
	"gray_scott":         {nil, 1, 32, 1, 2, 0.5, 0.3},
	"kdv":                {nil, 1, 32, 10 * math.Pi, 0.2, 0.3, 1},
	"ks":                 {nil, 1, 32, 10 * math.Pi, 0.7, 0.3, 1},
	"ks_conservative":    {nil, 1, 32, 10 * math.Pi, 1, 0.3, 1},
	"navier_stokes":      {nil, 2, 16, 2 * math.Pi, 2, 0, 1},
	"quadratic":          {nil, 1, 32, 10 * math.Pi, 2, 0.3, 1},
	"schroedinger":       {nil, 1, 32, 10 * math.Pi, 0.5, 0.3, 0.6},
	"swift_hohenberg":    {nil, 1, 32, 10 * math.Pi, 0.5, 0.1, 0.5},

	"Kolmogorov flow": {
		&physics.NavierStokes{Viscosity: 0.01, Drag: 0.1, Forcing: configs.Of[physics.Forcing]{Value: &physics.Kolmogorov{Mode: 2, Amplitude: 1}}},
		2, 16, 2 * math.Pi, 0.5, 0, 1,
	},
	"flow of the FNO paper": {
		&physics.NavierStokes{Viscosity: 1e-3, Forcing: configs.Of[physics.Forcing]{Value: &physics.DiagonalForcing{Amplitude: 0.1}}},
		2, 16, 1, 2, 0, 1,
	},
	"Burgers in 2 dimensions":    {&physics.Burgers{Convection: 1, Viscosity: 0.05}, 2, 16, 2 * math.Pi, 0.5, 0.1, 0.5},
	"KS in 2 dimensions":         {&physics.KS{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1}, 2, 16, 6 * math.Pi, 0.5, 0.1, 1},
	"Gray–Scott in 2 dimensions": {&physics.GrayScott{DiffusivityU: 2e-5, DiffusivityV: 1e-5, Feed: 0.04, Kill: 0.06}, 2, 16, 1, 2, 0.5, 0.2},
	"all quadratic terms": {
		&physics.Quadratic{Coefficients: []float64{0.1, -0.2, -1, 0.1, -1}, Square: -0.2, Convection: -0.3, Slope: -0.4},
		1, 32, 10 * math.Pi, 1, 0.3, 0.6,
	},
}

// problem returns the problem of a setting on some points along each axis.
func (s setting) problem(t testing.TB, name string, points int) physics.Problem {
	t.Helper()
	var p physics.Problem
	if s.equation == nil {
		p = blank(t, name, points, s.extent, s.dt)
	} else {
		p = of(s.equation, points, s.extent, s.dt)
	}
	p.Grid.Points = slices.Repeat([]int{points}, s.dims)
	p.Grid.Extent = slices.Repeat([]float64{s.extent}, s.dims)
	return p
}

// start returns the state of two waves in which a setting starts. They cross in
// several dimensions.
func (s setting) start(p physics.Problem) []float64 {
	u := make([]float64, p.Size())
	channels := p.Channels()
	for i := range u {
		x, y, shift := 0.0, 0.0, float64(i%channels)
		for axis, j := range p.Grid.Index(i / channels) {
			phase := 2 * math.Pi * p.Grid.X(axis, j) / s.extent
			x, y = x+phase*[]float64{2, 1}[axis], y+phase*[]float64{3, -1}[axis]
		}
		u[i] = s.mean + s.size*(math.Sin(x+shift)+0.5*math.Cos(y+2*shift))/1.5
	}
	return u
}

// every runs a test on each setting, and complains of kinds that have none.
func every(t *testing.T, test func(t *testing.T, name string, s setting)) {
	for _, kind := range spectralKinds(t) {
		if _, ok := settings[kind]; !ok && isNonlinear(t, blank(t, kind, 16, 1, 1)) {
			t.Errorf("%s: the test has no setting for it", kind)
		}
	}
	for name, s := range settings {
		t.Run(name, func(t *testing.T) {
			test(t, name, s)
		})
	}
}

// coarsened returns the values of a state on the points of a coarser grid.
func (s setting) coarsened(t *testing.T, name string, u []float64, from, to int) []float64 {
	fine, coarse := s.problem(t, name, from), s.problem(t, name, to)
	channels := fine.Channels()
	v := make([]float64, coarse.Size())
	for i := range coarse.Grid.Size() {
		at := 0
		for _, j := range coarse.Grid.Index(i) {
			at = at*from + j*from/to
		}
		copy(v[i*channels:], u[at*channels:(at+1)*channels])
	}
	return v
}

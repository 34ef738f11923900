package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/data/initial"
	"eddy/data/solver"
	"eddy/physics"
)

// scenario is a problem that eddy and exponax both solve.
type scenario struct {
	name       string
	equation   physics.Evolution
	stepper    string         // the equation in exponax
	parameters map[string]any // as exponax names them
	points     []int
	extent, dt float64
	initial    physics.Initial
	zeroMean   bool    // exponax takes the mean out
	mirrored   bool    // exponax has the last axis the other way round
	bound      float64 // of the relative difference after 10 steps
}

// waves is eddy's good choice of initial states where one wave is as good as
// another.
var waves = &initial.Fourier{Cutoff: 5, MaxAbs: 1}

var (
	burgers = scenario{
		name: "burgers", equation: &physics.Burgers{Convection: 1, Viscosity: 0.1},
		stepper: "Burgers", parameters: map[string]any{"diffusivity": 0.1, "conservative": true},
		points: []int{160}, extent: 2 * math.Pi, dt: 0.05, initial: waves, bound: 1e-8,
	}
	kdv = scenario{
		name: "kdv", equation: &physics.KdV{Convection: 6, Dispersivity: 1},
		stepper:    "KortewegDeVries",
		parameters: map[string]any{"convection_scale": 6, "dispersivity": 1, "hyper_diffusivity": 0, "conservative": true},
		points:     []int{160}, extent: 20, dt: 0.005, initial: waves, bound: 1e-8,
	}
	ks = scenario{
		name: "ks", equation: &physics.KS{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1},
		stepper: "KuramotoSivashinsky", parameters: map[string]any{},
		points: []int{160}, extent: 60, dt: 0.1, initial: waves, zeroMean: true, bound: 1e-6,
	}
	ksConservative = scenario{
		name: "ks_conservative", equation: &physics.KSConservative{Convection: 1, AntiDiffusivity: 1, HyperDiffusivity: 1},
		stepper: "KuramotoSivashinskyConservative", parameters: map[string]any{},
		points: []int{160}, extent: 60, dt: 0.1, initial: waves, bound: 1e-6,
	}
)

// kolmogorov is Kolmogorov flow on n² points.
func kolmogorov(n int) scenario {
	return scenario{
		name: fmt.Sprintf("kolmogorov %d²", n),
		equation: &physics.NavierStokes{
			Viscosity: 0.01, Drag: 0.1,
			Forcing: configs.Of[physics.Forcing]{Kind: "kolmogorov", Value: &physics.Kolmogorov{Mode: 4, Amplitude: 1}},
		},
		stepper:    "KolmogorovFlowVorticity",
		parameters: map[string]any{"diffusivity": 0.01, "drag": -0.1, "injection_mode": 4, "injection_scale": 1},
		points:     []int{n, n}, extent: 2 * math.Pi, dt: 0.01,
		initial: waves, mirrored: true, bound: 1e-8,
	}
}

// problem returns the scenario as eddy has it.
func (s scenario) problem(order int) physics.Problem {
	extent := make([]float64, len(s.points))
	for axis := range extent {
		extent[axis] = s.extent
	}
	var method physics.Solver = &solver.ETDRK{Order: order, Substeps: 1, Bound: 1e4}
	if s.zeroMean {
		method = &solver.ZeroMean{Solver: configs.Of[physics.Solver]{Value: method}}
	}
	return physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: s.name, Value: s.equation},
		Grid:     physics.Grid{Points: s.points, Extent: extent},
		Dt:       s.dt,
		Solver:   configs.Of[physics.Solver]{Value: method},
		Initial:  configs.Of[physics.Initial]{Value: s.initial},
	}
}

// draw returns initial states, [B][N…].
func draw(p physics.Problem, batch int) ([][]float64, error) {
	states := make([][]float64, batch)
	for i := range states {
		states[i] = make([]float64, p.Size())
		rng := rand.New(rand.NewPCG(1, uint64(i)))
		if err := p.Initial.Value.Draw(states[i], p.Grid, rng); err != nil {
			return nil, err
		}
	}
	return states, nil
}

// mirror returns states [B][N…] with the last axis the other way round.
func mirror(states [][]float64, points []int) [][]float64 {
	n := points[len(points)-1]
	mirrored := make([][]float64, len(states))
	for b, u := range states {
		mirrored[b] = make([]float64, len(u))
		for i, v := range u {
			mirrored[b][i-i%n+(n-i%n)%n] = v
		}
	}
	return mirrored
}

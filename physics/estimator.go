package physics

import (
	"errors"
	"fmt"
	"math"
	"math/cmplx"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// Estimator estimates the errors of a forecast's steps by the residual that they
// leave, without the truth:
//
//	η² = mean_x |e|²,  ê = r̂ / (1/Δt − L̂/2),
//
// for the residual r of [CrankNicolson]. This is the norm of r that is dual to
// the energy of a step: for L = νΔ, waves that a step hardly damps count by
// Δt |r̂| and finer ones by 2 |r̂|/(ν|k|²). Where ‖r‖ is taken in H⁻¹ instead, with
// α = 2/(νΔt) as [Residuals] can, 2Δt/ν ‖r‖²_{−1} estimates the energy
// ‖e‖² + ½ νΔt ‖∇e‖². With [Defect], ê = Δt r̂.
//
// η/‖e‖ tends to 1 as steps get shorter; products of the equation are not in
// the symbol, so that a step over many points of the grid makes it worse, and
// what the scheme itself leaves of a solution bounds what can be seen.
//
// Ref: Verfürth, A Posteriori Error Estimation Techniques for Finite Element
// Methods (2013), §6; Cao, Brarda, Li & Xi (2024), arXiv:2405.17211, §3.3.
type Estimator struct {
	shape   []int // [1, N…, C]
	program *graph.Program
}

// Inverting is a scheme that says what error of the later of two frames a
// residual comes from, where the equation is u_t = l u.
type Inverting interface {
	Scheme
	Error(l complex128, dt float64) complex128
}

// Error implements [Inverting]; waves that grow are taken for ones that decay.
func (*CrankNicolson) Error(l complex128, dt float64) complex128 {
	return 1 / (complex(1/dt+math.Abs(real(l))/2, -imag(l)/2))
}

// Error implements [Inverting].
func (*Defect) Error(_ complex128, dt float64) complex128 { return complex(dt, 0) }

// NewEstimator returns the estimator for a problem. Its box must be periodic, and
// L must not couple channels.
func NewEstimator(p Problem, scheme Inverting) (*Estimator, error) {
	e, ok := p.Equation.Value.(Evolution)
	switch {
	case !ok:
		return nil, errors.New("errors are estimated for equations in time")
	case p.Grid.Boundary != Periodic:
		return nil, fmt.Errorf("errors are estimated on periodic boxes, not on a grid that ends in %v", p.Grid.Boundary)
	}
	b, err := newBalance(p, configs.Of[Scheme]{Value: scheme}, 2)
	if err != nil {
		return nil, err
	}
	linear := e.Linear(p.Grid.Dims())
	if !linear.IsDiagonal() {
		return nil, errors.New("the equation's linear part couples channels")
	}
	seen := func(_ nodes, r []Field) []Field {
		all := make([]Field, len(r))
		for c := range r {
			s := r[c].(*spectral)
			all[c] = s.times(func(k [3]int) complex128 {
				return finiteOr0(scheme.Error(linear[c][c].Symbol(s.of.wave(k)...), p.Dt))
			})
		}
		return all
	}
	shape := append(append([]int{1}, p.Grid.Points...), p.Channels())
	like := graph.Feeds{
		"start": {Shape: shape},
		"rest":  {Shape: append([]int{1}, shape...)},
	}
	machine := graph.Machine{Precision: graph.F64, Pool: kernel.NewPool(1)}
	program, err := graph.Compile(machine, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		return b.node(g, Trajectory{Grid: p.Grid, Dt: p.Dt, Start: in["start"], Rest: in["rest"]}, seen)
	})
	machine.Pool.Close()
	return &Estimator{shape, program}, err
}

func finiteOr0(z complex128) complex128 {
	if cmplx.IsInf(z) || cmplx.IsNaN(z) {
		return 0
	}
	return z
}

// Step returns the root mean square of the error that a step from one state to
// the next, both [N…·C], is estimated to have.
func (e *Estimator) Step(before, after []float64) (float64, error) {
	err := e.program.Run(graph.Feeds{
		"start": {Shape: e.shape, Data: before},
		"rest":  {Shape: append([]int{1}, e.shape...), Data: after},
	})
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, v := range e.program.Output().Values() {
		sum += v * v
	}
	return math.Sqrt(sum / float64(len(after))), nil
}

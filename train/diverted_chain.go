package train

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("diverted_chain", func() Method { return &DivertedChain{Unroll: 2} })
}

// DivertedChain trains a model with the problem's solver in the loop. The model
// follows its own states v_t from a true one, and the solver P takes one step
// from each of them:
//
//	loss = 1/T Σ_t ℓ( G_θ(v_{t−1}), P(v_{t−1}) ),  v_t = G_θ(v_{t−1}),  v₀ = u₀.
//
// So the model learns what is right where it is, and not how to return to a
// trajectory that it has lost, which in a chaotic system it cannot. A sample is
// one frame. The gradient goes through all of the model's steps, but not
// through the solver's. With Unroll 1 it is supervised training of one step.
//
// Good values: Unroll 2 to 5. Each adds a step of the solver per sample.
//
// Ref: Koehler et al., APEBench (2024), arXiv:2411.00180, §3 (diverted chain
// with branches of one step); trainax, DivertedChainBranchOne with
// cut_div_chain.
type DivertedChain struct {
	Unroll int `range:"[1,100]" doc:"steps that the model takes on its own output in training"`

	steps    Supervised // towards the solver's states
	forecast *stepper
	solver   reference
}

// Window implements [Method].
func (d *DivertedChain) Window() int { return 1 }

// Init implements [Method].
func (d *DivertedChain) Init(t Task) (models.Spec, error) {
	d.steps = Supervised{Unroll: d.Unroll, History: 1, Bundle: 1}
	s, err := d.steps.Init(t)
	if err != nil {
		return s, fmt.Errorf("diverted_chain: %w", err)
	}
	if d.solver, err = newReference(t); err != nil {
		return s, fmt.Errorf("diverted_chain: %w", err)
	}
	return s, nil
}

// Bind implements [Bound].
func (d *DivertedChain) Bind(m models.Model, on graph.Machine) (err error) {
	d.forecast, err = newStepper(m, on, d.steps.chain)
	return err
}

// Draw implements [Method].
func (d *DivertedChain) Draw(b data.Batch, rng *rand.Rand) (graph.Feeds, error) {
	own, err := d.forecast.follow(b, d.Unroll-1)
	if err != nil {
		return nil, err
	}
	states := append([][]float64{b.Frames[0]}, own...)
	b.Frames = states[:1:1]
	for t, u := range states {
		next, err := d.solver.step(u, b)
		if err != nil {
			return nil, fmt.Errorf("diverted_chain: the solver, after %d steps of the model: %w", t, err)
		}
		b.Frames = append(b.Frames, next)
	}
	return d.steps.Draw(b, rng)
}

// Loss implements [Method].
func (d *DivertedChain) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	return d.steps.Loss(g, m, in)
}

// Predictor implements [Method].
func (d *DivertedChain) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	return d.steps.Predictor(m, on)
}

// reference takes steps of the problem's solver.
type reference struct {
	problem physics.Problem
	shared  physics.BatchStepper // of all samples, where they have no parameters
}

// newReference refuses a problem that cannot be solved from a state of the data
// on.
func newReference(t Task) (reference, error) {
	p := t.Problem
	switch {
	case p.Equation.Value == nil || p.Solver.Value == nil:
		return reference{}, errors.New("learns from the problem's solver, but the problem has no equation or no solver")
	case len(t.Layout.Fields) > 0:
		return reference{}, fmt.Errorf("the samples have %d fields of their own, of which the problem's solver does not know", len(t.Layout.Fields))
	case len(p.Parameters) != len(t.Layout.Parameters):
		return reference{}, fmt.Errorf("the samples have %d parameters, but the problem draws %d", len(t.Layout.Parameters), len(p.Parameters))
	}
	s, err := p.Solver.Value.Stepper(p)
	if err != nil {
		return reference{}, err
	}
	r := reference{problem: p}
	if len(p.Parameters) == 0 {
		r.shared = physics.Batch(s)
	}
	return r, nil
}

// step advances the states u [B·N…·C] of the samples of a batch.
func (r reference) step(u []float64, b data.Batch) ([]float64, error) {
	next := make([]float64, len(u))
	size, p := len(u)/b.Size, len(b.Parameters)/b.Size
	errs := make([]error, b.Size)
	for lo := 0; lo < b.Size; {
		stepper := r.shared
		if stepper == nil {
			own, err := r.problem.With(b.Parameters[lo*p : (lo+1)*p])
			if err != nil {
				return nil, err
			}
			s, err := own.Solver.Value.Stepper(own)
			if err != nil {
				return nil, fmt.Errorf("parameters %v: %w", b.Parameters[lo*p:(lo+1)*p], err)
			}
			stepper = physics.Batch(physics.StepFunc(s.Step))
		}
		hi := min(lo+stepper.Width(), b.Size)
		stepper.StepAll(rows(next, size, lo, hi), rows(u, size, lo, hi), errs[lo:hi])
		lo = hi
	}
	return next, errors.Join(errs...)
}

// rows are the samples lo … hi−1 of u.
func rows(u []float64, size, lo, hi int) [][]float64 {
	all := make([][]float64, 0, hi-lo)
	for i := lo; i < hi; i++ {
		all = append(all, u[i*size:(i+1)*size])
	}
	return all
}

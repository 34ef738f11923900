package train

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("unlabelled", func() Method { return &Unlabelled{States: 16, Method: kind[Method]("supervised")} })
}

// Unlabelled adds to each batch States initial states that are drawn anew from
// the problem's distribution, and trains with another method. Of forecasts from
// these no truth is known, so that comparisons are of the samples of the source
// alone, but laws are of all:
//
//	loss = mean over samples ℓ( G_θ(u₀), u ) + mean over all law( G_θ(u₀) ).
//
// So a model that has few trajectories to learn from also learns from the
// equation, everywhere. Good values: States as many as the batch, or twice.
//
// Ref: Li et al., Physics-informed neural operator (2021), arXiv:2111.03794, §3.2.
type Unlabelled struct {
	States int                `range:"[1,1000000]" doc:"initial states that are drawn for each batch"`
	Method configs.Of[Method] `doc:"how the network is trained on all of them"`

	task Task
}

// Check refuses a method that states cannot be added to.
func (u *Unlabelled) Check() error {
	switch m := u.Method.Value.(type) {
	case nil:
		return configs.At("method", "missing, want one of %v", configs.Kinds[Method]())
	case *Supervised, *Operator, *SpaceTime, *Pushforward:
		if r, ok := m.(Remembering); ok && r.Past() > 0 {
			return configs.At("method", "history = %d, want 1: a drawn state has none before it", r.Past()+1)
		}
		return nil
	}
	return configs.At("method", "%s, want supervised, pushforward, spacetime or operator", u.Method.Kind)
}

// Window implements [Method].
func (u *Unlabelled) Window() int { return u.Method.Value.Window() }

// Init implements [Method].
func (u *Unlabelled) Init(t Task) (models.Spec, error) {
	laws := slices.ContainsFunc(t.Losses, func(l Term) bool { _, ok := l.Loss.(physics.Law); return ok })
	switch {
	case !laws:
		return models.Spec{}, errors.New("unlabelled: adds states of which no truth is known, but no loss does without, want residual or another law")
	case t.Problem.Initial.Value == nil:
		return models.Spec{}, errors.New("unlabelled: the problem has no distribution of initial states")
	case t.Problem.Warmup > 0:
		return models.Spec{}, fmt.Errorf("unlabelled: warmup = %d, want 0: the states that samples start from are solutions then, which cannot be drawn", t.Problem.Warmup)
	}
	u.task = t
	return u.Method.Value.Init(t)
}

// Bind implements [Bound].
func (u *Unlabelled) Bind(m models.Model, on graph.Machine) error {
	if b, ok := u.Method.Value.(Bound); ok {
		return b.Bind(m, on)
	}
	return nil
}

// Draw implements [Method].
func (u *Unlabelled) Draw(b data.Batch, rng *rand.Rand) (graph.Feeds, error) {
	p, grid := u.task.Problem, u.task.Layout.Grid
	first, parameters := slices.Clone(b.Frames[0]), slices.Clone(b.Parameters)
	for range u.States {
		state := make([]float64, grid.Size()*p.Inputs())
		if err := p.Initial.Value.Draw(state, grid, rng); err != nil {
			return nil, fmt.Errorf("unlabelled: initial state: %w", err)
		}
		first = append(first, state...)
		for _, q := range p.Parameters {
			parameters = append(parameters, q.Law.Value.Quantile(rng.Float64()))
		}
	}
	b.Frames = append([][]float64{first}, b.Frames[1:]...)
	b.Parameters, b.Size = parameters, b.Size+u.States
	return u.Method.Value.Draw(b, rng)
}

// Loss implements [Method].
func (u *Unlabelled) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	return u.Method.Value.Loss(g, m, in)
}

// Predictor implements [Method].
func (u *Unlabelled) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	return u.Method.Value.Predictor(m, on)
}

package train

import (
	"errors"
	"math/rand/v2"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("supervised", func() Method { return &Supervised{Unroll: 1, History: 1, Bundle: 1} })
}

// Supervised trains a model to take one step of the solver, or Unroll steps on
// its own output with the gradient through all of them:
//
//	loss = 1/T Σ_t ℓ( G_θᵗ(u₀), u_t ),  t = 1 … T.
//
// Unroll beyond 1 costs that many times the memory and time, and steadies
// rollouts; good values are 1 to 5.
//
// With History H, the model sees the last H frames as channels, the newest
// last. Its forecasts, and those of all baselines, then begin at frame H − 1 of
// a test trajectory, and it alone is given the true frames before. With Bundle
// K it forecasts K frames at once as channels, which makes errors add up less
// often, and takes 1/K of the time; T then counts applications, and the loss
// is the mean over all T·K frames.
//
// Ref: List et al., How temporal unrolling supports neural physics simulators
// (2025), arXiv:2402.12971 (unrolling); Brandstetter et al., Message passing
// neural PDE solvers (2022), arXiv:2202.03376, §3.1 (temporal bundling).
type Supervised struct {
	Unroll  int `range:"[1,100]" doc:"steps that the model takes on its own output in training"`
	History int `range:"[1,100]" doc:"frames that the model sees"`
	Bundle  int `range:"[1,100]" doc:"frames that the model forecasts at once"`

	task  Task
	chain chain
}

// Window implements [Method].
func (s *Supervised) Window() int { return s.History + s.Unroll*s.Bundle }

// Past implements [Remembering].
func (s *Supervised) Past() int { return s.History - 1 }

// Init implements [Method].
func (s *Supervised) Init(t Task) (models.Spec, error) {
	if !t.Layout.Stepped {
		return models.Spec{}, errors.New("supervised: the samples are pairs and not steps in time; train on them with the method operator")
	}
	s.task, s.chain = t, chain{t.Layout, s.History, s.Bundle}
	spec := s.chain.spec()
	spec.States = statesOf(t)
	return spec, nil
}

// Draw implements [Method].
func (s *Supervised) Draw(b data.Batch, _ *rand.Rand) (graph.Feeds, error) {
	return s.chain.feeds(b), nil
}

// Loss implements [Method].
func (s *Supervised) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	frames := s.chain.unroll(g, m, in, s.Unroll)
	target := make([]*graph.Node, len(frames))
	for t := range target {
		target[t] = in[frame(s.History+t)]
	}
	return s.task.loss(g, s.chain.followed(g, s.task, in, frames, target))
}

// Predictor implements [Method].
func (s *Supervised) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	return newStepper(m, on, s.chain)
}

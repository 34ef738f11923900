package train

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("noisy", func() Method { return &Noisy{Level: 0.01, Method: kind[Method]("supervised")} })
}

// Noisy adds noise to what a model is given while it trains with another
// method,
//
//	u ↦ u + Level · σ · ξ,  ξ ~ N(0, 1) at each point,
//
// with σ the standard deviation of the channel, and leaves the targets alone:
// the model learns to undo small errors of its own earlier steps. A frame that
// the method goes on to forecast from itself gets none.
//
// Good values: Level 0.001 to 0.03, about the error of a step of the trained
// model.
//
// Ref: Sanchez-Gonzalez et al., Learning to simulate complex physics with graph
// networks (2020), arXiv:2002.09405; Stachenfeld et al. (2022),
// arXiv:2112.15275, whose models of turbulence need it.
type Noisy struct {
	Level  float64            `range:"(0,10]" doc:"standard deviation of the noise, in standard deviations of the channel"`
	Method configs.Of[Method] `doc:"how the network is trained on the noisy samples"`

	std []float64 // [In] of the noise
}

// Check refuses a method that has no states to add noise to.
func (n *Noisy) Check() error {
	if n.Method.Value == nil {
		return configs.At("method", "missing, want one of %v", configs.Kinds[Method]())
	}
	return nil
}

// Window implements [Method].
func (n *Noisy) Window() int { return n.Method.Value.Window() }

// Past implements [Remembering].
func (n *Noisy) Past() int {
	if r, ok := n.Method.Value.(Remembering); ok {
		return r.Past()
	}
	return 0
}

// Init implements [Method].
func (n *Noisy) Init(t Task) (models.Spec, error) {
	s, err := n.Method.Value.Init(t)
	if err != nil {
		return s, err
	}
	n.std = nil
	if len(s.In) == 0 {
		return s, fmt.Errorf("noisy: adds noise to the states that a model is given, but the method %s gives it none", n.Method.Kind)
	}
	for _, c := range t.Layout.In {
		n.std = append(n.std, n.Level*c.Std)
	}
	return s, nil
}

// Bind implements [Bound].
func (n *Noisy) Bind(m models.Model, on graph.Machine) error {
	if b, ok := n.Method.Value.(Bound); ok {
		return b.Bind(m, on)
	}
	return nil
}

// Draw implements [Method].
func (n *Noisy) Draw(b data.Batch, rng *rand.Rand) (graph.Feeds, error) {
	b.Frames = slices.Clone(b.Frames)
	for t := range n.Past() + 1 {
		u := slices.Clone(b.Frames[t])
		for i := range u {
			u[i] += n.std[i%len(n.std)] * rng.NormFloat64()
		}
		b.Frames[t] = u
	}
	return n.Method.Value.Draw(b, rng)
}

// Loss implements [Method].
func (n *Noisy) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	return n.Method.Value.Loss(g, m, in)
}

// Predictor implements [Method].
func (n *Noisy) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	return n.Method.Value.Predictor(m, on)
}

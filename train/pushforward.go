package train

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("pushforward", func() Method { return &Pushforward{Steps: 1, History: 1, Bundle: 1} })
}

// Pushforward trains a model to take a step from its own forecasts, which come
// with the errors that it will meet in a rollout: a number n of steps from 0 to
// Steps is drawn for each batch, and
//
//	loss = ℓ( G_θ(stop(G_θⁿ(u₀))), u_{n+1} ),
//
// with no gradient through the n steps, so the step that is trained learns to
// undo errors and memory and the time of the reverse pass are those of one
// step. History and Bundle are those of [Supervised]; a step is an application.
//
// Good values: Steps 1 or 2; an untrained model's own states are of no use, so
// more is for a model that has learned for a while.
//
// Ref: Brandstetter, Worrall & Welling, Message passing neural PDE solvers
// (2022), arXiv:2202.03376, §3.1 and appendix B.
type Pushforward struct {
	Steps   int `range:"[1,100]" doc:"most steps that the model takes before the one it learns from"`
	History int `range:"[1,100]" doc:"frames that the model sees"`
	Bundle  int `range:"[1,100]" doc:"frames that the model forecasts at once"`

	last     Supervised // the step that is learned from
	forecast *stepper
}

// Window implements [Method].
func (p *Pushforward) Window() int { return p.History + (p.Steps+1)*p.Bundle }

// Past implements [Remembering].
func (p *Pushforward) Past() int { return p.History - 1 }

// Init implements [Method].
func (p *Pushforward) Init(t Task) (models.Spec, error) {
	p.last = Supervised{Unroll: 1, History: p.History, Bundle: p.Bundle}
	s, err := p.last.Init(t)
	if err != nil {
		return s, fmt.Errorf("pushforward: %w", err)
	}
	return s, nil
}

// Bind implements [Bound].
func (p *Pushforward) Bind(m models.Model, on graph.Machine) (err error) {
	p.forecast, err = newStepper(m, on, p.last.chain)
	return err
}

// Draw implements [Method].
func (p *Pushforward) Draw(b data.Batch, rng *rand.Rand) (graph.Feeds, error) {
	n := p.Bundle * rng.IntN(p.Steps+1)
	start := data.Batch{Size: b.Size, Frames: b.Frames[:p.History], Parameters: b.Parameters, Fields: b.Fields}
	forecast, err := p.forecast.follow(start, n)
	if err != nil {
		return nil, err
	}
	seen := append(append([][]float64{}, start.Frames...), forecast...)[n:]
	if len(b.Frames) > p.History { // else nothing in the loss compares
		seen = append(seen, b.Frames[p.History+n:p.History+n+p.Bundle]...)
	}
	b.Frames = seen
	return p.last.Draw(b, rng)
}

// Loss implements [Method].
func (p *Pushforward) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	return p.last.Loss(g, m, in)
}

// Predictor implements [Method].
func (p *Pushforward) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	return p.last.Predictor(m, on)
}

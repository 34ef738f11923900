package train

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/rollout"
)

func init() {
	configs.Register[Method]("supervised", func() Method { return &Supervised{Unroll: 1} })
}

// Supervised trains a model to take one step of the solver, or Unroll steps on
// its own output with the gradient through all of them:
//
//	loss = 1/T Σ_t ℓ( G_θᵗ(u₀), u_t ),  t = 1 … T.
//
// Unroll beyond 1 costs that many times the memory and time, and steadies
// rollouts; good values are 1 to 5.
type Supervised struct {
	Unroll int `range:"[1,100]" doc:"steps that the model takes on its own output in training"`

	task Task
}

// Window implements [Method].
func (s *Supervised) Window() int { return s.Unroll + 1 }

// Init implements [Method].
func (s *Supervised) Init(t Task) (models.Spec, error) {
	if !t.Layout.Stepped {
		return models.Spec{}, errors.New("supervised: the samples are pairs and not steps in time; train on them with the method operator")
	}
	s.task = t
	return specOf(t.Layout), nil
}

// specOf is the spec of a model that maps a frame to a frame.
func specOf(l data.Layout) models.Spec {
	return models.Spec{Grid: l.Grid, Periodic: periodic(l.Grid), In: scales(l.In), Out: scales(l.Out)}
}

// scales is what the data tell of the channels.
func scales(cs []data.Channel) []models.Scale {
	r := make([]models.Scale, len(cs))
	for i, c := range cs {
		r[i] = models.Scale{Mean: c.Mean, Std: c.Std}
	}
	return r
}

// Draw implements [Method].
func (s *Supervised) Draw(b data.Batch, _ *rand.Rand) (graph.Feeds, error) {
	f := graph.Feeds{}
	for t := range s.Unroll + 1 {
		f[frame(t)] = tensorOf(b, t, s.task.Layout)
	}
	return f, nil
}

// frame names the input that holds frame t.
func frame(t int) string { return fmt.Sprintf("u%d", t) }

// tensorOf shapes frame t of a batch as [B, N…, C].
func tensorOf(b data.Batch, t int, l data.Layout) graph.Tensor {
	c := len(l.Out)
	if t == 0 {
		c = len(l.In)
	}
	return graph.Tensor{Shape: shapeOf(b.Size, l, c), Data: b.Frames[t]}
}

// shapeOf is [B, N…, C].
func shapeOf(batch int, l data.Layout, channels int) []int {
	return append(append([]int{batch}, l.Grid.Points...), channels)
}

// Loss implements [Method].
func (s *Supervised) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	u := in[frame(0)]
	var pred, target []*graph.Node
	for t := range s.Unroll {
		u = m.Apply(g, models.Input{State: u})
		pred, target = append(pred, u), append(target, in[frame(t+1)])
	}
	return s.task.Losses.Node(g, s.task.Layout.Grid, pred, target)
}

// Predictor implements [Method].
func (s *Supervised) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	return newStepper(m, on, s.task.Layout)
}

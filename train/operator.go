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

func init() { configs.Register[Method]("operator", func() Method { return &Operator{} }) }

// Operator trains a model on pairs of functions on one grid: from a coefficient
// or an initial state a to a solution u,
//
//	loss = ℓ( G_θ(a), u ).
//
// Its forecast is the one frame that follows the input.
type Operator struct{ task Task }

// Window implements [Method].
func (o *Operator) Window() int { return 2 }

// Init implements [Method].
func (o *Operator) Init(t Task) (models.Spec, error) {
	if t.Frames != 1 {
		return models.Spec{}, fmt.Errorf("operator: forecasts 1 frame, but rollout.steps = %d", t.Frames)
	}
	o.task = t
	return specOf(t.Layout), nil
}

// Draw implements [Method].
func (o *Operator) Draw(b data.Batch, _ *rand.Rand) (graph.Feeds, error) {
	return chain{o.task.Layout, 1, 1}.feeds(b), nil
}

// Loss implements [Method].
func (o *Operator) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	u := m.Apply(g, models.Input{State: in[frame(0)], Cond: in[parameters]})
	return o.task.Losses.Node(g, o.task.Layout.Grid, []*graph.Node{u}, []*graph.Node{in[frame(1)]})
}

// Predictor implements [Method].
func (o *Operator) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	s, err := newStepper(m, on, chain{o.task.Layout, 1, 1})
	if err != nil {
		return nil, err
	}
	return once{s}, nil
}

// once forecasts a single frame.
type once struct{ *stepper }

func (o once) Predict(from rollout.Start, n int) ([][]float64, error) {
	if n != 1 {
		return nil, fmt.Errorf("operator: forecasts 1 frame, not %d", n)
	}
	return o.stepper.Predict(from, 1)
}

func (o once) PredictBatch(from []rollout.Start, n int) ([][][]float64, error) {
	if n != 1 {
		return nil, fmt.Errorf("operator: forecasts 1 frame, not %d", n)
	}
	return o.stepper.PredictBatch(from, 1)
}

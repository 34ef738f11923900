package train

import (
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

func init() { configs.Register[Method]("operator", func() Method { return &Operator{} }) }

// Operator trains a model on pairs of functions on one grid: from a coefficient
// or an initial state a to a solution u,
//
//	loss = ℓ( G_θ(a), u ).
//
// With Queries a step learns at so many points of the grid, drawn anew for each
// step and the same for all samples of its batch, from a model that gives its
// output at points. It costs that share of the time, where the points are many.
//
// Its forecast is the one frame that follows the input.
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, §3; Lu et
// al. (2021), arXiv:1910.03193, for scattered points.
type Operator struct {
	Queries int `range:"[0,100000000]" doc:"points of the grid that a step learns at, drawn at random; 0 for all"`

	task Task
}

// Window implements [Method].
func (o *Operator) Window() int { return 2 }

// Init implements [Method].
func (o *Operator) Init(t Task) (models.Spec, error) {
	if t.Frames != 1 {
		return models.Spec{}, fmt.Errorf("operator: forecasts 1 frame, but rollout.steps = %d", t.Frames)
	}
	if err := o.fit(t); err != nil {
		return models.Spec{}, err
	}
	o.task = t
	s := specOf(t.Layout)
	if t.Layout.Stepped {
		s.States = statesOf(t)
	}
	if o.Queries > 0 {
		s.Coords = t.Layout.Grid.Dims()
	}
	return s, nil
}

// fit checks that the grid has the points, and that the losses can do with them.
func (o *Operator) fit(t Task) error {
	if size := t.Layout.Grid.Size(); o.Queries > size {
		return fmt.Errorf("operator: queries = %d, but the grid has %d points", o.Queries, size)
	}
	for _, l := range t.Losses {
		_, gridded := l.Loss.(physics.Gridded)
		_, law := l.Loss.(physics.Law)
		if (gridded || law) && o.Queries > 0 {
			return fmt.Errorf("operator: queries = %d, but the loss %s needs the whole grid", o.Queries, l.Name)
		}
	}
	return nil
}

// Draw implements [Method].
func (o *Operator) Draw(b data.Batch, rng *rand.Rand) (graph.Feeds, error) {
	f := chain{o.task.Layout, 1, 1}.feeds(b)
	if o.Queries > 0 {
		chosen := rng.Perm(o.task.Layout.Grid.Size())[:o.Queries]
		f["points"], f[frame(1)] = o.places(chosen), o.values(b, chosen)
	}
	return f, nil
}

// places are the coordinates [Q, dims] of points of the grid.
func (o *Operator) places(chosen []int) graph.Tensor {
	g := o.task.Layout.Grid
	var x []float64
	for _, i := range chosen {
		for a, j := range g.Index(i) {
			x = append(x, g.X(a, j))
		}
	}
	return graph.Tensor{Shape: []int{len(chosen), g.Dims()}, Data: x}
}

// values are those of the solutions at points of the grid, [B, Q, C].
func (o *Operator) values(b data.Batch, chosen []int) graph.Tensor {
	c := len(o.task.Layout.Out)
	u := make([]float64, 0, b.Size*len(chosen)*c)
	for sample := range slices.Chunk(b.Frames[1], len(b.Frames[1])/b.Size) {
		for _, i := range chosen {
			u = append(u, sample[i*c:][:c]...)
		}
	}
	return graph.Tensor{Shape: []int{b.Size, len(chosen), c}, Data: u}
}

// Loss implements [Method].
func (o *Operator) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	c := chain{o.task.Layout, 1, 1}
	x := c.input(g, in, []*graph.Node{in[frame(0)]})
	x.Points = in["points"]
	u := m.Apply(g, x)
	return o.task.loss(g, c.followed(g, o.task, in, []*graph.Node{u}, []*graph.Node{in[frame(1)]}))
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

// Frames implements [rollout.Ending].
func (o once) Frames() int { return 1 }

// Predict implements [rollout.Predictor].
func (o once) Predict(from rollout.Start, n int) ([][]float64, error) {
	all, err := o.PredictBatch([]rollout.Start{from}, n)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// PredictBatch implements [rollout.BatchPredictor].
func (o once) PredictBatch(from []rollout.Start, n int) ([][][]float64, error) {
	if n != 1 {
		return nil, fmt.Errorf("operator: forecasts 1 frame, not %d", n)
	}
	return o.stepper.PredictBatch(from, 1)
}

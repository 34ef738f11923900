package train

import (
	"fmt"
	"slices"

	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/rollout"
)

// refinement forecasts by a model that was trained by [Refiner], any number of
// samples at once. The noise of sample i comes from the seed and i alone, drawn
// from step to step.
type refinement struct {
	method *Refiner
	model  models.Model
	on     graph.Machine
	passes map[int]*pass // by batch size
}

// pass is what is compiled for a number of samples.
type pass struct {
	velocity  *graph.Program
	constrain *graph.Program // of the states, in double precision; nil for models without constraints
}

// pass returns the compiled model for a number of samples.
func (p *refinement) pass(batch int) (*pass, error) {
	if q := p.passes[batch]; q != nil {
		return q, nil
	}
	l := p.method.task.Layout
	like := graph.Feeds{"state": {Shape: shapeOf(batch, l, len(l.Fields)+2*len(l.Out))}, "cond": {Shape: []int{batch, 1 + len(l.Parameters)}}}
	var q pass
	var err error
	q.velocity, err = graph.Compile(p.on, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		return p.model.Apply(g, models.Input{State: in["state"], Cond: in["cond"]})
	})
	if err == nil && len(models.Constraints(p.model)) > 0 {
		like["next"] = graph.Tensor{Shape: shapeOf(batch, l, len(l.Out))}
		q.constrain, err = graph.Compile(graph.Machine{Precision: graph.F64, Pool: p.on.Pool}, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
			return models.Constrain(g, p.model, models.Input{State: in["state"], Cond: in["cond"]}, in["next"])
		})
	}
	if err != nil {
		return nil, err
	}
	p.passes[batch] = &q
	return &q, nil
}

// Predict implements [rollout.Predictor].
func (p *refinement) Predict(from rollout.Start, n int) ([][]float64, error) {
	all, err := p.PredictBatch([]rollout.Start{from}, n)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// Draws implements [rollout.Stochastic].
func (p *refinement) Draws(from rollout.Start, draws, n int) ([][][]float64, error) {
	return p.forecast(slices.Repeat([]rollout.Start{from}, draws), n, 1)
}

// PredictBatch implements [rollout.BatchPredictor].
func (p *refinement) PredictBatch(from []rollout.Start, n int) ([][][]float64, error) {
	return p.forecast(from, n, p.method.Noise)
}

// forecast returns the n states that follow each start, with a share of the noise
// between levels.
func (p *refinement) forecast(from []rollout.Start, n int, share float64) ([][][]float64, error) {
	q, err := p.pass(len(from))
	if err != nil {
		return nil, err
	}
	b := data.Batch{Size: len(from), Frames: make([][]float64, 1)}
	normals := make([]func() float64, len(from))
	for i, s := range from {
		if want := len(p.method.task.Layout.Parameters); len(s.Parameters) != want {
			return nil, fmt.Errorf("start %d has %d parameters, want %d", i, len(s.Parameters), want)
		}
		b.Frames[0] = append(b.Frames[0], s.State...)
		b.Parameters, b.Fields = append(b.Parameters, s.Parameters...), append(b.Fields, s.Fields...)
		normals[i] = random(p.method.task.Seed, forForecasts, i).NormFloat64
	}
	all := make([][][]float64, len(from))
	for range n {
		u, err := p.step(q, b, share, normals)
		if err != nil {
			return nil, err
		}
		b.Frames = [][]float64{u}
		size := len(u) / len(from)
		for i := range all {
			all[i] = append(all[i], u[i*size:(i+1)*size:(i+1)*size])
		}
	}
	return all, nil
}

// step returns the states that follow those of a batch, of which sample i draws
// its noise from normals[i].
func (p *refinement) step(q *pass, b data.Batch, share float64, normals []func() float64) ([]float64, error) {
	r, u := p.method, b.Frames[0]
	size := len(u) / b.Size
	x := make([]float64, len(u))
	var feeds graph.Feeds
	for k := r.Refinements; k >= 0; k-- {
		feeds = r.feeds(b, x, slices.Repeat([]int{k}, b.Size))
		if err := q.velocity.Run(feeds); err != nil {
			return nil, err
		}
		v := q.velocity.Output().Values()
		for i, normal := range normals {
			r.levels.descend(k, x[i*size:(i+1)*size], v[i*size:(i+1)*size], share, normal)
		}
	}
	for j := range x {
		x[j] = u[j] + r.Change*x[j]
	}
	if q.constrain == nil {
		return x, nil
	}
	feeds["next"] = graph.Tensor{Shape: shapeOf(b.Size, r.task.Layout, len(r.task.Layout.Out)), Data: x}
	if err := q.constrain.Run(feeds); err != nil {
		return nil, err
	}
	return slices.Clone(q.constrain.Output().Values()), nil
}

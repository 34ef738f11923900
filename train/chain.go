package train

import (
	"fmt"
	"slices"

	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/physics"
)

// chain is how a model follows a trajectory: it maps the last H frames, side by
// side as channels and the newest last, to the next K,
//
//	(u_{t−H+1}, …, u_t) ↦ (u_{t+1}, …, u_{t+K}),
//
// and goes on from its own forecasts. Fields that are given and stay, such as a
// mask, are channels before those of the frames.
type chain struct {
	layout          data.Layout
	history, bundle int // H, K
}

// spec is what a chain asks of a model.
func (c chain) spec() models.Spec {
	s := specOf(c.layout)
	s.In = append(scales(c.layout.Fields), repeated(scales(c.layout.In), c.history)...)
	s.Out = repeated(s.Out, c.bundle)
	if c.bundle > 1 {
		s.Change = nil
	}
	return s
}

// repeated copies scales, so that each frame has its own.
func repeated(scales []models.Scale, n int) []models.Scale {
	var all []models.Scale
	for range n {
		all = append(all, scales...)
	}
	return all
}

// input is what the model sees after some frames, of which it takes the last H.
func (c chain) input(g *graph.Graph, in graph.Nodes, frames []*graph.Node) models.Input {
	seen := slices.Clone(frames[len(frames)-c.history:])
	if len(c.layout.Fields) > 0 {
		seen = slices.Insert(seen, 0, in[fields])
	}
	state := seen[0]
	if len(seen) > 1 {
		state = g.Join(seen...)
	}
	return models.Input{State: state, Cond: in[parameters]}
}

// unroll forecasts the frames after the first H of in by n applications of m.
func (c chain) unroll(g *graph.Graph, m models.Model, in graph.Nodes, n int) []*graph.Node {
	var frames []*graph.Node
	for t := range c.history {
		frames = append(frames, in[frame(t)])
	}
	channels := len(c.layout.Out)
	for range n {
		y := m.Apply(g, c.input(g, in, frames))
		if c.bundle == 1 {
			frames = append(frames, y)
			continue
		}
		for k := range c.bundle {
			frames = append(frames, g.Select(y, k*channels, (k+1)*channels))
		}
	}
	return frames[c.history:]
}

// followed is the outcome of forecasting some frames after those of in.
func (c chain) followed(g *graph.Graph, t Task, in graph.Nodes, pred, target []*graph.Node) outcome {
	return outcome{grid: c.layout.Grid, pred: pred, target: target, whole: func() physics.Trajectory {
		return physics.Trajectory{
			Grid: c.layout.Grid, Dt: t.Problem.Dt,
			Start: in[frame(c.history-1)], Rest: g.Stack(pred...), Parameters: in[parameters],
		}
	}}
}

// fields names the input that holds the fields of each sample [B, N…, F].
const fields = "fields"

// feeds shapes frames [B·N…·C], parameters and fields of a batch as inputs.
func (c chain) feeds(b data.Batch) graph.Feeds {
	f := parametersOf(b, c.layout)
	if n := len(c.layout.Fields); n > 0 {
		f[fields] = graph.Tensor{Shape: shapeOf(b.Size, c.layout, n), Data: b.Fields}
	}
	for t := range b.Frames {
		f[frame(t)] = tensorOf(b, t, c.layout)
	}
	return f
}

// parameters names the input that holds the parameters of each sample [B, P].
const parameters = "parameters"

// parametersOf is an input of the parameters of a batch, if it has any.
func parametersOf(b data.Batch, l data.Layout) graph.Feeds {
	if len(l.Parameters) == 0 {
		return graph.Feeds{}
	}
	return graph.Feeds{parameters: {Shape: []int{b.Size, len(l.Parameters)}, Data: b.Parameters}}
}

// frame names the input that holds frame t.
func frame(t int) string { return fmt.Sprintf("u%d", t) }

// tensorOf shapes frame t of a batch as [B, N…, C]. Later frames may be of fewer
// samples than the first.
func tensorOf(b data.Batch, t int, l data.Layout) graph.Tensor {
	c, samples := len(l.Out), b.Size
	if t == 0 {
		c = len(l.In)
	}
	if n := len(b.Frames[t]); n > 0 {
		samples = n / (c * l.Grid.Size())
	}
	return graph.Tensor{Shape: shapeOf(samples, l, c), Data: b.Frames[t]}
}

// shapeOf is [B, N…, C].
func shapeOf(batch int, l data.Layout, channels int) []int {
	return append(append([]int{batch}, l.Grid.Points...), channels)
}

// specOf is the spec of a model that maps a frame, after the fields that stay, to
// the next.
func specOf(l data.Layout) models.Spec {
	return models.Spec{
		Grid: l.Grid, Periodic: periodic(l.Grid),
		In: append(scales(l.Fields), scales(l.In)...), Out: scales(l.Out), Change: scales(l.Changes), Cond: scales(l.Parameters),
	}
}

// scales is what the data tell of the channels.
func scales(cs []data.Channel) []models.Scale {
	r := make([]models.Scale, len(cs))
	for i, c := range cs {
		r[i] = models.Scale{Mean: c.Mean, Std: c.Std}
	}
	return r
}

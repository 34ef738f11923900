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

func init() { configs.Register[Method]("spacetime", func() Method { return &SpaceTime{Frames: 16} }) }

// SpaceTime trains a model to map an initial state to all of the next Frames
// states at once, as one function of time and space:
//
//	loss = ℓ( G_θ(u₀)(t, x), u(t, x) ).
//
// The model's grid has time as its first axis, which is not periodic, and the
// initial state stands at each time of the input. Forecasts beyond Frames
// start again from the last frame.
//
// Ref: Li et al., Fourier Neural Operator (2021), arXiv:2010.08895, §5.3 (FNO-3D).
type SpaceTime struct {
	Frames int `range:"[2,4096]" doc:"states that the model forecasts at once"`

	task Task
	grid physics.Grid // of time and space
}

// Window implements [Method].
func (s *SpaceTime) Window() int { return s.Frames + 1 }

// Init implements [Method].
func (s *SpaceTime) Init(t Task) (models.Spec, error) {
	if !t.Layout.Stepped {
		return models.Spec{}, errors.New("spacetime: the samples are pairs and not steps in time; train on them with the method operator")
	}
	if n := len(t.Layout.Fields); n > 0 {
		return models.Spec{}, fmt.Errorf("spacetime: takes no fields that stay, but each sample has %d", n)
	}
	g := t.Layout.Grid
	if g.Dims() > 2 {
		return models.Spec{}, fmt.Errorf("spacetime: time and a grid of %d axes are more than 3", g.Dims())
	}
	for _, l := range t.Losses {
		if _, ok := l.Loss.(physics.Spectral); ok {
			return models.Spec{}, fmt.Errorf("spacetime: loss %s: transforms periodic axes, but time is none", l.Name)
		}
	}
	s.task = t
	s.grid = spacetime(g, s.Frames, t.Problem.Dt)
	return models.Spec{
		Grid: s.grid, Periodic: append([]bool{false}, periodic(g)...),
		In: scales(t.Layout.In), Out: scales(t.Layout.Out), Cond: scales(t.Layout.Parameters),
	}, nil
}

// spacetime puts time before the axes of g. As time has ends, losses that
// differentiate do so one-sidedly at the ends of every axis: the box has the
// spacings of g, but is half-open.
func spacetime(g physics.Grid, frames int, dt float64) physics.Grid {
	all := physics.Grid{Points: []int{frames}, Extent: []float64{float64(frames) * dt}, Boundary: physics.HalfOpen}
	for a, n := range g.Points {
		all.Points = append(all.Points, n)
		all.Extent = append(all.Extent, float64(n)*g.Spacing(a))
	}
	return all
}

// periodic tells for each axis whether the grid is periodic there.
func periodic(g physics.Grid) []bool {
	return slices.Repeat([]bool{g.Boundary == physics.Periodic}, g.Dims())
}

// Draw implements [Method].
func (s *SpaceTime) Draw(b data.Batch, _ *rand.Rand) (graph.Feeds, error) {
	f := parametersOf(b, s.task.Layout)
	f["a"], f[frame(0)] = s.input(b.Frames[0], b.Size), tensorOf(b, 0, s.task.Layout)
	if len(b.Frames) > 1 {
		f["u"] = s.target(b)
	}
	return f, nil
}

// target puts the frames after the first behind each other, [B, T, N…, C].
func (s *SpaceTime) target(b data.Batch) graph.Tensor {
	n := len(b.Frames[0]) / b.Size
	samples := len(b.Frames[1]) / n
	u := make([]float64, 0, len(b.Frames[1])*s.Frames)
	for i := range samples {
		for _, frame := range b.Frames[1:] {
			u = append(u, frame[i*n:(i+1)*n]...)
		}
	}
	return graph.Tensor{Shape: s.shape(samples), Data: u}
}

// shape is [B, T, N…, C].
func (s *SpaceTime) shape(batch int) []int {
	return append(append([]int{batch}, s.grid.Points...), len(s.task.Layout.Out))
}

// input repeats initial states [B, N…, C] at each time, [B, T, N…, C].
func (s *SpaceTime) input(u0 []float64, batch int) graph.Tensor {
	n := len(u0) / batch
	a := make([]float64, 0, len(u0)*s.Frames)
	for i := range batch {
		for range s.Frames {
			a = append(a, u0[i*n:(i+1)*n]...)
		}
	}
	return graph.Tensor{Shape: s.shape(batch), Data: a}
}

// Loss implements [Method].
func (s *SpaceTime) Loss(g *graph.Graph, m models.Model, in graph.Nodes) *graph.Node {
	u := m.Apply(g, models.Input{State: in["a"], Cond: in[parameters]})
	return s.task.loss(g, outcome{grid: s.grid, pred: []*graph.Node{u}, target: []*graph.Node{in["u"]}, whole: func() physics.Trajectory {
		return physics.Trajectory{
			Grid: s.task.Layout.Grid, Dt: s.task.Problem.Dt,
			Start: in[frame(0)], Rest: u, Parameters: in[parameters],
		}
	}})
}

// Predictor implements [Method].
func (s *SpaceTime) Predictor(m models.Model, on graph.Machine) (rollout.Predictor, error) {
	like := parametersOf(data.Batch{Size: 1}, s.task.Layout)
	like["a"] = graph.Tensor{Shape: s.shape(1)}
	p, err := graph.Compile(on, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		return m.Apply(g, models.Input{State: in["a"], Cond: in[parameters]})
	})
	if err != nil {
		return nil, err
	}
	return rollout.PredictFunc(func(from rollout.Start, n int) ([][]float64, error) {
		u := from.State
		var frames [][]float64
		for len(frames) < n {
			f := parametersOf(data.Batch{Size: 1, Parameters: from.Parameters}, s.task.Layout)
			f["a"] = s.input(u, 1)
			if err := p.Run(f); err != nil {
				return nil, err
			}
			frames = slices.AppendSeq(frames, slices.Chunk(p.Output().Values(), len(u)))
			u = frames[len(frames)-1]
		}
		return frames[:n], nil
	}), nil
}

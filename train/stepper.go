package train

import (
	"fmt"
	"slices"

	"eddy/data"
	"eddy/models"
	"eddy/models/graph"
	"eddy/rollout"
)

// stepper forecasts by feeding a model its own output, any number of samples
// at once.
type stepper struct {
	model    models.Model
	on       graph.Machine
	chain    chain
	programs map[int]*graph.Program // by batch size
}

func newStepper(m models.Model, on graph.Machine, c chain) (*stepper, error) {
	s := &stepper{model: m, on: on, chain: c, programs: map[int]*graph.Program{}}
	_, err := s.program(1)
	return s, err
}

// program returns the compiled model for a number of samples.
func (s *stepper) program(batch int) (*graph.Program, error) {
	if p := s.programs[batch]; p != nil {
		return p, nil
	}
	like := s.chain.feeds(data.Batch{Size: batch, Frames: make([][]float64, s.chain.history)})
	p, err := graph.Compile(s.on, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		var frames []*graph.Node
		for t := range s.chain.history {
			frames = append(frames, in[frame(t)])
		}
		return s.model.Apply(g, s.chain.input(g, in, frames))
	})
	s.programs[batch] = p
	return p, err
}

// Predict implements rollout.Predictor.
func (s *stepper) Predict(from rollout.Start, n int) ([][]float64, error) {
	all, err := s.PredictBatch([]rollout.Start{from}, n)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// PredictBatch implements rollout.BatchPredictor.
func (s *stepper) PredictBatch(from []rollout.Start, n int) ([][][]float64, error) {
	b, err := s.batch(from)
	if err != nil {
		return nil, err
	}
	forecast, err := s.follow(b, n)
	if err != nil {
		return nil, err
	}
	all := make([][][]float64, b.Size)
	for _, u := range forecast {
		size := len(u) / b.Size
		for i := range all {
			all[i] = append(all[i], u[i*size:(i+1)*size:(i+1)*size])
		}
	}
	return all, nil
}

// batch puts starts side by side.
func (s *stepper) batch(from []rollout.Start) (data.Batch, error) {
	h := s.chain.history
	b := data.Batch{Size: len(from), Frames: make([][]float64, h)}
	for i, x := range from {
		if len(x.Past) != h-1 || len(x.Parameters) != len(s.chain.layout.Parameters) {
			return b, fmt.Errorf("start %d has %d states before it and %d parameters, want %d and %d",
				i, len(x.Past), len(x.Parameters), h-1, len(s.chain.layout.Parameters))
		}
		for t, u := range x.Past {
			b.Frames[t] = append(b.Frames[t], u...)
		}
		b.Frames[h-1] = append(b.Frames[h-1], x.State...)
		b.Parameters, b.Fields = append(b.Parameters, x.Parameters...), append(b.Fields, x.Fields...)
	}
	return b, nil
}

// follow returns the n frames [B·N…·C] that follow the frames of a batch.
func (s *stepper) follow(b data.Batch, n int) ([][]float64, error) {
	p, err := s.program(b.Size)
	if err != nil {
		return nil, err
	}
	h := s.chain.history
	frames := slices.Clone(b.Frames)
	for len(frames) < h+n {
		b.Frames = frames[len(frames)-h:]
		if err := p.Run(s.chain.feeds(b)); err != nil {
			return nil, err
		}
		frames = append(frames, s.chain.split(p.Output().Values())...)
	}
	return frames[h : h+n], nil
}

// split takes K frames apart that are side by side, [B·N…, K·C].
func (c chain) split(y []float64) [][]float64 {
	if c.bundle == 1 {
		return [][]float64{y}
	}
	frames := make([][]float64, c.bundle)
	channels := len(c.layout.Out)
	for i, u := range slices.Collect(slices.Chunk(y, channels)) {
		frames[i%c.bundle] = append(frames[i%c.bundle], u...)
	}
	return frames
}

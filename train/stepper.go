package train

import (
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
	layout   data.Layout
	programs map[int]*graph.Program // by batch size
}

func newStepper(m models.Model, on graph.Machine, l data.Layout) (*stepper, error) {
	s := &stepper{model: m, on: on, layout: l, programs: map[int]*graph.Program{}}
	_, err := s.program(1)
	return s, err
}

// program returns the compiled model for a number of samples.
func (s *stepper) program(batch int) (*graph.Program, error) {
	if p := s.programs[batch]; p != nil {
		return p, nil
	}
	like := graph.Feeds{"u": {Shape: shapeOf(batch, s.layout, len(s.layout.In))}}
	p, err := graph.Compile(s.on, like, nil, func(g *graph.Graph, in graph.Nodes) *graph.Node {
		return s.model.Apply(g, models.Input{State: in["u"]})
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
	p, err := s.program(len(from))
	if err != nil {
		return nil, err
	}
	var state []float64
	for _, u := range from {
		state = append(state, u.State...)
	}
	all := make([][][]float64, len(from))
	for range n {
		f := graph.Feeds{"u": {Shape: shapeOf(len(from), s.layout, len(s.layout.In)), Data: state}}
		if err := p.Run(f); err != nil {
			return nil, err
		}
		state = p.Output().Values()
		size := len(state) / len(from)
		for i := range all {
			all[i] = append(all[i], state[i*size:(i+1)*size:(i+1)*size])
		}
	}
	return all, nil
}

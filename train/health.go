package train

import (
	"context"

	"eddy/data"
	"eddy/models"
	"eddy/physics"
	"eddy/rollout"
)

// Watch runs the model beside the problem's own solver for a number of frames
// that need not fit into memory. It returns nothing where forecasts have an end
// of their own, or where the problem has no solver for all that trajectories
// have.
func (s *Session) Watch(ctx context.Context, steps int) (*rollout.Health, error) {
	if !s.endless() {
		return nil, nil
	}
	p, err := s.Method.Value.Predictor(s.model, s.On)
	if err != nil {
		return nil, err
	}
	if _, ends := p.(rollout.Ending); ends {
		return nil, nil
	}
	solver := &coarse{problem: s.Problem, fine: s.Problem.Grid}
	trials, err := s.Source.Value.Trials(ctx, s.request(), data.Test, s.Rollout.Samples, s.past()+1)
	if err != nil {
		return nil, err
	}
	return rollout.Watch(ctx, rollout.Watching{
		Model: models.Name(s.Model), Truth: s.truth(trials), Steps: steps, Beyond: beyond,
		Solver: func(from rollout.Start) (rollout.Course, error) {
			step, err := solver.stepper(from.Parameters)
			return rollout.CourseOf(step, from), err
		},
		Forecast: func(from rollout.Start) (rollout.Course, error) { return rollout.Continued(p, from), nil },
	})
}

// endless tells whether the problem's samples and its solver can go on for ever.
func (s *Session) endless() bool {
	solved := s.Problem.Equation.Value != nil && s.Problem.Solver.Value != nil
	return s.Layout.Stepped && s.Layout.Instance == nil && solved && len(s.Problem.Parameters) == len(s.Layout.Parameters) && len(s.Layout.Fields) == 0
}

// judgedValues is how many numbers of a forecast are kept in memory for metrics,
// where a longer one is only watched: 8 MB of each of some ten models.
const judgedValues = 1 << 20

// Judged is how many of a number of frames to judge where all are watched: no
// more than fit into memory, but those of the configuration.
func (s *Session) Judged(steps int) int {
	values := s.Rollout.Samples * s.Layout.Grid.Size() * len(s.Layout.Out)
	return min(steps, max(s.Rollout.Steps, judgedValues/values))
}

// invariants are what the problem's equation conserves, with the parameters of
// a trajectory.
func (s *Session) invariants(parameters []float64) []physics.Invariant {
	p := s.Problem
	if len(p.Parameters) != len(parameters) {
		return nil
	}
	p, err := p.With(parameters)
	if err != nil {
		return nil
	}
	if e, ok := p.Equation.Value.(physics.Conservative); ok {
		return e.Invariants(p.Grid.Dims())
	}
	return nil
}

package train

import (
	"eddy/models"
	"eddy/physics"
)

// statesOf says what is known of states that a model forecasts.
func statesOf(t Task) *models.States {
	p, channels := t.Problem, len(t.Layout.Out)
	s := &models.States{Channels: channels, Means: make([]bool, channels), Ends: p.Ends}
	if p.Equation.Value == nil || p.Channels() != channels {
		return s
	}
	dims := p.Grid.Dims()
	if o, ok := p.Equation.Value.(physics.Oriented); ok {
		s.Components = o.Components(dims)
	}
	s.Means = physics.Means(p.Equation.Value, dims)
	// What holds for drawn numbers may be less than what holds for those of the
	// configuration, such as a drag of zero.
	if drawn, _, err := p.Draw(t.Seed, 0, 0); err == nil {
		for c, stays := range physics.Means(drawn.Equation.Value, dims) {
			s.Means[c] = s.Means[c] && stays
		}
	}
	return s
}

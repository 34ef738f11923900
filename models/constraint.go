package models

import (
	"fmt"

	"eddy/models/graph"
	"eddy/physics"
)

// Constraint is a wrapper that makes the output of a network meet what is known
// of states, whatever the network says. That is about physical units, so it is
// [Normalized] that calls Constrain, of constraints inside before those around
// them; Apply is that of the network.
type Constraint interface {
	Wrapper

	// Constrain returns the output y [B, N…, Out] as it has to be. Both in and y
	// are in physical units.
	Constrain(g *graph.Graph, in Input, y *graph.Node) *graph.Node
}

// States says of which states a model's output consists: of those at some times
// after the last state in Input.State, one after the other as channels. The
// last channels of Input.State are that state.
type States struct {
	Channels   int                 // of a state
	Means      []bool              // of a state's channels: whether the equation keeps their means
	Components []physics.Component // what a state's channels are, nil where that is not known
	Ends       []physics.Ends      // of each axis of a grid that is not periodic

	// Apart says that the output is not the states: the method makes them of it,
	// and calls [Constrain] then.
	Apart bool
}

// Constraints are those among a model and the models inside it, from the inside
// out.
func Constraints(m Model) []Constraint {
	if n, ok := m.(*Normalized); ok {
		m = n.Model
	}
	var all []Constraint
	if w, ok := m.(Wrapper); ok {
		all = Constraints(w.Inner().Value)
	}
	if c, ok := m.(Constraint); ok {
		all = append(all, c)
	}
	return all
}

// Constrain applies the constraints of a model to states y [B, N…, Out] that
// follow those in Input.State, all in physical units.
func Constrain(g *graph.Graph, m Model, in Input, y *graph.Node) *graph.Node {
	for _, c := range Constraints(m) {
		y = c.Constrain(g, in, y)
	}
	return y
}

// states refuses a spec whose output does not consist of states.
func (s Spec) states(kind string) (*States, error) {
	if s.States == nil || s.Coords > 0 {
		return nil, fmt.Errorf("%s: is about states on a grid that follow a given one, but the output is none; a network in residual forecasts changes, so put %s around it", kind, kind)
	}
	return s.States, nil
}

// allStates calls f for the first channel of each state in the output.
func (s Spec) allStates(f func(first int)) {
	for first := 0; first < len(s.Out); first += s.States.Channels {
		f(first)
	}
}

// checkChannels refuses channels that a state does not have, or has twice.
func (st *States) checkChannels(kind string, channels []int) error {
	seen := map[int]bool{}
	for _, c := range channels {
		if c >= st.Channels || seen[c] {
			return fmt.Errorf("%s: channels %v of a state that has %d", kind, channels, st.Channels)
		}
		seen[c] = true
	}
	return nil
}

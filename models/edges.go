package models

import (
	"fmt"
	"slices"

	"eddy/models/graph"
)

// Edges is what convolutions read beyond the ends of an axis that is not
// periodic. Along a periodic axis they read the other end.
type Edges int

const (
	Zero      Edges = iota // zeros, which tell the network where the end is
	Replicate              // the point at the end
)

var edgesNames = []string{"zero", "replicate"}

func (e Edges) String() string { return edgesNames[e] }

// Names lists the edges as a configuration spells them.
func (Edges) Names() []string { return edgesNames }

// MarshalText implements encoding.TextMarshaler.
func (e Edges) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (e *Edges) UnmarshalText(text []byte) error {
	i := slices.Index(edgesNames, string(text))
	if i < 0 {
		return fmt.Errorf("edges = %q, want one of %v", text, edgesNames)
	}
	*e = Edges(i)
	return nil
}

// padding is that of each axis of a spec's grid.
func (e Edges) padding(s Spec) []graph.Padding {
	beyond := []graph.Padding{graph.Zeros, graph.Replicate}[e]
	p := make([]graph.Padding, len(s.Periodic))
	for a, closed := range s.Periodic {
		if p[a] = graph.Circular; !closed {
			p[a] = beyond
		}
	}
	return p
}

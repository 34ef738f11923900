package models

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// Skip is the way around a layer: a matrix M of the channels at each point, by
// which v goes past a layer L,
//
//	y = L(v) + v M.
type Skip int

const (
	Linear     Skip = iota // M is learned
	SoftGating             // M is diagonal and learned
	Plain                  // M = 1
	NoSkip                 // M = 0
)

var skipNames = []string{"linear", "soft_gating", "identity", "none"}

func (s Skip) String() string { return skipNames[s] }

// Names lists the skips as a configuration spells them.
func (Skip) Names() []string { return skipNames }

// MarshalText implements encoding.TextMarshaler.
func (s Skip) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Skip) UnmarshalText(text []byte) error {
	i := slices.Index(skipNames, string(text))
	if i < 0 {
		return fmt.Errorf("skip = %q, want one of %v", text, skipNames)
	}
	*s = Skip(i)
	return nil
}

// skip is a way around one layer of some channels.
type skip struct {
	kind     Skip
	channels int
	w        *graph.Param // [C, C], the diagonal [C], or nil
}

// newSkip adds the parameters of a skip. A learned diagonal begins as ones.
func newSkip(ps *graph.Params, rng *rand.Rand, name string, kind Skip, channels int) skip {
	s := skip{kind: kind, channels: channels}
	switch kind {
	case Linear:
		s.w = ps.New(name+".weight", []int{channels, channels}, graph.Uniform(rng, 1/math.Sqrt(float64(channels))))
	case SoftGating:
		s.w = ps.New(name+".weight", []int{channels}, func() float64 { return 1 })
	}
	return s
}

// matrix is M [C, C].
func (s skip) matrix(g *graph.Graph) *graph.Node {
	switch s.kind {
	case Linear:
		return g.Param(s.w)
	case SoftGating:
		return g.Diagonal(g.Param(s.w))
	}
	m := make([]float64, s.channels*s.channels)
	if s.kind == Plain {
		for i := range s.channels {
			m[i*(s.channels+1)] = 1
		}
	}
	return g.Const(s.kind.String(), []int{s.channels, s.channels}, m)
}

// add returns y + v M.
func (s skip) add(g *graph.Graph, y, v *graph.Node) *graph.Node {
	switch s.kind {
	case NoSkip:
		return y
	case Plain:
		return g.Sum(y, v)
	}
	zero := g.Const("zero", []int{s.channels}, make([]float64, s.channels))
	return g.Sum(y, g.Dense(kernel.Identity, v, s.matrix(g), zero))
}

package models

import (
	"math"
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// embedding maps the numbers z [B, Cond] that hold for a sample as a whole (a
// parameter of the equation, the step in time, the level of refinement) to
// features [B, Width] for the blocks of a network,
//
//	e = W₂ gelu( W₁ φ(z) + b₁ ) + b₂,  φ = { sin ωⱼz_i, cos ωⱼz_i },
//
// with 32 frequencies from 0.1 to 10 in geometric progression for each z_i. As
// z has mean 0 and deviation 1, the slowest wave is nearly z itself and the
// fastest tells a dozen levels apart. Its blocks apply it by [modulation]:
//
//	m.embed = newEmbedding(ps, rng, s, 4*m.Width)     // in Init; nil without conditions
//	b.cond = m.embed.newModulation(ps, rng, name+".cond", channels)
//	e := m.embed.apply(g, in)                         // in Apply, once
//	h = b.cond.apply(g, norm(h), e)                   // in each block
//
// Without conditions both are nil and do nothing.
//
// Ref: Gupta & Brandstetter (2022), arXiv:2209.15616, §4.2, whose frequencies
// are 1 to 1e-4 for numbers that are not normalised.
type embedding struct {
	width     int
	hide, out dense
}

const (
	waves   = 32
	slowest = 0.1
	fastest = 10
)

// newEmbedding adds an embedding of width features; nil where the spec has no
// conditions.
func newEmbedding(ps *graph.Params, rng *rand.Rand, s Spec, width int) *embedding {
	n := len(s.Cond)
	if n == 0 {
		return nil
	}
	return &embedding{
		width: width,
		hide:  newDense(ps, rng, "embedding.0", 2*waves*n, width),
		out:   newDense(ps, rng, "embedding.1", width, width),
	}
}

// apply returns the features [B, width]; nil for a nil embedding.
func (e *embedding) apply(g *graph.Graph, in Input) *graph.Node {
	if e == nil {
		return nil
	}
	return e.out.apply(g, kernel.Identity, e.hide.apply(g, kernel.GELU, sinusoids(g, in.Cond)))
}

// sinusoids are φ(z) [B, 2·waves·Cond], as sin(ωz + phase).
func sinusoids(g *graph.Graph, z *graph.Node) *graph.Node {
	n := graph.Channels(z)
	each := 2 * waves
	w, phase := make([]float64, n*n*each), make([]float64, n*each) // [Cond, Cond·each], block diagonal
	for i := range n {
		for j := range each {
			step := float64(j/2) / (waves - 1)
			w[(i*n+i)*each+j] = slowest * math.Pow(fastest/slowest, step)
			phase[i*each+j] = math.Pi / 2 * float64(j%2)
		}
	}
	return g.Dense(kernel.Sin, z, g.Const("frequencies", []int{n, n * each}, w), g.Const("phases", []int{n * each}, phase))
}

// modulation scales and shifts the channels of a block by the features of the
// conditions,
//
//	y = x ∘ (1 + s(e)) + t(e),  [s t] = W e + b.
type modulation struct {
	channels int
	to       dense
}

// newModulation adds a modulation of a number of channels; nil for a nil
// embedding.
func (e *embedding) newModulation(ps *graph.Params, rng *rand.Rand, name string, channels int) *modulation {
	if e == nil {
		return nil
	}
	return &modulation{channels: channels, to: newDense(ps, rng, name, e.width, 2*channels)}
}

// apply modulates x [B, N…, channels] by e [B, width]. A nil modulation returns
// x.
func (m *modulation) apply(g *graph.Graph, x, e *graph.Node) *graph.Node {
	if m == nil {
		return x
	}
	st := m.to.apply(g, kernel.Identity, e)
	return g.Modulate(x, g.Select(st, 0, m.channels), g.Select(st, m.channels, 2*m.channels))
}

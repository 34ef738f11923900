package models

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/internal/kernel"
	"eddy/models/graph"
)

// fnoBlock is a block of an [FNO].
type fnoBlock struct {
	act, last kernel.Activation // of the layers, and of the end
	spectral  *graph.Param      // S [K, 2, Width, Width]
	skip      skip
	bias      *graph.Param // [Width]
	norm      *norm
	cond      *modulation
	mlp       *perceptron // nil without a channel MLP
	around    skip        // the channel MLP
}

// newBlock adds block i with the given number of modes.
func (m *FNO) newBlock(ps *graph.Params, rng *rand.Rand, i, modes int) fnoBlock {
	name, w := fmt.Sprintf("blocks.%d", i), m.Width
	b := fnoBlock{act: m.Activation.kernel(), last: m.Activation.kernel()}
	if i == m.Blocks-1 && !m.Activated {
		b.last = kernel.Identity
	}
	b.spectral = ps.New(name+".spectral", []int{modes, 2, w, w}, spectralDraw(rng, w))
	b.skip = newSkip(ps, rng, name+".skip", m.Skip, w)
	b.bias = ps.New(name+".skip.bias", []int{w}, graph.Uniform(rng, 1/math.Sqrt(float64(w))))
	b.norm = newNorm(ps, name+".norm", m.Groups, w)
	b.cond = m.embed.newModulation(ps, rng, name+".cond", w)
	if m.ChannelMLP > 0 {
		p := newPerceptron(ps, rng, name+".mlp", b.act, w, m.ChannelMLP, w)
		b.mlp, b.around = &p, newSkip(ps, rng, name+".mlp_skip", m.MLPSkip, w)
	}
	return b
}

// spectralDraw draws from U(0, 1/width²), as the authors do.
func spectralDraw(rng *rand.Rand, width int) func() float64 {
	scale := 1 / float64(width*width)
	return func() float64 { return scale * rng.Float64() }
}

// bare tells whether the block is one layer of [graph.Graph.Fourier].
func (b fnoBlock) bare() bool { return b.norm == nil && b.cond == nil && b.mlp == nil }

// layer is the spectral layer with an activation.
func (b fnoBlock) layer(g *graph.Graph, act kernel.Activation) graph.FourierLayer {
	return graph.FourierLayer{Act: act, S: g.Param(b.spectral), W: b.skip.matrix(g), B: g.Param(b.bias)}
}

// apply maps v [B, N…, Width]; e are the features of the conditions.
func (b fnoBlock) apply(g *graph.Graph, modes []int, v, e *graph.Node) *graph.Node {
	z := g.Fourier(modes, v, b.layer(g, kernel.Identity))
	z = b.cond.apply(g, b.norm.apply(g, z), e)
	if b.mlp != nil {
		z = b.around.add(g, b.mlp.apply(g, g.Activation(b.act, z)), v)
	}
	if b.last == kernel.Identity {
		return z
	}
	return g.Activation(b.last, z)
}

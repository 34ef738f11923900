package models

import (
	"fmt"
	"math/rand/v2"

	"eddy/models/graph"
)

// unetBuilder adds the layers of a [UNet] in the order and by the names of
// PDEArena's module, which numbers blocks and changes of the grid in one
// sequence.
type unetBuilder struct {
	m        *UNet
	ps       *graph.Params
	rng      *rand.Rand
	dims     int
	padding  []graph.Padding
	channels int   // of the output so far
	skips    []int // channels of the outputs that the way up will be given
}

// descend adds the way down.
func (b *unetBuilder) descend() {
	m := b.m
	b.channels, b.skips = m.Width, []int{m.Width}
	for i, growth := range m.Growth {
		var l unetLevel
		out := b.channels * growth
		for range m.Blocks {
			l.blocks = append(l.blocks, b.block(fmt.Sprintf("down.%d.res", len(b.skips)-1), b.channels, out))
			b.channels = out
			b.skips = append(b.skips, out)
		}
		if i < len(m.Growth)-1 {
			l.resize = b.resize(fmt.Sprintf("down.%d.conv", len(b.skips)-1), 3, b.padding)
			b.skips = append(b.skips, out)
		}
		m.down = append(m.down, l)
	}
}

// ascend adds the way up.
func (b *unetBuilder) ascend(beyond []graph.Padding) {
	m, n := b.m, 0 // blocks and changes of the grid so far
	for i := len(m.Growth) - 1; i >= 0; i-- {
		var l unetLevel
		for j := range m.Blocks + 1 {
			out := b.channels
			if j == m.Blocks {
				out /= m.Growth[i]
			}
			last := len(b.skips) - 1
			l.blocks = append(l.blocks, b.block(fmt.Sprintf("up.%d.res", n), b.channels+b.skips[last], out))
			b.channels, b.skips = out, b.skips[:last]
			n++
		}
		if i > 0 {
			l.resize = b.resize(fmt.Sprintf("up.%d.conv", n), 4, beyond)
			n++
		}
		m.up = append(m.up, l)
	}
}

// block adds a residual block whose second convolution is zero.
func (b *unetBuilder) block(name string, in, out int) (r unetBlock) {
	r.norms[0] = newNorm(b.ps, name+".norm1", b.m.Groups, in)
	r.convs[0] = b.conv(name+".conv1", 3, in, out)
	r.norms[1] = newNorm(b.ps, name+".norm2", b.m.Groups, out)
	r.convs[1] = b.conv(name+".conv2", 3, out, out)
	silence(r.convs[1])
	r.cond = b.m.embed.newModulation(b.ps, b.rng, name+".cond_emb", out)
	if in != out {
		c := b.conv(name+".shortcut", 1, in, out)
		r.shortcut = &c
	}
	return r
}

func (b *unetBuilder) conv(name string, taps, in, out int) conv {
	return newConv(b.ps, b.rng, name, graph.Window{Padding: b.padding}, b.dims, taps, in, out)
}

// resize adds a convolution that halves or doubles the grid.
func (b *unetBuilder) resize(name string, taps int, padding []graph.Padding) *conv {
	c := newConv(b.ps, b.rng, name, graph.Window{Stride: 2, Padding: padding}, b.dims, taps, b.channels, b.channels)
	return &c
}

// silence makes a convolution begin as zero.
func silence(c conv) {
	for _, p := range []*graph.Param{c.w, c.b} {
		clear(p.Value.F32)
		clear(p.Value.F64)
	}
}

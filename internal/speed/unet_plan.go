package speed

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/models/graph"
)

// unetPlan lists the layers of a U-Net, which draws its parameters and counts
// its operations from them.
type unetPlan struct {
	convs []unetConv
	norms []unetNorm
}

// unetConv is a convolution; points are those of the coarser side.
type unetConv struct {
	name                  string
	taps, in, out, points int
}

type unetNorm struct {
	name     string
	channels int
}

// planUNet goes through the network in the order of its data. On the way down
// every block and every halving leaves a skip connection.
func planUNet() *unetPlan {
	p, c, n, top := &unetPlan{}, unetWidth, unetPoints, len(unetGrowth)-1
	p.conv("in", 3, 2, c, n)
	skips := []int{c}
	for l, growth := range unetGrowth {
		p.block(fmt.Sprintf("down%d.0", l), c, c*growth, n)
		c *= growth
		p.block(fmt.Sprintf("down%d.1", l), c, c, n)
		if skips = append(skips, c, c); l < top {
			n /= 2
			p.conv(fmt.Sprintf("halve%d", l), 3, c, c, n)
			skips = append(skips, c)
		}
	}
	p.block("mid.0", c, c, n)
	p.block("mid.1", c, c, n)
	for l := top; l >= 0; l-- {
		for b, out := range []int{c, c, c / unetGrowth[l]} {
			skip := skips[len(skips)-1]
			skips = skips[:len(skips)-1]
			p.block(fmt.Sprintf("up%d.%d", l, b), c+skip, out, n)
			c = out
		}
		if l > 0 {
			p.conv(fmt.Sprintf("double%d", l), 4, c, c, n)
			n *= 2
		}
	}
	p.norms = append(p.norms, unetNorm{"out", c})
	p.conv("out", 3, c, 1, n)
	return p
}

func (p *unetPlan) conv(name string, taps, in, out, points int) {
	p.convs = append(p.convs, unetConv{name, taps, in, out, points})
}

// block adds two convolutions, with a norm before each, and a shortcut where
// the number of channels changes.
func (p *unetPlan) block(name string, in, out, points int) {
	p.norms = append(p.norms, unetNorm{name + ".0", in}, unetNorm{name + ".1", out})
	p.conv(name+".0", 3, in, out, points)
	p.conv(name+".1", 3, out, out, points)
	if in != out {
		p.conv(name+".short", 1, in, out, points)
	}
}

// flop counts the forward pass on one sample.
func (p *unetPlan) flop() float64 {
	n := 0.0
	for _, c := range p.convs {
		n += 2 * float64(c.taps) * float64(c.in) * float64(c.out) * float64(c.points)
	}
	return n
}

// draw draws weights and biases from U(−1/√fan, 1/√fan), fan = taps · in.
func (p *unetPlan) draw(ps *graph.Params, rng *rand.Rand) map[string]*graph.Param {
	all := map[string]*graph.Param{}
	add := func(name string, draw func() float64, shape ...int) { all[name] = ps.New(name, shape, draw) }
	for _, c := range p.convs {
		u := graph.Uniform(rng, 1/math.Sqrt(float64(c.taps*c.in)))
		add(c.name+".weight", u, c.taps, c.in, c.out)
		add(c.name+".bias", u, c.out)
	}
	for _, n := range p.norms {
		add(n.name+".scale", func() float64 { return 1 }, n.channels)
		add(n.name+".shift", graph.Zero, n.channels)
	}
	return all
}

package physics

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

// balance makes the residual of forecasts from the problem's equation. Numbers
// of the equation that are drawn for each sample enter by
//
//	r(θ) = r(θ₀) + Σ_i (θ_i − θ₀_i)/(θ₁_i − θ₀_i) ( r(θ₀ with θ₁_i) − r(θ₀) ),
//
// which is exact where r is affine in θ, as in coefficients of terms.
type balance struct {
	scheme   Scheme // nil for an elliptic equation
	accuracy int    // of finite differences
	base     Problem
	drawn    []drawn
}

// drawn is a number of the equation that each sample has its own of.
type drawn struct {
	low, high float64 // θ₀ and θ₁
	changed   Problem // with θ₁
}

// newBalance refuses equations and ends that a residual cannot be made of.
func newBalance(p Problem, scheme configs.Of[Scheme], accuracy int) (*balance, error) {
	b := &balance{accuracy: accuracy, base: p}
	if p.Channels() == 0 {
		return nil, fmt.Errorf("%s is not defined in %d dimensions", p.Equation.Kind, p.Grid.Dims())
	}
	switch p.Equation.Value.(type) {
	case Evolution:
		if b.scheme = scheme.Value; b.scheme == nil {
			return nil, configs.At("time", "missing, want one of %v", configs.Kinds[Scheme]())
		}
		if err := p.CheckEnds(); err != nil {
			return nil, err
		}
	case Elliptic:
		if len(p.Ends) > 0 {
			if err := p.CheckEnds(); err != nil {
				return nil, err
			}
		}
	default:
		return nil, fmt.Errorf("%s is no equation that has a residual", p.Equation.Kind)
	}
	if err := b.vary(); err != nil {
		return nil, err
	}
	return b, b.try()
}

// vary prepares for the numbers of the equation that are drawn.
func (b *balance) vary() error {
	low, err := b.base.With(quantiles(b.base, 0))
	if err != nil {
		return err
	}
	for i, q := range b.base.Parameters {
		one := quantiles(b.base, 0)
		d := drawn{low: one[i], high: q.Law.Value.Quantile(1)}
		one[i] = d.high
		if d.changed, err = b.base.With(one); err != nil {
			return err
		}
		b.drawn = append(b.drawn, d)
	}
	b.base = low
	return nil
}

// quantiles are values of all parameters below which a share q is drawn.
func quantiles(p Problem, q float64) []float64 {
	values := make([]float64, len(p.Parameters))
	for i, parameter := range p.Parameters {
		values[i] = parameter.Law.Value.Quantile(q)
	}
	return values
}

// shape makes of residuals what a loss takes the square of.
type shape func(form nodes, r []Field) []Field

// node is the residual of a forecast, [B·T, N…, C] for the frames that the
// scheme gives one.
func (b *balance) node(g *graph.Graph, t Trajectory, finish shape) *graph.Node {
	base := b.of(g, b.base, t, finish)
	sum := []*graph.Node{base}
	for i, d := range b.drawn {
		if d.high == d.low {
			continue
		}
		change := g.Combine([]float64{1, -1}, b.of(g, d.changed, t, finish), base)
		sum = append(sum, timesDrawn(g, change, t.Parameters, i, d))
	}
	return g.Sum(sum...)
}

// timesDrawn multiplies x [B·T, N…, C] by (θ − θ₀)/(θ₁ − θ₀) of each sample.
func timesDrawn(g *graph.Graph, x, parameters *graph.Node, i int, d drawn) *graph.Node {
	batch, c := parameters.Shape()[0], graph.Channels(x)
	theta := g.Affine(channel(g, parameters, i), []float64{1 / (d.high - d.low)}, []float64{-d.low/(d.high-d.low) - 1})
	factors := make([]*graph.Node, c)
	for i := range factors {
		factors[i] = theta
	}
	rows := g.Reshape(x, batch, graph.Rows(x)/batch, c)
	zero := g.Const("zero", []int{batch, c}, make([]float64, batch*c))
	return g.Reshape(g.Modulate(rows, sideBySide(g, factors), zero), x.Shape()...)
}

// of is the residual of one problem.
func (b *balance) of(g *graph.Graph, p Problem, t Trajectory, finish shape) *graph.Node {
	frames := t.Rest.Shape()[1]
	if e, ok := p.Equation.Value.(Elliptic); ok {
		if frames != 1 {
			graph.Fail("residual", []*graph.Node{t.Rest}, "an elliptic equation has 1 frame")
		}
		form := newFluxes(g, p)
		u := g.Reshape(t.Rest, withoutTime(t.Rest)...)
		return form.values(finish(form, e.Balance(p.Grid.Dims(), form.inputs(t.Start), form.fields(u))))
	}
	if need := b.scheme.Needs(); frames < need {
		graph.Fail("residual", []*graph.Node{t.Rest}, "a forecast of %d frames, but the scheme in time needs %d", frames, need)
	}
	form := newNodes(g, p, b.accuracy)
	m := Motion{
		Equation: p.Equation.Value.(Evolution), Dims: p.Grid.Dims(), U: form.fields(allFrames(g, t)),
		Steps: frames, Dt: t.Dt, nodes: form,
	}
	return form.values(finish(form, b.scheme.Residual(m)))
}

// withoutTime is the shape [B·T, N…, C] of x [B, T, N…, C].
func withoutTime(x *graph.Node) []int {
	s := x.Shape()
	return append([]int{s[0] * s[1]}, s[2:]...)
}

// allFrames puts the given frame before the others, [B·(T+1), N…, C].
func allFrames(g *graph.Graph, t Trajectory) *graph.Node {
	n := t.Rest.Shape()[1]
	s := t.Start.Shape()
	first := g.Stencil(g.Reshape(t.Start, append([]int{s[0], 1}, s[1:]...)...), 0, n+1, []graph.Tap{{Weight: 1}})
	var later []graph.Tap
	for i := range n {
		later = append(later, graph.Tap{To: i + 1, From: i, Weight: 1})
	}
	all := g.Sum(first, g.Stencil(t.Rest, 0, n+1, later))
	return g.Reshape(all, withoutTime(all)...)
}

// try builds the residual once, and compares it where the parameters have other
// values with that of the equation with these values.
func (b *balance) try() error {
	rng := rand.New(rand.NewPCG(1, 1))
	drawn := make([]float64, len(b.drawn))
	for i, d := range b.drawn {
		drawn[i] = d.low + (d.high-d.low)*(0.3+0.4*rng.Float64())
	}
	got, err := b.sample(drawn)
	if err != nil || len(drawn) == 0 {
		return err
	}
	far := *b
	if far.base, err = b.base.With(drawn); err != nil {
		return err
	}
	far.drawn = nil
	want, err := far.sample(nil)
	if err != nil {
		return err
	}
	size := 0.0
	for _, w := range want {
		size = max(size, math.Abs(w))
	}
	for i, w := range want {
		if math.Abs(got[i]-w) > 1e-6*size {
			return fmt.Errorf("the residual is not affine in the numbers of the equation that are drawn, and cannot follow them")
		}
	}
	return nil
}

// sample is the residual of arbitrary states.
func (b *balance) sample(parameters []float64) (r []float64, err error) {
	defer func() {
		switch u := recover().(type) {
		case nil:
		case Unsupported:
			r, err = nil, u
		default:
			panic(u)
		}
	}()
	frames := 1
	if b.scheme != nil {
		frames = b.scheme.Needs()
	}
	pool := kernel.NewPool(1)
	defer pool.Close()
	rng := rand.New(rand.NewPCG(2, 2))
	p, err := graph.Compile(graph.Machine{Precision: graph.F64, Pool: pool}, nil, nil, func(g *graph.Graph, _ graph.Nodes) *graph.Node {
		draw := func(shape ...int) *graph.Node {
			n := 1
			for _, s := range shape {
				n *= s
			}
			values := make([]float64, n)
			for i := range values {
				values[i] = 1 + 0.1*rng.Float64()
			}
			return g.Const("arbitrary", shape, values)
		}
		points := b.base.Grid.Points
		t := Trajectory{
			Grid: b.base.Grid, Dt: b.base.Dt,
			Start: draw(append(append([]int{1}, points...), b.base.Inputs())...),
			Rest:  draw(append(append([]int{1, frames}, points...), b.base.Channels())...),
		}
		if len(parameters) > 0 {
			t.Parameters = g.Const("parameters", []int{1, len(parameters)}, parameters)
		}
		return b.node(g, t, plainly)
	})
	if err != nil {
		return nil, err
	}
	err = p.Run(nil)
	return p.Output().Values(), err
}

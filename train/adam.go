package train

import (
	"math"

	"eddy/configs"
	"eddy/internal/kernel"
	"eddy/models/graph"
)

func init() {
	configs.Register("adam", NewAdam)
	configs.Register[Optimizer]("adamw", func() Optimizer { return &AdamW{Moments: usualMoments, Decay: 1e-4} })
}

var usualMoments = Moments{Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}

// Adam moves each parameter p with gradient g by
//
//	m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  p ← p − rate · m̂ / (√v̂ + ε),
//
// with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ) in step t.
//
// Penalty λ adds λp to g, the gradient of ½λ|p|²: the weight decay of PyTorch's
// Adam, which unlike that of [AdamW] soon takes away what the loss has no use
// for. Good values: 0, or 1e-4 where data are few.
//
// Ref: Kingma & Ba (2015), arXiv:1412.6980, algorithm 1; Loshchilov & Hutter
// (2019), arXiv:1711.05101, algorithm 2, for λ.
type Adam struct {
	Moments
	Penalty float64 `range:"[0,1]" doc:"factor λ of ½|p|² in the loss"`
}

// NewAdam returns Adam with the usual settings.
func NewAdam() Optimizer { return &Adam{Moments: usualMoments} }

// Step implements [Optimizer].
func (a *Adam) Step(u Update) error {
	a.move(u, a.Penalty, 0)
	return nil
}

// AdamW is [Adam] with decoupled weight decay: each step also subtracts
// rate · Decay · p. Good values of Decay: 1e-5 to 1e-2, larger for few data.
//
// Ref: Loshchilov & Hutter (2019), arXiv:1711.05101, algorithm 2.
type AdamW struct {
	Moments
	Decay float64 `range:"[0,1]" doc:"weight decay, decoupled from the gradient"`
}

// Step implements [Optimizer].
func (a *AdamW) Step(u Update) error {
	a.move(u, 0, a.Decay)
	return nil
}

// Moments are the running means of gradients and of their squares.
type Moments struct {
	Beta1 float64 `range:"[0,1)" doc:"memory of the mean gradient"`
	Beta2 float64 `range:"[0,1)" doc:"memory of the mean squared gradient"`
	Eps   float64 `range:"(0,1)" doc:"added to the root of the mean square"`

	params []*graph.Param
	m, v   []graph.Array
}

// Init implements [Optimizer].
func (o *Moments) Init(params []*graph.Param) {
	o.params = params
	for _, p := range params {
		o.m = append(o.m, like(p.Value))
		o.v = append(o.v, like(p.Value))
	}
}

func like(a graph.Array) graph.Array {
	if a.F32 != nil {
		return graph.NewArray(graph.F32, len(a.F32))
	}
	return graph.NewArray(graph.F64, len(a.F64))
}

// State implements [Optimizer].
func (o *Moments) State() map[string]graph.Array {
	s := map[string]graph.Array{}
	for i, p := range o.params {
		s["mean."+p.Name], s["square."+p.Name] = o.m[i], o.v[i]
	}
	return s
}

// adamChunk is the number of parameters that a worker moves at a time.
const adamChunk = 1 << 14

// move moves the parameters, and adds the gradient of the penalty to u's.
func (o *Moments) move(u Update, penalty, decay float64) {
	t := float64(u.Step)
	s := kernel.AdamStep{
		Rate: u.Rate, Beta1: o.Beta1, Beta2: o.Beta2, Eps: o.Eps, Decay: decay,
		Correct1: 1 - math.Pow(o.Beta1, t), Correct2: 1 - math.Pow(o.Beta2, t),
	}
	for i, p := range o.params {
		n := p.Value.Len()
		u.Pool.For((n+adamChunk-1)/adamChunk, func(c, _ int) {
			lo, hi := c*adamChunk, min(n, (c+1)*adamChunk)
			if p.Value.F32 != nil {
				adam(p.Value.F32[lo:hi], u.Grads[i].F32[lo:hi], o.m[i].F32[lo:hi], o.v[i].F32[lo:hi], penalty, s)
			} else {
				adam(p.Value.F64[lo:hi], u.Grads[i].F64[lo:hi], o.m[i].F64[lo:hi], o.v[i].F64[lo:hi], penalty, s)
			}
		})
	}
}

// adam moves p by Adam, after it has added the gradient of the penalty to g.
func adam[T kernel.Float](p, g, m, v []T, penalty float64, s kernel.AdamStep) {
	if penalty > 0 {
		kernel.Axpy(g, T(penalty), p)
	}
	kernel.Adam(p, g, m, v, s)
}

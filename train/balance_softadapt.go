package train

import (
	"math"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register[Balance]("softadapt", func() Balance { return &SoftAdapt{Rate: 1, Every: 20} })
}

// SoftAdapt lets a term count the more, the faster it grows or the slower it
// falls: with the mean ℓ̄_i of a term over the last Every steps and ℓ̄_i' over
// those before, for n terms
//
//	w_i = n softmax_i( β s_i / Σ_j |s_j| ),  s_i = ℓ̄_i − ℓ̄_i'.
//
// Means are compared since losses of single batches differ by chance. Good
// values: Rate 0.1 to 5; negative ones favour the term that falls fastest.
//
// Ref: Heydari, Thompson & Mehmood, SoftAdapt (2019), arXiv:1912.12355, §3,
// normalized.
type SoftAdapt struct {
	Rate  float64 `range:"[-100,100]" doc:"β, how much the change of a term counts"`
	Every int     `range:"[1,1000000]" doc:"steps between changes of the weights, over which losses are averaged"`

	termWeights
	sum, before graph.Array // mean losses by term, of these Every steps and of those before
}

// Init implements [Balance].
func (b *SoftAdapt) Init(terms []string, ps *graph.Params) {
	b.termWeights.Init(terms, ps)
	b.sum, b.before = graph.NewArray(graph.F64, len(terms)), graph.NewArray(graph.F64, len(terms))
}

// Adapt implements [Adapting].
func (b *SoftAdapt) Adapt(c Course) error {
	for i := range b.sum.F64 {
		b.sum.F64[i] += c.Terms[i] / float64(b.Every)
	}
	if c.Step%b.Every != 0 {
		return nil
	}
	x, total := make([]float64, len(b.terms)), 0.0
	for i := range x {
		x[i] = b.sum.F64[i] - b.before.F64[i]
		total += math.Abs(x[i])
	}
	if c.Step > b.Every && total > 0 {
		for i := range x {
			x[i] *= b.Rate / total
		}
		b.set(softmax(x))
	}
	copy(b.before.F64, b.sum.F64)
	clear(b.sum.F64)
	return nil
}

// State implements [Adapting].
func (b *SoftAdapt) State() map[string]graph.Array {
	return b.state(map[string]graph.Array{"sum": b.sum, "before": b.before})
}

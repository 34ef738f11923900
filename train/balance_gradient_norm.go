package train

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register[Balance]("gradient_norm", func() Balance { return &GradientNorm{Every: 100, Memory: 0.9} })
}

// GradientNorm makes the gradients of all terms equally long, so that none
// drowns the others: for n terms, every Every steps
//
//	w_i ← m w_i + (1−m) (1/n) Σ_j ‖∇ℓ_j‖ / ‖∇ℓ_i‖,
//
// without the memory m at the first step. It costs a gradient for each term each
// time. Good values: Every 100 to 1000, Memory 0.9.
//
// Ref: Wang, Sankaran, Wang & Perdikaris, An expert's guide to training
// physics-informed neural networks (2023), arXiv:2308.08468, §5.1, there n
// times that.
type GradientNorm struct {
	Every  int     `range:"[1,1000000]" doc:"steps between changes of the weights"`
	Memory float64 `range:"[0,1)" doc:"of the weights from a change to the next"`

	termWeights
	now graph.Array // weights by term
}

// Init implements [Balance].
func (b *GradientNorm) Init(terms []string, ps *graph.Params) {
	b.termWeights.Init(terms, ps)
	b.now = ones(len(terms))
}

// Adapt implements [Adapting].
func (b *GradientNorm) Adapt(c Course) error {
	if (c.Step-1)%b.Every != 0 {
		return nil
	}
	norms, sum := make([]float64, len(b.terms)), 0.0
	for i := range norms {
		alone := make([]float64, len(norms))
		alone[i] = 1 / b.shares[i]
		b.set(alone)
		var err error
		if norms[i], err = c.Norm(); err != nil {
			return err
		}
		sum += norms[i]
	}
	memory := b.Memory
	if c.Step == 1 {
		memory = 0
	}
	for i, n := range norms {
		if n > 0 { // a term without gradient has no say
			b.now.F64[i] = memory*b.now.F64[i] + (1-memory)*sum/(float64(len(norms))*n)
		}
	}
	b.set(b.now.F64)
	return nil
}

// State implements [Adapting].
func (b *GradientNorm) State() map[string]graph.Array {
	return b.state(map[string]graph.Array{"now": b.now})
}

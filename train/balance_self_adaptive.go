package train

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register[Balance]("self_adaptive", func() Balance { return &LearnedBalance{} })
}

// LearnedBalance learns the weights with the network, as if each term were the
// negative logarithm of the likelihood of data with an unknown noise,
//
//	loss = Σ_i ( weight_i w_i ℓ_i − ln w_i ),  w_i > 0,
//
// which is least at w_i = 1/(weight_i ℓ_i): terms come to count alike, whatever
// their units, and a fixed weight only says where to begin. A logarithm moves by
// the rate of the schedule in a step of Adam, so this takes some thousand
// steps. The loss may be negative.
//
// Weights of a PINN's points are something else; see [SelfAdaptive].
//
// Ref: Xiang et al., Self-adaptive loss balanced physics-informed neural
// networks, Neurocomputing 496 (2022) 11; Kendall, Gal & Cipolla (2018),
// arXiv:1705.07115, §3.
type LearnedBalance struct {
	terms []string
	logs  []*graph.Param // [1] each: −ln w_i
}

// Init implements [Balance].
func (b *LearnedBalance) Init(terms []string, ps *graph.Params) {
	b.terms, b.logs = terms, nil
	for _, t := range terms {
		b.logs = append(b.logs, ps.New("balance."+t, []int{1}, graph.Zero))
	}
}

// Columns implements [Balance].
func (b *LearnedBalance) Columns() []string { return weightColumns(b.terms) }

// Total implements [Balance].
func (b *LearnedBalance) Total(g *graph.Graph, shares []float64, terms []*graph.Node) *graph.Node {
	factors, parts := []float64{}, []*graph.Node{}
	for i, l := range terms {
		log := g.Mean(g.Param(b.logs[i]))
		w := g.Exp(g.Combine([]float64{-1}, log))
		g.Report(b.Columns()[i], w)
		factors, parts = append(factors, shares[i], 1), append(parts, g.Mul(w, l), log)
	}
	return g.Combine(factors, parts...)
}

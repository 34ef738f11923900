package train

import "eddy/models/graph"

// termWeights are the w_i of a [Balance] that sets them between steps; such
// balances embed it. They are no parameters of the model, which training moves.
type termWeights struct {
	terms  []string
	shares []float64
	values []*graph.Param // [1] each
}

// Init implements [Balance].
func (w *termWeights) Init(terms []string, ps *graph.Params) {
	w.terms, w.values = terms, nil
	for _, name := range w.Columns() {
		own := &graph.Params{Precision: ps.Precision}
		w.values = append(w.values, own.New(name, []int{1}, func() float64 { return 1 }))
	}
}

// Columns implements [Balance].
func (w *termWeights) Columns() []string { return weightColumns(w.terms) }

// weightColumns are the names of the weights of terms.
func weightColumns(terms []string) []string {
	names := make([]string, len(terms))
	for i, t := range terms {
		names[i] = "weight." + t
	}
	return names
}

// Total implements [Balance].
func (w *termWeights) Total(g *graph.Graph, shares []float64, terms []*graph.Node) *graph.Node {
	w.shares = shares
	weighted := make([]*graph.Node, len(terms))
	for i, l := range terms {
		v := g.Mean(g.Param(w.values[i]))
		g.Report(w.values[i].Name, v)
		weighted[i] = g.Mul(v, l)
	}
	return g.Combine(shares, weighted...)
}

// set makes x the weights.
func (w *termWeights) set(x []float64) {
	for i, v := range x {
		w.values[i].Value.Put([]float64{v})
	}
}

// state is the weights, and what else a balance has.
func (w *termWeights) state(more map[string]graph.Array) map[string]graph.Array {
	for _, v := range w.values {
		more[v.Name] = v.Value
	}
	return more
}

package train

import (
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/models/graph"
)

// Balance says how much each term of the loss counts, beside its fixed weight:
//
//	loss = Σ_i weight_i w_i ℓ_i.
//
// The w_i begin at 1 and are reported as weight.<term>.
type Balance interface {
	// Init is told the names of the terms. What is learned with the network goes
	// to ps.
	Init(terms []string, ps *graph.Params)

	// Total returns the loss, made of the terms and their fixed weights.
	Total(g *graph.Graph, shares []float64, terms []*graph.Node) *graph.Node

	// Columns are the names of what Total reports.
	Columns() []string
}

// Adapting is a balance that sets its weights between the steps of training.
// Steps that search leave them as they are.
type Adapting interface {
	Balance

	// Adapt sets the weights for the next step.
	Adapt(c Course) error

	// State returns all that Adapt and Total depend on, by name. The arrays are
	// live: writing them restores the balance.
	State() map[string]graph.Array
}

// Course is what a balance is told after a step.
type Course struct {
	Step  int        // counted from 1
	Terms []float64  // ℓ_i, for the parameters before the step
	Rand  *rand.Rand // for this step

	// Norm computes the norm of the gradient of the whole loss, with the weights
	// as they are, for the parameters after the step.
	Norm func() (float64, error)
}

func init() { configs.Register[Balance]("fixed", func() Balance { return &Fixed{} }) }

// Fixed leaves the terms as the configuration weighs them: w_i = 1.
type Fixed struct{}

// Init implements [Balance].
func (*Fixed) Init([]string, *graph.Params) {}

// Total implements [Balance].
func (*Fixed) Total(g *graph.Graph, shares []float64, terms []*graph.Node) *graph.Node {
	return g.Combine(shares, terms...)
}

// Columns implements [Balance].
func (*Fixed) Columns() []string { return nil }

// adapt lets the balance learn from a step.
func (t *Trainer) adapt(step Step) error {
	b, ok := t.Session.Balance.Value.(Adapting)
	if !ok {
		return nil
	}
	t.fresh = false
	return b.Adapt(Course{
		Step: step.Number, Terms: step.Terms, Rand: random(t.Session.Seed, forBalance, step.Number),
		Norm: func() (float64, error) {
			if _, err := t.evaluate(); err != nil {
				return 0, err
			}
			return clip(t.program.Grads, math.Inf(1))
		},
	})
}

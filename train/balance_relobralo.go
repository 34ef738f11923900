package train

import (
	"math"

	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register[Balance]("relobralo", func() Balance { return &ReLoBRaLo{Temperature: 1, Memory: 0.999, Lookback: 0.999} })
}

// ReLoBRaLo is relative loss balancing with random lookback. A term counts the
// more, the less it has fallen since the step before and since the first one,
// for n terms
//
//	b_i(t, t') = n softmax_i( ℓ_i(t) / (T ℓ_i(t')) ),
//	w_i ← m (ρ w_i + (1−ρ) b_i(t, 0)) + (1−m) b_i(t, t−1),
//
// where T is the temperature, m the memory, and ρ is 1 with the probability
// Lookback and 0 otherwise: rarely, weights that the last steps have made are
// forgotten for those that all of training has. It takes no time. The weights
// sum up to the number of terms.
//
// Good values: Temperature 0.1 (the term that is behind counts alone) to 1;
// Memory and Lookback 0.95 to 0.999.
//
// Ref: Bischof & Kraus, Multi-objective loss balancing for physics-informed
// deep learning (2021), arXiv:2110.09813, eq. 10 to 12.
type ReLoBRaLo struct {
	Temperature float64 `range:"(0,inf)" doc:"of the softmax; small ones favour the term that is furthest behind"`
	Memory      float64 `range:"[0,1)" doc:"of the weights from a step to the next"`
	Lookback    float64 `range:"[0,1]" doc:"probability that the memory is of the step before, and not of the first"`

	termWeights
	now, first, last graph.Array // weights and losses by term
}

// Init implements [Balance].
func (b *ReLoBRaLo) Init(terms []string, ps *graph.Params) {
	b.termWeights.Init(terms, ps)
	b.now, b.first, b.last = ones(len(terms)), ones(len(terms)), ones(len(terms))
}

// Adapt implements [Adapting].
func (b *ReLoBRaLo) Adapt(c Course) error {
	if c.Step == 1 {
		copy(b.first.F64, c.Terms)
		copy(b.last.F64, c.Terms)
	}
	fresh, old := b.against(b.last.F64, c.Terms), b.against(b.first.F64, c.Terms)
	stays := c.Rand.Float64() < b.Lookback
	for i := range fresh {
		past := old[i]
		if stays {
			past = b.now.F64[i]
		}
		b.now.F64[i] = b.Memory*past + (1-b.Memory)*fresh[i]
	}
	copy(b.last.F64, c.Terms)
	b.set(b.now.F64)
	return nil
}

// against is n softmax_i(now_i / (T then_i)). A term that was zero counts as one
// that stays.
func (b *ReLoBRaLo) against(then, now []float64) []float64 {
	x := make([]float64, len(b.terms))
	for i := range x {
		if x[i] = 1 / b.Temperature; then[i] > 0 {
			x[i] = now[i] / (b.Temperature * then[i])
		}
	}
	return softmax(x)
}

// softmax is n e^x_i / Σ_j e^x_j for n numbers.
func softmax(x []float64) []float64 {
	largest, sum := math.Inf(-1), 0.0
	for _, v := range x {
		largest = max(largest, v)
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = math.Exp(v - largest)
		sum += y[i]
	}
	for i := range y {
		y[i] *= float64(len(y)) / sum
	}
	return y
}

func ones(n int) graph.Array {
	a := graph.NewArray(graph.F64, n)
	for i := range a.F64 {
		a.F64[i] = 1
	}
	return a
}

// State implements [Adapting].
func (b *ReLoBRaLo) State() map[string]graph.Array {
	return b.state(map[string]graph.Array{"now": b.now, "first": b.first, "last": b.last})
}

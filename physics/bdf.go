package physics

import (
	"eddy/configs"
	"eddy/models/graph"
)

func init() {
	configs.Register("bdf", func() Scheme { return &BDF{Order: 2} })
}

// BDF is the backward differentiation formula,
//
//	r = Σ_j a_j u_{n+1−j} / Δt − F(u_{n+1}),  j = 0 … Order,
//
// which damps fast waves more than [CrankNicolson] does. The first frames, that
// have too few before them, take lower orders.
//
// Ref: Hairer & Wanner, Solving Ordinary Differential Equations II (1996), §V.1.
type BDF struct {
	Order int `range:"[1,6]" doc:"order of the formula, and the frames that it looks back"`
}

// Needs implements [Scheme].
func (*BDF) Needs() int { return 1 }

// Residual implements [Scheme].
func (b *BDF) Residual(m Motion) []Field {
	var taps []graph.Tap
	for n := range m.Steps {
		back := make([]float64, min(b.Order, n+1)+1)
		for j := range back {
			back[j] = -float64(j)
		}
		for j, w := range Fornberg(1, back) {
			taps = append(taps, graph.Tap{To: n, From: n + 1 - j, Weight: w / m.Dt})
		}
	}
	return less(m.Along(m.U, m.Steps, taps), m.Along(m.Tendency(m.U), m.Steps, steps(m.Steps, 0, 1)))
}

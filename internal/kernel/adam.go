package kernel

import "math"

// AdamStep holds the numbers of one update of Adam with decoupled weight decay
// (AdamW). Good values: Beta1 0.9, Beta2 0.999, Eps 1e-8, Decay 0 to 1e-2.
// Correct1 and Correct2 are the bias corrections 1-Beta1ᵗ and 1-Beta2ᵗ of step
// t = 1, 2, …
//
// Ref: Loshchilov & Hutter, Decoupled Weight Decay Regularization (2019), Alg. 2.
type AdamStep struct {
	Rate, Beta1, Beta2, Eps, Decay, Correct1, Correct2 float64
}

// Adam updates the parameters p and the moments m and v from the gradient g in
// one pass:
//
//	m ← β₁ m + (1-β₁) g
//	v ← β₂ v + (1-β₂) g²
//	p ← (1 - Rate·Decay) p - Rate/Correct1 · m / (√(v/Correct2) + Eps).
//
// g is only read. The four slices must not overlap.
func Adam[T Float](p, g, m, v []T, s AdamStep) {
	same("Adam", len(p), len(g), len(m), len(v))
	if len(p) == 0 {
		return
	}
	kernels[T]().adam(p, g, m, v, adamStep[T]{
		beta1: T(s.Beta1), gain1: T(1 - s.Beta1),
		beta2: T(s.Beta2), gain2: T(1 - s.Beta2),
		keep: T(1 - s.Rate*s.Decay), rate: T(s.Rate / s.Correct1),
		grow: T(1 / s.Correct2), eps: T(s.Eps),
	})
}

// adamStep is AdamStep as the factors that the loop needs.
type adamStep[T Float] struct {
	beta1, gain1, beta2, gain2, keep, rate, grow, eps T
}

func goAdam[T Float](p, g, m, v []T, s adamStep[T]) {
	g, m, v = g[:len(p)], m[:len(p)], v[:len(p)]
	for i, x := range g {
		mi := s.beta1*m[i] + s.gain1*x
		vi := s.beta2*v[i] + s.gain2*(x*x)
		m[i], v[i] = mi, vi
		root := T(math.Sqrt(float64(vi * s.grow)))
		p[i] = s.keep*p[i] - s.rate*mi/(root+s.eps)
	}
}

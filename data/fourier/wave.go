package fourier

import (
	"math"
	"math/cmplx"
)

// Wave is A exp(i K·x) and its conjugate, or the real part of A where K = 0.
type Wave struct {
	K []int // waves per box along each axis, below N/2; not negative along the last
	A complex128
}

// Sum returns the values [N…] of a sum of waves.
func (s *Series) Sum(waves []Wave) []float64 {
	c := make([]complex128, s.Modes)
	for _, w := range waves {
		s.Add(c, w)
	}
	u := make([]float64, s.Grid.Size())
	s.Values(u, c)
	return u
}

// Cosine returns cos(2π Σ_a k_a x_a/L_a + phase).
func (s *Series) Cosine(k [3]int, phase float64) Wave {
	dims := s.Grid.Dims()
	w := Wave{append([]int{}, k[:dims]...), cmplx.Rect(0.5, phase)}
	if k == [3]int{} {
		return Wave{w.K, complex(math.Cos(phase), 0)}
	}
	if w.K[dims-1] < 0 { // cos(θ) = cos(−θ)
		for a := range w.K {
			w.K[a] = -w.K[a]
		}
		w.A = cmplx.Conj(w.A)
	}
	return w
}

// Add adds a wave to a series [modes].
func (s *Series) Add(c []complex128, w Wave) {
	last := len(w.K) - 1
	mirror, constant := make([]int, len(w.K)), w.K[last] == 0
	for axis, j := range w.K[:last] {
		mirror[axis] = -j
		constant = constant && j == 0
	}
	switch {
	case constant:
		c[0] += complex(real(w.A), 0)
	case w.K[last] == 0: // both are held
		c[s.index(w.K)] += w.A
		c[s.index(mirror)] += cmplx.Conj(w.A)
	default:
		c[s.index(w.K)] += w.A
	}
}

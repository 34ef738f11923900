package data

import (
	"math"
	"math/cmplx"
)

// wave is a exp(i k·x) and its conjugate, or the real part of a where k = 0.
type wave struct {
	k []int // waves per box along each axis, below N/2; not negative along the last
	a complex128
}

// sum returns the values [N…] of a sum of waves.
func (s *spectral) sum(waves []wave) []float64 {
	c := make([]complex128, s.modes)
	for _, w := range waves {
		s.add(c, w)
	}
	u := make([]float64, s.grid.Size())
	s.values(u, c)
	return u
}

// cosine returns cos(2π Σ_a k_a x_a/L_a + phase).
func (s *spectral) cosine(k [3]int, phase float64) wave {
	dims := s.grid.Dims()
	w := wave{append([]int{}, k[:dims]...), cmplx.Rect(0.5, phase)}
	if k == [3]int{} {
		return wave{w.k, complex(math.Cos(phase), 0)}
	}
	if w.k[dims-1] < 0 { // cos(θ) = cos(−θ)
		for a := range w.k {
			w.k[a] = -w.k[a]
		}
		w.a = cmplx.Conj(w.a)
	}
	return w
}

// add adds a wave to a series [modes].
func (s *spectral) add(c []complex128, w wave) {
	last := len(w.k) - 1
	mirror, constant := make([]int, len(w.k)), w.k[last] == 0
	for axis, j := range w.k[:last] {
		mirror[axis] = -j
		constant = constant && j == 0
	}
	switch {
	case constant:
		c[0] += complex(real(w.a), 0)
	case w.k[last] == 0: // both are held
		c[s.index(w.k)] += w.a
		c[s.index(mirror)] += cmplx.Conj(w.a)
	default:
		c[s.index(w.k)] += w.a
	}
}

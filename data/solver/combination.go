package solver

import "eddy/internal/kernel"

// combination is a linear combination of bases in a run of coefficients.
type combination struct {
	from, to int // in the numbers of the destination
	terms    []kernel.Term[float64]
	complex  bool
}

func (s combination) run(dst []float64) { kernel.Combine(dst[s.from:s.to], s.terms, s.complex) }

// weigh gives each term its weights, and tells whether they are complex.
func weigh(terms []kernel.Term[float64], weights [][]complex128) bool {
	isComplex := false
	for _, w := range weights {
		for _, a := range w {
			isComplex = isComplex || imag(a) != 0
		}
	}
	for i, w := range weights {
		for _, a := range w {
			terms[i].W = append(terms[i].W, real(a))
			if isComplex {
				terms[i].W = append(terms[i].W, imag(a))
			}
		}
	}
	return isComplex
}

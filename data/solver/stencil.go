package solver

import (
	"math"

	"eddy/physics"
)

// stencil is a central difference along an axis,
//
//	∂^order u/∂x^order ≈ Σ_j w_j u(x + j h),  j from −half to half.
type stencil struct {
	axis, order int
	weights     []float64 // [2 half + 1] w, which have h^−order in them
}

// newStencil returns the shortest stencil with an even order of accuracy.
func newStencil(axis, order, accuracy int, h float64) *stencil {
	half := (order+1)/2 - 1 + accuracy/2
	points := make([]float64, 2*half+1)
	for j := range points {
		points[j] = float64(j - half)
	}
	s := &stencil{axis, order, physics.Fornberg(order, points)}
	for j := range s.weights {
		s.weights[j] /= math.Pow(h, float64(order))
	}
	return s
}

// half is the number of points that the stencil needs on each side.
func (s *stencil) half() int { return len(s.weights) / 2 }

// apply writes the difference of u to dst, where all its points are in u.
// Neighbours along the axis are stride apart.
func (s *stencil) apply(dst, u []float64, stride int) {
	edge := s.half() * stride
	dst = dst[edge : len(dst)-edge]
	at := func(j int) []float64 { return u[j*stride:][:len(dst)] }
	switch w := s.weights; len(w) {
	case 3:
		a, b, c := at(0), at(1), at(2)
		for i := range dst {
			dst[i] = w[0]*a[i] + w[1]*b[i] + w[2]*c[i]
		}
	case 5:
		a, b, c, d, e := at(0), at(1), at(2), at(3), at(4)
		for i := range dst {
			dst[i] = w[0]*a[i] + w[1]*b[i] + w[2]*c[i] + w[3]*d[i] + w[4]*e[i]
		}
	default:
		clear(dst)
		for j, w := range w {
			for i, v := range at(j) {
				dst[i] += w * v
			}
		}
	}
}

// size returns the stencil with the sizes of its weights.
func (s *stencil) size() *stencil {
	sized := &stencil{s.axis, s.order, make([]float64, len(s.weights))}
	for j, w := range s.weights {
		sized.weights[j] = math.Abs(w)
	}
	return sized
}

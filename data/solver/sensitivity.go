package solver

import "math"

// sensitivity bounds the eigenvalues of the Jacobian ∂f/∂u of what differences
// evaluates, with the state held fixed: around each point they are those of an
// operator with constant coefficients, where derivatives of even order have
// real symbols and those of odd order imaginary ones. A bound is the sum of the
// sizes of the coefficients, carried through the evaluation by the rules of
// differentiation. What is beyond an end is as sensitive as what is within.
type sensitivity struct {
	of         *differences
	sizes      []*stencil  // [operations] of derivatives
	real, imag [][]float64 // [channels + operations][points]
}

func newSensitivity(d *differences) *sensitivity {
	s := &sensitivity{of: d, sizes: make([]*stencil, len(d.rate.operations))}
	channels, points := len(d.cells.values), len(d.cells.values[0])
	for i := range channels + len(s.sizes) {
		r := make([]float64, points)
		if i < channels {
			for j := range r {
				r[j] = 1
			}
		}
		s.real, s.imag = append(s.real, r), append(s.imag, make([]float64, points))
	}
	for i, o := range d.rate.operations {
		if o.stencil != nil {
			s.sizes[i] = o.stencil.size()
		}
	}
	return s
}

// spectrum bounds the eigenvalues at the state of the last evaluation.
func (s *sensitivity) spectrum() Spectrum {
	channels := len(s.of.cells.values)
	for i, o := range s.of.rate.operations {
		s.operation(channels+i, s.sizes[i], o)
	}
	dims := float64(len(s.of.cells.stride))
	var all Spectrum
	for _, value := range s.of.rate.outputs {
		for _, at := range s.of.cells.inner {
			real, imag := s.real[value][at], s.imag[value][at]
			all.Real, all.Imag = max(all.Real, real), max(all.Imag, imag)
			if imag > 0 { // Σ_a imag_a²/real_a ≤ dims (Σ imag_a)²/Σ real_a, where all real_a are equal
				all.Ratio = max(all.Ratio, dims*imag*imag/real)
			}
		}
	}
	return all
}

// operation bounds the value of an operation. sizes is its stencil, if any.
func (s *sensitivity) operation(value int, sizes *stencil, o operation) {
	real, imag := s.real[value], s.imag[value]
	a, b, v := s.of.rate.values[o.a], s.of.rate.values[o.b], s.of.rate.values[value]
	realA, imagA, realB, imagB := s.real[o.a], s.imag[o.a], s.real[o.b], s.imag[o.b]
	switch {
	case sizes != nil:
		stride := s.of.cells.stride[sizes.axis]
		if sizes.order%2 == 1 {
			realA, imagA = imagA, realA
		}
		sizes.apply(real, realA, stride)
		sizes.apply(imag, imagA, stride)
	case o.name == "add":
		for i := range real {
			real[i], imag[i] = realA[i]+realB[i], imagA[i]+imagB[i]
		}
	case o.name == "mul":
		for i := range real {
			x, y := math.Abs(a[i]), math.Abs(b[i])
			real[i], imag[i] = x*realB[i]+y*realA[i], x*imagB[i]+y*imagA[i]
		}
	default:
		slope := slopeOf(o, a, v)
		for i := range real {
			real[i], imag[i] = slope(i)*realA[i], slope(i)*imagA[i]
		}
	}
}

// slopeOf returns the size of the derivative of an operation on a, with the
// value v, at a point.
func slopeOf(o operation, a, v []float64) func(i int) float64 {
	switch o.name {
	case "scale":
		return func(int) float64 { return math.Abs(o.by) }
	case "invert":
		return func(i int) float64 { return v[i] * v[i] }
	case "pow":
		return func(i int) float64 { return math.Abs(o.by * math.Pow(a[i], o.by-1)) }
	default: // a cosine
		return func(int) float64 { return 0 }
	}
}

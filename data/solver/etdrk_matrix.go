package solver

import (
	"math"
	"math/cmplx"

	"eddy/physics"
)

// matrix is a square matrix, row by row.
type matrix struct {
	n int
	a []complex128 // [n·n]
}

func newMatrix(n int) matrix { return matrix{n, make([]complex128, n*n)} }

// identity returns the unit matrix times x.
func identity(n int, x complex128) matrix {
	m := newMatrix(n)
	for i := range n {
		m.a[i*n+i] = x
	}
	return m
}

// times returns the product m b.
func (m matrix) times(b matrix) matrix {
	p := newMatrix(m.n)
	for i := range m.n {
		for k := range m.n {
			x := m.a[i*m.n+k]
			for j := range m.n {
				p.a[i*m.n+j] += x * b.a[k*m.n+j]
			}
		}
	}
	return p
}

// plus returns m + x b.
func (m matrix) plus(x complex128, b matrix) matrix {
	s := newMatrix(m.n)
	for i := range s.a {
		s.a[i] = m.a[i] + x*b.a[i]
	}
	return s
}

// isDiagonal tells whether all else is zero.
func (m matrix) isDiagonal() bool {
	for i, x := range m.a {
		if i/m.n != i%m.n && x != 0 {
			return false
		}
	}
	return true
}

// norm is the largest sum of absolute values in a row.
func (m matrix) norm() float64 {
	norm := 0.0
	for i := range m.n {
		sum := 0.0
		for _, x := range m.a[i*m.n : (i+1)*m.n] {
			sum += cmplx.Abs(x)
		}
		norm = max(norm, sum)
	}
	return norm
}

// phis returns φ_0 … φ_3 of m/2 and of m. A diagonal matrix has those of its
// entries; others are scaled down until their series converge, and the results
// doubled up again by
//
//	2^k φ_k(2z) = φ_0(z) φ_k(z) + Σ_{j=1}^k φ_j(z)/(k−j)!.
//
// This divides by nothing, so matrices that are defective, or nearly so, are
// like the others. The error is some |m| units in the last place, as that of
// exp is through its argument.
//
// Ref: Higham, Functions of Matrices (2008), §10.7.4.
func (m matrix) phis() (half, full [4]matrix) {
	if m.isDiagonal() {
		for k := range 4 {
			half[k], full[k] = newMatrix(m.n), newMatrix(m.n)
		}
		for i := 0; i < len(m.a); i += m.n + 1 {
			h, f := physics.Phi(m.a[i]/2), physics.Phi(m.a[i])
			for k := range 4 {
				half[k].a[i], full[k].a[i] = h[k], f[k]
			}
		}
		return half, full
	}
	b, scale := m.balanced()
	doublings := max(1, math.Ilogb(b.norm())+2) // below a quarter, and once for half
	b = newMatrix(m.n).plus(complex(math.Ldexp(1, -doublings), 0), b)
	half = b.phiSeries()
	for range doublings - 1 {
		half = doubled(half)
	}
	full = doubled(half)
	for k := range 4 {
		half[k].unscale(scale)
		full[k].unscale(scale)
	}
	return half, full
}

// phiSeries sums the series of φ_3, for |m| < ½, and takes the others from it.
func (m matrix) phiSeries() (phi [4]matrix) {
	const terms = 14 // 2⁻¹⁴/(14+3)! is 2e-19
	sum := identity(m.n, 1)
	for n := terms; n > 0; n-- {
		sum = identity(m.n, 1).plus(complex(1/float64(n+3), 0), sum.times(m))
	}
	phi[3] = newMatrix(m.n).plus(1./6, sum)
	phi[2] = identity(m.n, 0.5).plus(1, phi[3].times(m))
	phi[1] = identity(m.n, 1).plus(1, phi[2].times(m))
	phi[0] = identity(m.n, 1).plus(1, phi[1].times(m))
	return phi
}

// doubled returns φ of 2z from φ of z.
func doubled(phi [4]matrix) (twice [4]matrix) {
	twice[0] = phi[0].times(phi[0])
	factorial := []complex128{1, 1, 2}
	for k := 1; k < 4; k++ {
		sum := phi[0].times(phi[k])
		for j := 1; j <= k; j++ {
			sum = sum.plus(1/factorial[k-j], phi[j])
		}
		twice[k] = newMatrix(sum.n).plus(complex(math.Ldexp(1, -k), 0), sum)
	}
	return twice
}

// balanced returns S⁻¹ m S, with powers of two in the diagonal matrix S that
// bring rows and columns to like sizes, and S. Channels of different units, as
// a field and its rate of change, then need no more doublings than others.
//
// Ref: Parlett & Reinsch, Numer. Math. 13 (1969) 293.
func (m matrix) balanced() (matrix, []float64) {
	b, scale := newMatrix(m.n).plus(1, m), make([]float64, m.n)
	for i := range scale {
		scale[i] = 1
	}
	for again := true; again; {
		again = false
		for i := range m.n {
			row, column := 0.0, 0.0
			for j := range m.n {
				if j != i {
					row += cmplx.Abs(b.a[i*m.n+j])
					column += cmplx.Abs(b.a[j*m.n+i])
				}
			}
			if row == 0 || column == 0 {
				continue
			}
			f := math.Ldexp(1, int(math.Round(math.Log2(row/column)/2)))
			if column*f+row/f >= 0.95*(column+row) {
				continue
			}
			again = true
			scale[i] *= f
			for j := range m.n {
				b.a[j*m.n+i] *= complex(f, 0)
				b.a[i*m.n+j] /= complex(f, 0)
			}
		}
	}
	return b, scale
}

// unscale replaces m by S m S⁻¹.
func (m matrix) unscale(scale []float64) {
	for i := range m.n {
		for j := range m.n {
			m.a[i*m.n+j] *= complex(scale[i]/scale[j], 0)
		}
	}
}

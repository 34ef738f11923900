package data

import (
	"fmt"
	"math"

	"eddy/physics"
)

// spectral moves a scalar field between its values on a periodic grid, [N…],
// and the coefficients of its Fourier series,
//
//	u(x) = Σ_k c_k exp(i k·x),  c_{−k} = conj(c_k).
//
// Only the coefficients with k ≥ 0 along the last axis are held, so they are
// [N, …, N/2+1], as real transforms have it everywhere. It keeps scratch
// space, so it serves one goroutine.
//
// Where N is even, the mode N/2 of an axis stands for k and −k at once: what
// the grid sees is cos(kx), whose odd derivatives vanish on every grid point.
type spectral struct {
	grid   physics.Grid
	modes  int // coefficients held
	last   *realFFT
	others []*fft // of the axes before the last
	line   []complex128
	copy   []complex128 // [modes], where there are several axes
}

func newSpectral(g physics.Grid) (*spectral, error) {
	if err := g.Check(); err != nil {
		return nil, err
	}
	if g.Boundary != physics.Periodic {
		return nil, fmt.Errorf("boundary = %v, want periodic for Fourier series", g.Boundary)
	}
	n := g.Points[g.Dims()-1]
	s := &spectral{grid: g, modes: g.Size() / n * (n/2 + 1), last: newRealFFT(n)}
	longest := 0
	for _, p := range g.Points[:g.Dims()-1] {
		s.others = append(s.others, newFFT(p))
		longest = max(longest, p)
	}
	if longest > 0 {
		s.line, s.copy = make([]complex128, longest), make([]complex128, s.modes)
	}
	return s, nil
}

// coefficients writes the series of the values u to c [modes].
func (s *spectral) coefficients(c []complex128, u []float64) {
	n := s.last.n
	width := n/2 + 1
	for i := range s.grid.Size() / n {
		s.last.forward(c[i*width:(i+1)*width], u[i*n:(i+1)*n])
	}
	for axis, f := range s.others {
		s.alongAxis(axis, c, func(line []complex128) {
			f.transform(line)
			for j, v := range line {
				line[j] = scaled(1/float64(f.n), v)
			}
		})
	}
}

// values writes the values of the series c to u [N…].
func (s *spectral) values(u []float64, c []complex128) {
	if len(s.others) > 0 {
		copy(s.copy, c)
		c = s.copy
	}
	for axis, f := range s.others {
		s.alongAxis(axis, c, f.inverse)
	}
	n := s.last.n
	width := n/2 + 1
	for i := range s.grid.Size() / n {
		s.last.inverse(u[i*n:(i+1)*n], c[i*width:(i+1)*width])
	}
}

// alongAxis replaces each line of c along an axis before the last by what f
// makes of it.
func (s *spectral) alongAxis(axis int, c []complex128, f func([]complex128)) {
	n := s.grid.Points[axis]
	stride := s.last.n/2 + 1
	for _, p := range s.grid.Points[axis+1 : s.grid.Dims()-1] {
		stride *= p
	}
	line := s.line[:n]
	for start := 0; start < s.modes; start += n * stride {
		for i := start; i < start+stride; i++ {
			for j := range line {
				line[j] = c[i+j*stride]
			}
			f(line)
			for j, v := range line {
				c[i+j*stride] = v
			}
		}
	}
}

// wave returns the signed wave number of coefficient m along each axis, in
// waves per box; the mode N/2 has a positive one.
func (s *spectral) wave(m int) []int {
	k := make([]int, s.grid.Dims())
	for axis := len(k) - 1; axis >= 0; axis-- {
		n, held := s.grid.Points[axis], s.grid.Points[axis]
		if axis == len(k)-1 {
			held = n/2 + 1
		}
		if k[axis] = m % held; 2*k[axis] > n {
			k[axis] -= n
		}
		m /= held
	}
	return k
}

// symbol returns o's factor on each coefficient [modes]. Terms of odd order
// along an axis are zero at its mode N/2.
func (s *spectral) symbol(o physics.Operator) []complex128 {
	table := make([]complex128, s.modes)
	for m := range table {
		wave := s.wave(m)
		k := make([]float64, len(wave))
		for axis, j := range wave {
			k[axis] = 2 * math.Pi * float64(j) / s.grid.Extent[axis]
		}
		for _, term := range o {
			if !s.vanishes(term, wave) {
				table[m] += physics.Operator{term}.Symbol(k...)
			}
		}
	}
	return table
}

// vanishes tells whether the grid sees nothing of a derivative of a wave.
func (s *spectral) vanishes(t physics.Term, wave []int) bool {
	for axis, j := range wave {
		if t.Order[axis]%2 == 1 && 2*j == s.grid.Points[axis] {
			return true
		}
	}
	for _, order := range t.Order[len(wave):] {
		if order > 0 {
			return true
		}
	}
	return false
}

// resolved tells which coefficients [modes] the two-thirds rule keeps: those
// with 3|k| < N along every axis, k in waves per box. The product of two such
// fields has waves up to 2|k|, which the grid mistakes for N − 2|k|, and that
// is beyond the ones kept. N/3 itself is not kept: its square would return to it.
//
// Ref: Orszag, J. Atmos. Sci. 28 (1971) 1074.
func (s *spectral) resolved() []bool {
	keep := make([]bool, s.modes)
	for m := range keep {
		keep[m] = true
		for axis, j := range s.wave(m) {
			keep[m] = keep[m] && 3*max(j, -j) < s.grid.Points[axis]
		}
	}
	return keep
}

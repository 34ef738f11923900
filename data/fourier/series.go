package fourier

import (
	"fmt"
	"math"

	"eddy/physics"
)

// Series knows the Fourier series of real scalar fields on a periodic grid,
//
//	u(x) = Σ_k c_k exp(i k·x),  c_{−k} = conj(c_k),
//
// and moves fields, one a lane, between values and coefficients. Of the
// coefficients it holds those with k ≥ 0 along the last axis: N/2+1 for each
// row, which is a wave number of each axis before the last. It keeps scratch
// space, so it serves one goroutine.
//
// Coefficients are ordered so that those that the two-thirds rule keeps come
// first: [kept rows][columns], then the others. The very first is the mean.
//
// Where N is even, the mode N/2 of an axis stands for k and −k at once: what
// the grid sees is cos(kx), whose odd derivatives vanish on every grid point.
type Series struct {
	Grid    physics.Grid
	Modes   int   // coefficients held
	Kept    int   // of them, those that the two-thirds rule keeps
	Columns int   // kept coefficients of a kept row
	Rows    []Row // in the order of the grid
	waves   [][3]int

	last   *RealFFT
	others []*FFT    // of the axes before the last
	full   []float64 // [rows][N/2+1][2][lanes]
}

// Row tells where the coefficients of a row are: the first Columns from Kept
// on and the others from rest on, or all from rest on if the row is not kept.
type Row struct {
	IsKept     bool
	Kept, rest int
}

// NewSeries returns the series of fields on a periodic grid.
func NewSeries(g physics.Grid) (*Series, error) {
	if err := g.Check(); err != nil {
		return nil, err
	}
	if g.Boundary != physics.Periodic {
		return nil, fmt.Errorf("boundary = %v, want periodic for Fourier series", g.Boundary)
	}
	n := g.Points[g.Dims()-1]
	s := &Series{Grid: g, last: NewRealFFT(n), Rows: make([]Row, g.Size()/n)}
	for _, p := range g.Points[:g.Dims()-1] {
		s.others = append(s.others, NewFFT(p))
	}
	for s.Columns < n/2+1 && isResolved(s.Columns, n) {
		s.Columns++
	}
	s.order()
	s.full = make([]float64, s.Modes*Pair)
	return s, nil
}

// order numbers the coefficients.
func (s *Series) order() {
	half := s.last.n/2 + 1
	s.waves = make([][3]int, 0, len(s.Rows)*half)
	number := func(r, from, to int) int {
		first := len(s.waves)
		for j := from; j < to; j++ {
			s.waves = append(s.waves, s.waveAt(r, j))
		}
		return first
	}
	for r := range s.Rows {
		if s.Rows[r].IsKept = s.keeps(r); s.Rows[r].IsKept {
			s.Rows[r].Kept = number(r, 0, s.Columns)
		}
	}
	s.Kept = len(s.waves)
	for r := range s.Rows {
		if s.Rows[r].IsKept {
			s.Rows[r].rest = number(r, s.Columns, half)
		} else {
			s.Rows[r].rest = number(r, 0, half)
		}
	}
	s.Modes = len(s.waves)
}

// waveAt returns the signed wave number of column j of a row along each axis,
// in waves per box; the mode N/2 has a positive one.
func (s *Series) waveAt(r, j int) (k [3]int) {
	last := s.Grid.Dims() - 1
	k[last] = j
	for axis := last - 1; axis >= 0; axis-- {
		n := s.Grid.Points[axis]
		if k[axis] = r % n; 2*k[axis] > n {
			k[axis] -= n
		}
		r /= n
	}
	return k
}

// keeps tells whether the two-thirds rule keeps anything of a row.
func (s *Series) keeps(r int) bool {
	for axis, j := range s.waveAt(r, 0) {
		if axis < s.Grid.Dims() && !isResolved(j, s.Grid.Points[axis]) {
			return false
		}
	}
	return true
}

// isResolved tells whether the two-thirds rule keeps a wave, by its number of
// waves per box along an axis of n points: one with
//
//	|k| ≤ ⅔ ⌊n/2⌋ − 1,
//
// and the mean. The product of two such waves has waves up to 2|k|, which the
// grid mistakes for n − 2|k|, and that is beyond the ones kept. So |k| < n/3
// would do; this is the rule of exponax, which keeps 52 of 160 points' waves
// where that would keep 53, so that results agree with it.
//
// Ref: Orszag, J. Atmos. Sci. 28 (1971) 1074.
func isResolved(k, n int) bool { return k == 0 || 3*(max(k, -k)+1) <= 2*(n/2) }

// index returns the number of a coefficient, whose wave number is not negative
// along the last axis.
func (s *Series) index(k []int) int {
	last, r := len(k)-1, 0
	for axis, j := range k[:last] {
		n := s.Grid.Points[axis]
		r = r*n + (n+j)%n
	}
	row, j := s.Rows[r], k[last]
	switch {
	case !row.IsKept:
		return row.rest + j
	case j < s.Columns:
		return row.Kept + j
	}
	return row.rest + j - s.Columns
}

// Symbol returns o's factor on each coefficient [modes]. Terms of odd order
// along an axis are zero at its mode N/2.
func (s *Series) Symbol(o physics.Operator) []complex128 {
	table, dims := make([]complex128, s.Modes), s.Grid.Dims()
	for m := range table {
		wave := s.WaveNumber(m)
		k := make([]float64, dims)
		for axis, j := range wave {
			k[axis] = 2 * math.Pi * float64(j) / s.Grid.Extent[axis]
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
func (s *Series) vanishes(t physics.Term, wave []int) bool {
	for axis, j := range wave {
		if t.Order[axis]%2 == 1 && 2*j == s.Grid.Points[axis] {
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

package rollout

import (
	"math"

	"eddy/physics"

	"gonum.org/v1/gonum/dsp/fourier"
)

// modes transforms fields on a grid into Fourier modes, whatever the grid does
// at its ends. One is not for several goroutines at once.
type modes struct {
	grid  physics.Grid
	waves [][]int // [N…] of each mode along each axis, negative ones included
	along []*fourier.CmplxFFT
}

func newModes(g physics.Grid) *modes {
	m := &modes{grid: g, waves: make([][]int, g.Size())}
	for _, n := range g.Points {
		m.along = append(m.along, fourier.NewCmplxFFT(n))
	}
	for i := range m.waves {
		m.waves[i] = g.Index(i)
		for a, n := range g.Points {
			if 2*m.waves[i][a] > n {
				m.waves[i][a] -= n
			}
		}
	}
	return m
}

// of returns the coefficients û [N…] of one channel [N…], scaled so that
// Σ |û|² = mean u².
func (m *modes) of(u []float64) []complex128 {
	field := make([]complex128, len(u))
	for i, v := range u {
		field[i] = complex(v, 0)
	}
	m.lines(field, (*fourier.CmplxFFT).Coefficients)
	for i := range field {
		field[i] /= complex(float64(len(u)), 0)
	}
	return field
}

// values is the inverse of of.
func (m *modes) values(coefficients []complex128) []float64 {
	field := append([]complex128(nil), coefficients...)
	m.lines(field, (*fourier.CmplxFFT).Sequence)
	u := make([]float64, len(field))
	for i, v := range field {
		u[i] = real(v)
	}
	return u
}

// lines transforms all lines of a field along all axes.
func (m *modes) lines(field []complex128, transform func(f *fourier.CmplxFFT, dst, src []complex128) []complex128) {
	stride := len(field)
	for a, n := range m.grid.Points {
		stride /= n
		line := make([]complex128, n)
		for i := range field {
			if i/stride%n != 0 {
				continue
			}
			for j := range line {
				line[j] = field[i+j*stride]
			}
			transform(m.along[a], line, line)
			for j := range line {
				field[i+j*stride] = line[j]
			}
		}
	}
}

// wavenumber is 2π/L times the waves of a mode along an axis.
func (m *modes) wavenumber(i, axis int) float64 {
	return 2 * math.Pi * float64(m.waves[i][axis]) / m.grid.Extent[axis]
}

// radius is √(Σ_a k_a²) of the waves k of a mode.
func (m *modes) radius(i int) float64 {
	var sum float64
	for _, k := range m.waves[i] {
		sum += float64(k * k)
	}
	return math.Sqrt(sum)
}

// sum is Σ_k weight(k) |û_k|² for one channel [N…].
func (m *modes) sum(u []float64, weight func(i int) float64) float64 {
	var sum float64
	for i, v := range m.of(u) {
		if w := weight(i); w != 0 {
			sum += w * square(v)
		}
	}
	return sum
}

// square is |z|².
func square(z complex128) float64 { return real(z)*real(z) + imag(z)*imag(z) }

// missed is what a forecast is off by.
func missed(p, y []float64) []float64 {
	d := make([]float64, len(y))
	for i := range y {
		d[i] = p[i] - y[i]
	}
	return d
}

package models

import (
	"math"
	"math/cmplx"
	"slices"

	"eddy/internal/kernel"
	"eddy/models/graph"
	"eddy/physics"
)

// series is a state as a sum of plane waves, which has values and derivatives
// everywhere: its interpolation on the grid by trigonometric polynomials. Along
// an axis with walls, where the state must be zero, it is continued oddly.
type series struct {
	wave        [][]float64 // [K][dims] wave vectors
	cos, sin    [][]float64 // [K][C] coefficients
	coordinates int         // of a point
}

// smallest is the share of the largest coefficient below which waves are left
// out as rounding.
const smallest = 1e-13

// newSeries returns the series of a state u [N…·C].
func newSeries(u []float64, g physics.Grid, periodic []bool, coordinates int) *series {
	channels := len(u) / g.Size()
	n, length := slices.Clone(g.Points), slices.Clone(g.Extent)
	for a, closed := range periodic {
		if !closed {
			n[a], length[a] = 2*(n[a]-1), 2*length[a]
		}
	}
	box := physics.Grid{Points: n, Extent: length}
	s := &series{coordinates: coordinates}
	c := make([][]complex128, channels)
	largest := 0.0
	for i := range c {
		c[i] = transform(continued(u, channels, i, g, box), n)
		for _, v := range c[i] {
			largest = max(largest, cmplx.Abs(v))
		}
	}
	for m := range box.Size() {
		index := box.Index(m)
		twin := 0 // the mode that is conjugate to this one
		k := make([]float64, len(n))
		for a, j := range index {
			twin = twin*n[a] + (n[a]-j)%n[a]
			k[a] = box.K(a, j)
		}
		weight := 2.0
		if twin == m {
			weight = 1
		}
		cos, sin, size := make([]float64, channels), make([]float64, channels), 0.0
		for i := range c {
			cos[i], sin[i] = weight*real(c[i][m]), -weight*imag(c[i][m])
			size = max(size, cmplx.Abs(c[i][m]))
		}
		if twin >= m && size > smallest*largest {
			s.wave, s.cos, s.sin = append(s.wave, k), append(s.cos, cos), append(s.sin, sin)
		}
	}
	return s
}

// continued returns channel c of a state on the periodic box, odd about walls.
func continued(u []float64, channels, c int, g, box physics.Grid) []complex128 {
	v := make([]complex128, box.Size())
	for i := range v {
		from, sign := 0, 1.0
		for a, j := range box.Index(i) {
			if j >= g.Points[a] {
				j, sign = box.Points[a]-j, -sign
			}
			from = from*g.Points[a] + j
		}
		v[i] = complex(sign*u[from*channels+c], 0)
	}
	return v
}

// transform returns the Fourier coefficients of v [n…], axis by axis.
func transform(v []complex128, n []int) []complex128 {
	inner := len(v)
	for _, m := range n {
		inner /= m
		turn := make([]complex128, m)
		for j := range turn {
			turn[j] = cmplx.Rect(1/float64(m), -2*math.Pi*float64(j)/float64(m))
		}
		w := make([]complex128, len(v))
		for i := range w {
			outer, k, rest := i/(m*inner), i/inner%m, i%inner
			for j := range m {
				w[i] += turn[j*k%m] * v[(outer*m+j)*inner+rest]
			}
		}
		v = w
	}
	return v
}

// derivative returns that of an order at points [P, coordinates], for a
// channel; nil where it is zero. Each derivative along an axis brings a factor
// k and turns the phase by π/2.
func (s *series) derivative(g *graph.Graph, points *graph.Node, c int, o physics.Order) *graph.Node {
	count := len(s.wave)
	if count == 0 || o[physics.Time] > 0 {
		return nil
	}
	w, b := make([]float64, s.coordinates*2*count), make([]float64, 2*count)
	factor := make([]float64, 2*count)
	for i, k := range s.wave {
		turn, f := 0.0, 1.0
		for a, v := range k {
			w[a*2*count+i], w[a*2*count+count+i] = v, v
			f *= math.Pow(v, float64(o[a]))
			turn += math.Pi / 2 * float64(o[a])
		}
		b[i], b[count+i] = turn+math.Pi/2, turn
		factor[i], factor[count+i] = f*s.cos[i][c], f*s.sin[i][c]
	}
	waves := g.Dense(kernel.Sin, points, g.Const("waves", []int{s.coordinates, 2 * count}, w), g.Const("phases", []int{2 * count}, b))
	return g.Dense(kernel.Identity, waves, g.Const("amplitudes", []int{2 * count, 1}, factor), g.Const("zero", []int{1}, []float64{0}))
}

package rollout

import (
	"math"

	"eddy/physics"
)

// onGrid is a [physics.Field] of values on the points of a grid, for densities.
// Derivatives are those of the Fourier series, so they need a periodic grid;
// what is asked of another grid panics with [physics.Unsupported].
type onGrid struct {
	u []float64 // [N…]
	m *modes
}

var _ physics.Field = onGrid{}

func (f onGrid) each(at func(i int) float64) physics.Field {
	u := make([]float64, len(f.u))
	for i := range u {
		u[i] = at(i)
	}
	return onGrid{u, f.m}
}

func (f onGrid) Add(g physics.Field) physics.Field {
	v := g.(onGrid).u
	return f.each(func(i int) float64 { return f.u[i] + v[i] })
}

func (f onGrid) Mul(g physics.Field) physics.Field {
	v := g.(onGrid).u
	return f.each(func(i int) float64 { return f.u[i] * v[i] })
}

func (f onGrid) Scale(a float64) physics.Field {
	return f.each(func(i int) float64 { return a * f.u[i] })
}

func (f onGrid) Pow(p float64) physics.Field {
	return f.each(func(i int) float64 { return math.Pow(f.u[i], p) })
}

// D leaves out the mode of half the points where the order is odd, as its
// derivative is not real.
func (f onGrid) D(axis, order int) physics.Field {
	turn := [4]complex128{1, 1i, -1, -1i}[order%4]
	return f.multiplied("derivatives", func(i int) complex128 {
		if order%2 == 1 && 2*f.m.waves[i][axis] == f.m.grid.Points[axis] {
			return 0
		}
		return turn * complex(math.Pow(f.m.wavenumber(i, axis), float64(order)), 0)
	})
}

func (f onGrid) InverseLaplacian() physics.Field {
	return f.multiplied("inverse Laplacian", func(i int) complex128 {
		var sum float64
		for a := range f.m.grid.Dims() {
			sum += math.Pow(f.m.wavenumber(i, a), 2)
		}
		if sum == 0 {
			return 0
		}
		return complex(-1/sum, 0)
	})
}

// multiplied multiplies each Fourier mode by a factor.
func (f onGrid) multiplied(operation string, factor func(i int) complex128) physics.Field {
	if f.m.grid.Boundary != physics.Periodic {
		panic(physics.Unsupported{Operation: operation, Form: "values on a grid that is not periodic"})
	}
	coefficients := f.m.of(f.u)
	for i := range coefficients {
		coefficients[i] *= factor(i)
	}
	return onGrid{f.m.values(coefficients), f.m}
}

func (f onGrid) Cosine(k [3]int, phase float64) physics.Field {
	g := f.m.grid
	return f.each(func(i int) float64 {
		angle := phase
		for a, at := range g.Index(i) {
			angle += 2 * math.Pi * float64(k[a]) * g.X(a, at) / g.Extent[a]
		}
		return math.Cos(angle)
	})
}

// density returns the values [N…] of a density in a state [N…, C].
func (m *modes) density(of func(u []physics.Field) physics.Field, state []float64, channels int) []float64 {
	u := make([]physics.Field, channels)
	for c := range u {
		u[c] = onGrid{channelOf(state, c, channels), m}
	}
	return of(u).(onGrid).u
}

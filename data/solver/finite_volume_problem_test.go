package solver

import (
	"math"
	"slices"
	"testing"

	"eddy/configs"
	"eddy/physics"
)

// lawOn is a problem of finite volumes: a law on a box with as many cells
// along each axis, periodic unless there is a condition for its ends.
func lawOn(law physics.ConservationLaw, dims, points int, extent, dt float64, ends physics.Condition) physics.Problem {
	p := physics.Problem{
		Equation: configs.Of[physics.Equation]{Kind: "law", Value: law},
		Grid: physics.Grid{
			Points: slices.Repeat([]int{points}, dims), Extent: slices.Repeat([]float64{extent}, dims),
		},
		Dt: dt,
	}
	if ends != nil {
		p.Grid.Boundary = physics.Cells
		end := configs.Of[physics.Condition]{Kind: "end", Value: ends}
		p.Ends = slices.Repeat([]physics.Ends{{Low: end, High: end}}, dims)
	}
	return p
}

// finite returns a solver with steps of a Courant number.
func finite(t testing.TB, p physics.Problem, r Reconstruction, cfl float64) *finiteVolume {
	t.Helper()
	f := FiniteVolume{Reconstruction: configs.Of[Reconstruction]{Value: r}, CFL: cfl, Bound: math.MaxFloat64}
	s, err := f.stepper(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// limited is MUSCL with a limiter.
func limited(t testing.TB, limiter string) *MUSCL {
	t.Helper()
	l, err := configs.New[Limiter](limiter)
	if err != nil {
		t.Fatal(err)
	}
	return &MUSCL{configs.Of[Limiter]{Kind: limiter, Value: l}}
}

// gauss are the points in a cell of length 1 and the weights of a quadrature
// that is exact for polynomials of degree 7.
var gauss = [4][2]float64{
	{0.5 - 0.430568155797026, 0.173927422568727}, {0.5 - 0.169990521792428, 0.326072577431273},
	{0.5 + 0.169990521792428, 0.326072577431273}, {0.5 + 0.430568155797026, 0.173927422568727},
}

// means returns the means over the cells around the points of a grid, [N…, C].
func means(g physics.Grid, f func(x, y float64) []float64) []float64 {
	across := gauss[:]
	if g.Dims() == 1 {
		across = [][2]float64{{0, 1}}
	}
	var u []float64
	for i := range g.Size() {
		var at, h [2]float64 // the low corner of the cell, and its size
		for a, j := range g.Index(i) {
			h[a] = g.Spacing(a)
			at[a] = g.X(a, j) - h[a]/2
		}
		var cell []float64
		for _, p := range gauss {
			for _, q := range across {
				v := f(at[0]+p[0]*h[0], at[1]+q[0]*h[1])
				if cell == nil {
					cell = make([]float64, len(v))
				}
				for c := range v {
					cell[c] += p[1] * q[1] * v[c]
				}
			}
		}
		u = append(u, cell...)
	}
	return u
}

// meanDistance is the mean of |a − b|.
func meanDistance(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += math.Abs(a[i]-b[i]) / float64(len(a))
	}
	return sum
}

// order is the observed order of convergence: of errors on grids with numbers
// of points, by least squares.
func order(points []int, errors []float64) float64 {
	var x, y []float64
	for i, n := range points {
		x, y = append(x, -math.Log(float64(n))), append(y, math.Log(errors[i]))
	}
	return slope(x, y)
}

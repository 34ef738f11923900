package solver

import (
	"math"
	"testing"

	"eddy/data/fourier"
	"eddy/physics"
)

// read returns the nonlinear terms of a test on a grid.
func read(t *testing.T, g physics.Grid, channels int, terms func(u []physics.Field) []physics.Field) (*fourier.Series, *nonlinear) {
	t.Helper()
	s, err := fourier.NewSeries(g)
	if err != nil {
		t.Fatal(err)
	}
	n, err := newNonlinear(s, channels, func(_ int, u []physics.Field) []physics.Field { return terms(u) })
	if err != nil {
		t.Fatal(err)
	}
	return s, n
}

// plane is a grid that keeps products of three of the waves below.
var plane = physics.Grid{Points: []int{24, 27}, Extent: []float64{2 * math.Pi, 2 * math.Pi}}

// onPlane returns f and g on the points of the plane: waves of two lengths.
func onPlane() (f, g []float64) {
	for i := range plane.Size() {
		at := plane.Index(i)
		x, y := plane.X(0, at[0]), plane.X(1, at[1])
		f = append(f, 0.3+math.Cos(x-y)+0.5*math.Sin(2*x+y+1))
		g = append(g, math.Sin(x+2*y)-0.7*math.Cos(2*x-y+2)-0.2)
	}
	return f, g
}

// A sum of products that is needed as a whole is one product: it is formed on
// the grid and comes back by one transform.
func TestProductsMerge(t *testing.T) {
	f, g := onPlane()
	for _, test := range []struct {
		name     string
		products int
		terms    func(u []physics.Field) []physics.Field
		want     func(f, g float64) []float64
	}{
		{"f² + 3fg − 2g²", 1, func(u []physics.Field) []physics.Field {
			sum := u[0].Mul(u[0]).Add(u[0].Mul(u[1]).Scale(3)).Add(u[1].Mul(u[1]).Scale(-2))
			return []physics.Field{sum, sum.Scale(0.5)}
		}, func(f, g float64) []float64 {
			s := f*f + 3*f*g - 2*g*g
			return []float64{s, s / 2}
		}},
		{"f² and fg apart", 2, func(u []physics.Field) []physics.Field {
			return []physics.Field{u[0].Mul(u[0]).Add(u[0].Mul(u[1])), u[0].Mul(u[1])}
		}, func(f, g float64) []float64 { return []float64{f*f + f*g, f * g} }},
		{"cubes", 4, func(u []physics.Field) []physics.Field {
			return []physics.Field{u[0].Mul(u[1].Pow(2)), u[0].Pow(3).Scale(-2).Add(u[1])}
		}, func(f, g float64) []float64 { return []float64{f * g * g, -2*f*f*f + g} }},
		{"(f + g)² (f − g) + f²", 3, func(u []physics.Field) []physics.Field {
			square := u[0].Add(u[1]).Pow(2)
			return []physics.Field{square.Mul(u[0].Add(u[1].Scale(-1))).Add(u[0].Mul(u[0])), u[0].Scale(0)}
		}, func(f, g float64) []float64 { return []float64{(f+g)*(f+g)*(f-g) + f*f, 0} }},
	} {
		s, n := read(t, plane, 2, test.terms)
		if len(n.products) != test.products {
			t.Errorf("%s: %d products, want %d", test.name, len(n.products), test.products)
		}
		for range 2 { // a second time it starts from what the first has left
			for c, series := range n.of(seriesOf(s, f), seriesOf(s, g)) {
				for i, v := range valuesOf(s, series) {
					if want := test.want(f[i], g[i])[c]; !(math.Abs(v-want) <= 1e-13) {
						t.Fatalf("%s: channel %d at point %d is %v, want %v", test.name, c, i, v, want)
					}
				}
			}
		}
	}
}

// Advection of a vorticity is one product in convective form, and the same as
// in conservative form.
func TestAdvectionOfVorticity(t *testing.T) {
	f, _ := onPlane()
	velocity := func(w physics.Field) (u, v physics.Field) {
		psi := w.InverseLaplacian().Scale(-1)
		return psi.D(1, 1), psi.D(0, 1).Scale(-1)
	}
	s, convective := read(t, plane, 1, func(w []physics.Field) []physics.Field {
		u, v := velocity(w[0])
		return []physics.Field{u.Mul(w[0].D(0, 1)).Add(v.Mul(w[0].D(1, 1)))}
	})
	_, conservative := read(t, plane, 1, func(w []physics.Field) []physics.Field {
		u, v := velocity(w[0])
		return []physics.Field{u.Mul(w[0]).D(0, 1).Add(v.Mul(w[0]).D(1, 1))}
	})
	if a, b := len(convective.products), len(conservative.products); a != 1 || b != 2 {
		t.Errorf("%d and %d products, want 1 and 2", a, b)
	}
	if a, b := len(convective.factors), len(conservative.factors); a != 4 || b != 3 {
		t.Errorf("%d and %d factors, want 4 and 3", a, b)
	}
	w := seriesOf(s, f)
	if d := farthest(convective.of(w)[0], conservative.of(w)[0]); !(d <= 1e-14) {
		t.Errorf("the forms differ by %.1e", d)
	}
}

// Powers of a smooth positive field are those of its values, to the waves that
// are cut off.
func TestPowers(t *testing.T) {
	g := physics.Grid{Points: []int{96}, Extent: []float64{2 * math.Pi}}
	u := sample(g, func(x float64) float64 { return 1 + 0.3*math.Sin(x) })
	for _, p := range []float64{0, 1, 2, 3, -1, 0.5, -1.4, 2.5} {
		s, n := read(t, g, 1, func(u []physics.Field) []physics.Field { return []physics.Field{u[0].Pow(p)} })
		for i, v := range valuesOf(s, n.of(seriesOf(s, u))[0]) {
			// The waves fall as 0.15ᵏ, and 31 are kept.
			if want := math.Pow(u[i], p); !(math.Abs(v-want) <= 1e-13) {
				t.Fatalf("power %v at point %d is %v, want %v", p, i, v, want)
			}
		}
	}
}

// A solution of the shallow water equations that varies along one axis is the
// same in one dimension and in two, and smooth ones converge at the order of
// the method: equations with divisions have Fourier solutions, too.
func TestShallowWaterBySeries(t *testing.T) {
	water := &physics.ShallowWater{Gravity: 1}
	line := of(water, 48, 2*math.Pi, 0.5)
	u := fill(line, func(x []float64) []float64 { return []float64{1 + 0.1*math.Sin(x[0]), 0.1 * math.Cos(x[0])} })
	want := advance(t, solver(t, line, 4, 40), u, 1)
	var h, e []float64
	for _, substeps := range []int{4, 6, 9, 13} {
		h = append(h, -math.Log(float64(substeps)))
		e = append(e, math.Log(maxDistance(advance(t, solver(t, line, 3, substeps), u, 1), want)))
	}
	if order := slope(h, e); math.Abs(order-3) > 0.1 {
		t.Errorf("order %.2f, want 3", order)
	}
	p := setting{equation: water, dims: 2, extent: 2 * math.Pi, dt: 0.5}.problem(t, "", 48)
	start := fill(p, func(x []float64) []float64 { return []float64{1 + 0.1*math.Sin(x[1]), 0, 0.1 * math.Cos(x[1])} })
	for i, v := range advance(t, solver(t, p, 4, 40), start, 1) {
		j := i / 3 % 48
		if w := []float64{want[2*j], 0, want[2*j+1]}[i%3]; !(math.Abs(v-w) <= 1e-13) {
			t.Fatalf("number %d in two dimensions is %v, want %v", i, v, w)
		}
	}
}

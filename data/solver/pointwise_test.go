package solver

import (
	"errors"
	"math"
	"testing"

	"eddy/physics"
)

// An expression is what it says at every point, and what occurs twice is done
// once.
func TestPointwise(t *testing.T) {
	p, err := newPointwise(2, nil, func(u []physics.Field) []physics.Field {
		quotient := u[0].Mul(u[1].Pow(-1))
		return []physics.Field{
			quotient.Add(u[0].Pow(2.5)),
			u[0].Mul(u[1].Pow(-1)).Scale(3),
			u[1],
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.operations); n != 5 { // 1/b, a/b, a^2.5, their sum, 3 a/b
		t.Errorf("%d operations, want 5", n)
	}
	p.allocate(3)
	a, b := []float64{1, 2, 3}, []float64{4, -5, 6}
	p.evaluate([][]float64{a, b})
	for i := range a {
		for c, want := range []float64{a[i]/b[i] + math.Pow(a[i], 2.5), 3 * a[i] / b[i], b[i]} {
			if got := p.output(c)[i]; math.Abs(got-want) > 1e-14 {
				t.Errorf("output %d at point %d is %v, want %v", c, i, got, want)
			}
		}
	}
	for _, expression := range []func(physics.Field) physics.Field{
		func(u physics.Field) physics.Field { return u.D(0, 1) },
		func(u physics.Field) physics.Field { return u.InverseLaplacian() },
		func(u physics.Field) physics.Field { return u.Cosine([3]int{1}, 0) },
	} {
		_, err := newPointwise(1, nil, func(u []physics.Field) []physics.Field { return []physics.Field{expression(u[0])} })
		if !errors.As(err, new(physics.Unsupported)) {
			t.Errorf("error %v, want one of an operation that is not supported", err)
		}
	}
}

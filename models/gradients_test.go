package models_test

import (
	"math"
	"slices"
	"testing"

	"eddy/models"
	"eddy/models/graph"
)

// TestGradients compares the gradient of each model with finite differences in
// double precision, and that of a second run with the first.
func TestGradients(t *testing.T) {
	eachModel(t, func(t *testing.T, kind string, s models.Spec) {
		x := open(t, kind, s, graph.F64, 1)
		p := x.train(t)
		grads := gradients(t, p)
		for i, again := range gradients(t, p) {
			if !slices.Equal(grads[i], again) {
				t.Errorf("%s: a second run gives another gradient", x.params.List[i].Name)
			}
		}
		checkGradients(t, grads, x.loss(t), x.params)
	})
}

// gradients runs p and returns them.
func gradients(t *testing.T, p *graph.Program) (grads [][]float64) {
	t.Helper()
	run(t, p)
	for _, g := range p.Grads {
		grads = append(grads, g.Values())
	}
	return grads
}

// checkGradients compares some elements of each gradient, and the derivative
// along a random direction, which no element escapes, with differences of
// fourth order of the loss. Their error is h⁴ ≈ 1e-13 and rounding
// 1e-16/h ≈ 2e-13.
func checkGradients(t *testing.T, grads [][]float64, p *graph.Program, ps *graph.Params) {
	t.Helper()
	const h, tolerance = 6e-4, 1e-6
	elements := max(2, 60/len(ps.List)) // of each gradient
	largest := 0.0
	for _, g := range grads {
		largest = max(largest, norm(g))
	}
	rng := random(3)
	slope, along, size := 0.0, make([][]float64, len(ps.List)), 0.0
	for i, q := range ps.List {
		along[i] = make([]float64, q.Value.Len())
		for j := range along[i] {
			along[i][j] = 2*rng.Float64() - 1
			slope += along[i][j] * grads[i][j]
			size = math.Hypot(size, along[i][j]*grads[i][j])
		}
		// A gradient far below the others' is as exact as the loss allows.
		scale := max(norm(grads[i]), 1e-6*largest)
		for _, j := range rng.Perm(q.Value.Len())[:min(elements, q.Value.Len())] {
			unit := make([][]float64, len(ps.List))
			unit[i] = make([]float64, q.Value.Len())
			unit[i][j] = 1
			if fd := derivative(t, p, ps, unit, h); math.Abs(fd-grads[i][j]) > tolerance*scale {
				t.Fatalf("%s[%d]: gradient %.10g, finite difference %.10g, of a gradient of norm %.2g", q.Name, j, grads[i][j], fd, norm(grads[i]))
			}
		}
	}
	if fd := derivative(t, p, ps, along, h); math.Abs(fd-slope) > tolerance*size {
		t.Errorf("along a random direction: gradient %.10g, finite difference %.10g", slope, fd)
	}
}

// derivative is that of p's scalar along a direction, which is nil for the
// parameters that do not move.
func derivative(t *testing.T, p *graph.Program, ps *graph.Params, direction [][]float64, h float64) float64 {
	t.Helper()
	d := 0.0
	for _, point := range []struct{ at, weight float64 }{{-2, 1. / 12}, {-1, -8. / 12}, {1, 8. / 12}, {2, -1. / 12}} {
		var before [][]float64
		for i, q := range ps.List {
			before = append(before, q.Value.Values())
			for j := range direction[i] {
				q.Value.F64[j] += point.at * h * direction[i][j]
			}
		}
		run(t, p)
		d += point.weight / h * p.Scalar()
		for i, q := range ps.List {
			q.Value.Put(before[i])
		}
	}
	return d
}

func norm(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}

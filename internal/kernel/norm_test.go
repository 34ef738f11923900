package kernel

import (
	"fmt"
	"math"
	"testing"
)

// normCase is a normalisation over sets of elements, by their indices.
type normCase[T Float] struct {
	n, channels        int
	x, dy, scale, bias []T
	sets               [][]int
}

func newNormCase[T Float](n, channels int) *normCase[T] {
	q := &normCase[T]{n: n, channels: channels}
	q.x, q.dy = fill(make([]T, n*channels), 1), fill(make([]T, n*channels), 2)
	q.scale, q.bias = fill(make([]T, channels), 3), fill(make([]T, channels), 4)
	for i := range q.x {
		q.x[i] += 3 // the mean is not small against the deviation
	}
	return q
}

const normEps = 1e-3

// forward is the definition, in float64, for input x.
func (q *normCase[T]) forward(x []float64) []float64 {
	y := make([]float64, len(x))
	for _, set := range q.sets {
		var mean, variance float64
		for _, i := range set {
			mean += x[i] / float64(len(set))
		}
		for _, i := range set {
			variance += (x[i] - mean) * (x[i] - mean) / float64(len(set))
		}
		for _, i := range set {
			c := i % q.channels
			y[i] = (x[i]-mean)/math.Sqrt(variance+normEps)*float64(q.scale[c]) + float64(q.bias[c])
		}
	}
	return y
}

// check compares with the definition and its differences.
func (q *normCase[T]) check(t *testing.T, name string, y, dx, dscale, dshift []T) {
	t.Helper()
	const step = 1e-5
	x := make([]float64, len(q.x))
	for i := range x {
		x[i] = float64(q.x[i])
	}
	want := q.forward(x)
	wscale, wshift := make([]float64, q.channels), make([]float64, q.channels)
	for i := range want {
		c := i % q.channels
		if !(math.Abs(float64(y[i])-want[i]) <= 20*epsilon[T]()) {
			t.Fatalf("%s: y[%d] = %v, want %v", name, i, y[i], want[i])
		}
		wshift[c] += float64(q.dy[i])
		wscale[c] += float64(q.dy[i]) * (want[i] - float64(q.bias[c])) / float64(q.scale[c])
	}
	for i := range x {
		old, d := x[i], 0.0
		x[i] = old + step
		up := q.forward(x)
		x[i] = old - step
		down := q.forward(x)
		x[i] = old
		for j := range up {
			d += float64(q.dy[j]) * (up[j] - down[j]) / (2 * step)
		}
		if !(math.Abs(float64(dx[i])-d) <= 1e-5+1e-5*math.Abs(d)) { // of the differences
			t.Fatalf("%s: dx[%d] = %v, differences give %v", name, i, dx[i], d)
		}
	}
	for c := range wscale {
		if !near[T](float64(dscale[c])/10, wscale[c]/10, q.n) || !near[T](float64(dshift[c]), wshift[c], q.n) {
			t.Fatalf("%s: dscale, dshift[%d] = %v, %v, want %v, %v", name, c, dscale[c], dshift[c], wscale[c], wshift[c])
		}
	}
}

func TestGroupNorm(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testGroupNorm[float32], testGroupNorm[float64]) })
}

func testGroupNorm[T Float](t *testing.T) {
	for _, s := range [][3]int{{1, 4, 1}, {5, 3, 3}, {7, 6, 2}, {9, 17, 1}, {4, 34, 2}} {
		n, channels, groups := s[0], s[1], s[2]
		q := newNormCase[T](n, channels)
		size := channels / groups
		q.sets = make([][]int, groups)
		for i := range q.x {
			g := i % channels / size
			q.sets[g] = append(q.sets[g], i)
		}
		state := make([]T, 5*channels)
		ally, y := guard[T](n * channels)
		alldx, dx := guard[T](n * channels)
		dscale, dshift := make([]T, channels), make([]T, channels)
		copy(y, q.x)
		GroupNorm(y, state, y, q.scale, q.bias, channels, groups, normEps)
		copy(dx, q.dy)
		GroupNormGrad(dx, dscale, dshift, state, dx, q.x, q.scale, channels, groups)
		q.check(t, fmt.Sprint(s), y, dx, dscale, dshift)
		checkGuard(t, "y", ally)
		checkGuard(t, "dx", alldx)
	}
}

func TestLayerNorm(t *testing.T) {
	eachPath(t, func(t *testing.T) { bothTypes(t, testLayerNorm[float32], testLayerNorm[float64]) })
}

func testLayerNorm[T Float](t *testing.T) {
	for _, s := range [][2]int{{1, 4}, {5, 3}, {7, 16}, {3, 37}} {
		n, channels := s[0], s[1]
		q := newNormCase[T](n, channels)
		q.sets = make([][]int, n)
		for i := range q.x {
			q.sets[i/channels] = append(q.sets[i/channels], i)
		}
		state, scratch := make([]T, 2*n), make([]T, channels)
		ally, y := guard[T](n * channels)
		alldx, dx := guard[T](n * channels)
		dscale, dshift := make([]T, channels), make([]T, channels)
		LayerNorm(y, state, q.x, q.scale, q.bias, channels, normEps)
		LayerNormGrad(dx, dscale, dshift, state, q.dy, q.x, q.scale, scratch, channels)
		q.check(t, fmt.Sprint(s), y, dx, dscale, dshift)
		checkGuard(t, "y", ally)
		checkGuard(t, "dx", alldx)
	}
}

package graph

import (
	"math"
	"slices"

	"eddy/internal/kernel"
)

// MeanSquare is the scalar mean of (a − b)² over all elements.
func (g *Graph) MeanSquare(a, b *Node) *Node {
	return g.distance("mean_square", a, b, meanSquare)
}

// RelativeL2 is the scalar mean over the samples of ‖a − b‖ / ‖b‖, norms over
// all points and channels: a and b are [B, …]. A sample with b = 0 and a ≠ 0
// makes it infinite.
func (g *Graph) RelativeL2(a, b *Node) *Node {
	return g.distance("relative_l2", a, b, relativeL2)
}

// distance measures samples: from e = ‖a−b‖² and n = ‖b‖² of one of them, of
// size numbers, its share of the result and the derivative of that by e.
type distance func(e, n float64, size, batch int) (value, slope float64)

func meanSquare(e, _ float64, size, batch int) (float64, float64) {
	s := 1 / float64(size*batch)
	return s * e, s
}

func relativeL2(e, n float64, _, batch int) (float64, float64) {
	if e == 0 {
		return 0, 0
	}
	v := math.Sqrt(e/n) / float64(batch)
	return v, v / (2 * e)
}

func (g *Graph) distance(name string, a, b *Node, d distance) *Node {
	if !slices.Equal(a.Shape(), b.Shape()) || a.Dims() < 2 {
		Fail(name, []*Node{a, b}, "want equal shapes [B, …]")
	}
	return pick(g, distanceOf[float32], distanceOf[float64])(g, name, a, b, d)
}

func distanceOf[T kernel.Float](g *Graph, name string, a, b *Node, d distance) *Node {
	batch := a.Shape()[0]
	size := a.Shape().TotalSize() / batch
	diff := alloc[T](g, batch*size)
	value, slope := make([]float64, batch), make([]float64, batch)
	o := &op[T]{name: name}
	o.forward = func(in [][]T, y []T) {
		g.split(batch, size, func(lo, hi int) {
			for s := lo; s < hi; s++ {
				e, t := sample(diff, s, size), sample(in[1], s, size)
				kernel.SubInto(e, sample(in[0], s, size), t)
				value[s], slope[s] = d(float64(kernel.SumSquares(e)), float64(kernel.SumSquares(t)), size, batch)
			}
		})
		sum := 0.0
		for _, v := range value {
			sum += v
		}
		y[0] = T(sum)
	}
	o.adjoint = func(in []*Node, out, gy *Node, need []bool) []*Node {
		if need[1] {
			Fail(name, in, "the reference has no gradient")
		}
		ga := gradOf[T](g, "a", in[0], need[0])
		run := func(in [][]T) {
			g.split(batch, size, func(lo, hi int) {
				for s := lo; s < hi; s++ {
					kernel.Scale(sample(ga.buf, s, size), 2*in[1][0]*T(slope[s]), sample(diff, s, size))
				}
			})
		}
		return append(adjoints(g, name+".adjoint", []*Node{out, gy}, []grad[T]{ga}, run), nil)
	}
	return apply(g, o, a, b)
}

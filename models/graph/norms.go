package graph

import (
	"math"
	"slices"

	"eddy/internal/kernel"
)

// MeanSquare is the scalar mean of (a − b)² over all elements.
func (g *Graph) MeanSquare(a, b *Node) *Node {
	checkPair("mean_square", a, b)
	total := a.Shape().TotalSize()
	return g.distance("mean_square", a, b, measure{meanSquare, min(total, splitSize), total})
}

// RelativeL2 is the scalar mean over the samples of ‖a − b‖ / ‖b‖, norms over
// all points and channels: a and b are [B, …]. A sample with b = 0 and a ≠ 0
// makes it infinite.
func (g *Graph) RelativeL2(a, b *Node) *Node {
	checkPair("relative_l2", a, b)
	batch := a.Shape()[0]
	return g.distance("relative_l2", a, b, measure{relativeL2, a.Shape().TotalSize() / batch, batch})
}

// measure is a mean over count things. It is the sum over parts, of size numbers
// or less, of what of says: from e = ‖a−b‖² and n = ‖b‖² of a part, its share
// and the derivative of that by e.
type measure struct {
	of          func(e, n float64, count int) (value, slope float64)
	size, count int
}

func meanSquare(e, _ float64, count int) (float64, float64) {
	return e / float64(count), 1 / float64(count)
}

func relativeL2(e, n float64, count int) (float64, float64) {
	if e == 0 {
		return 0, 0
	}
	v := math.Sqrt(e/n) / float64(count)
	return v, v / (2 * e)
}

func checkPair(op string, a, b *Node) {
	if !slices.Equal(a.Shape(), b.Shape()) || a.Dims() < 2 {
		Fail(op, []*Node{a, b}, "want equal shapes [B, …]")
	}
}

func (g *Graph) distance(name string, a, b *Node, m measure) *Node {
	return pick(g, distanceOf[float32], distanceOf[float64])(g, name, a, b, m)
}

func distanceOf[T kernel.Float](g *Graph, name string, a, b *Node, m measure) *Node {
	total := a.Shape().TotalSize()
	parts := ceil(total, m.size)
	part := func(x []T, i int) []T { return x[i*m.size : min(total, (i+1)*m.size)] }
	diff := alloc[T](g, total)
	value, slope := make([]float64, parts), make([]float64, parts)
	o := &op[T]{name: name}
	o.forward = func(in [][]T, y []T) {
		g.split(parts, m.size, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				e, t := part(diff, i), part(in[1], i)
				kernel.SubInto(e, part(in[0], i), t)
				value[i], slope[i] = m.of(float64(kernel.SumSquares(e)), float64(kernel.SumSquares(t)), m.count)
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
			g.split(parts, m.size, func(lo, hi int) {
				for i := lo; i < hi; i++ {
					kernel.Scale(part(ga.buf, i), 2*in[1][0]*T(slope[i]), part(diff, i))
				}
			})
		}
		return append(adjoints(g, name+".adjoint", []*Node{out, gy}, []grad[T]{ga}, run), nil)
	}
	return apply(g, o, a, b)
}

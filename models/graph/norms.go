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
	return g.distance("mean_square", a, b, measure{of: meanSquare, size: min(total, splitSize), count: total})
}

// MeanAbsolute is the scalar mean of |a − b| over all elements.
func (g *Graph) MeanAbsolute(a, b *Node) *Node {
	checkPair("mean_absolute", a, b)
	total := a.Shape().TotalSize()
	return g.distance("mean_absolute", a, b, measure{of: meanSquare, size: min(total, splitSize), count: total, absolute: true})
}

// RootMeanSquare is the scalar mean over the samples of the root of the mean of
// (a − b)² over all points and channels: a and b are [B, …].
func (g *Graph) RootMeanSquare(a, b *Node) *Node {
	checkPair("root_mean_square", a, b)
	size := float64(a.Shape().TotalSize() / a.Shape()[0])
	return g.samples("root_mean_square", a, b, func(e, _ float64, count int) (float64, float64) {
		return relativeL2(e, size, count)
	}, false)
}

// RelativeL2 is the scalar mean over the samples of ‖a − b‖ / ‖b‖, norms over
// all points and channels: a and b are [B, …]. A sample with b = 0 and a ≠ 0
// makes it infinite.
func (g *Graph) RelativeL2(a, b *Node) *Node {
	return g.samples("relative_l2", a, b, relativeL2, false)
}

// RelativeL2Above is [Graph.RelativeL2] with a denominator of ‖b‖ + floor.
func (g *Graph) RelativeL2Above(floor float64, a, b *Node) *Node {
	return g.samples("relative_l2_above", a, b, func(e, n float64, count int) (float64, float64) {
		return relativeL2(e, square(math.Sqrt(n)+floor), count)
	}, false)
}

// RelativeL2Clamped is [Graph.RelativeL2] with a denominator of at least floor.
func (g *Graph) RelativeL2Clamped(floor float64, a, b *Node) *Node {
	return g.samples("relative_l2_clamped", a, b, func(e, n float64, count int) (float64, float64) {
		return relativeL2(e, max(n, square(floor)), count)
	}, false)
}

// RelativeL1 is the scalar mean over the samples of Σ|a − b| / Σ|b|.
func (g *Graph) RelativeL1(a, b *Node) *Node { return g.samples("relative_l1", a, b, ratioOf, true) }

// GlobalL2 is ‖a − b‖ / ‖b‖, norms over all samples together.
func (g *Graph) GlobalL2(a, b *Node) *Node {
	checkPair("global_l2", a, b)
	return g.distance("global_l2", a, b, measure{of: relativeL2, size: a.Shape().TotalSize(), count: 1})
}

// GlobalSquare is ‖a − b‖² / ‖b‖², norms over all samples together.
func (g *Graph) GlobalSquare(a, b *Node) *Node {
	checkPair("global_square", a, b)
	return g.distance("global_square", a, b, measure{of: ratioOf, size: a.Shape().TotalSize(), count: 1})
}

// samples is a mean over the samples.
func (g *Graph) samples(name string, a, b *Node, of quotient, absolute bool) *Node {
	checkPair(name, a, b)
	batch := a.Shape()[0]
	return g.distance(name, a, b, measure{of, a.Shape().TotalSize() / batch, batch, absolute})
}

// measure is a mean over count things. It is the sum over parts, of size numbers
// or less, of what of says of the sums e over (a−b)² and n over b², or over
// absolute values.
type measure struct {
	of          quotient
	size, count int
	absolute    bool
}

// quotient says from e and n of a part its share and the derivative of that by
// e.
type quotient func(e, n float64, count int) (value, slope float64)

func meanSquare(e, _ float64, count int) (float64, float64) {
	return e / float64(count), 1 / float64(count)
}

func ratioOf(e, n float64, count int) (float64, float64) {
	if e == 0 {
		return 0, 0
	}
	return e / n / float64(count), 1 / n / float64(count)
}

func relativeL2(e, n float64, count int) (float64, float64) {
	if e == 0 {
		return 0, 0
	}
	v := math.Sqrt(e/n) / float64(count)
	return v, v / (2 * e)
}

func square(x float64) float64 { return x * x }

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
				if m.absolute {
					value[i], slope[i] = m.of(absolutes(e), absolutes(t), m.count)
				} else {
					value[i], slope[i] = m.of(float64(kernel.SumSquares(e)), float64(kernel.SumSquares(t)), m.count)
				}
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
					if m.absolute {
						signs(part(ga.buf, i), in[1][0]*T(slope[i]), part(diff, i))
					} else {
						kernel.Scale(part(ga.buf, i), 2*in[1][0]*T(slope[i]), part(diff, i))
					}
				}
			})
		}
		return append(adjoints(g, name+".adjoint", []*Node{out, gy}, []grad[T]{ga}, run), nil)
	}
	return apply(g, o, a, b)
}

// absolutes is Σ |x|.
func absolutes[T kernel.Float](x []T) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Abs(float64(v))
	}
	return sum
}

// signs computes dst = s sign(x), zero where x is.
func signs[T kernel.Float](dst []T, s T, x []T) {
	for i, v := range x {
		switch {
		case v > 0:
			dst[i] = s
		case v < 0:
			dst[i] = -s
		default:
			dst[i] = 0
		}
	}
}

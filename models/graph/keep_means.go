package graph

import "eddy/internal/kernel"

// KeepMeans shifts channels of y [B, N…, C] so that their weighted means over
// the points are those of channels of x [B, N…, D] of the same sample: channel
// to[i] gets the mean of channel from[i],
//
//	y_n ← y_n + Σ_m w_m (x_m − y_m),
//
// with weights w [N…] that sum up to 1, all above 0. It is the nearest state,
// in the norm with these weights, with that mean. Means are taken in double
// precision, and what rounding a value leaves over is carried to the next point,
// so that a mean is kept to one rounding of one value in all of a state.
func (g *Graph) KeepMeans(y, x *Node, weights []float64, to, from []int) *Node {
	points := Rows(y) / y.Shape()[0]
	if y.Dims() < 3 || x.Dims() != y.Dims() || Rows(x) != Rows(y) || len(weights) != points || len(to) != len(from) {
		Fail("KeepMeans", []*Node{y, x}, "want states on one grid, and %d weights and %d channels", len(weights), len(to))
	}
	return pick(g, keepMeans[float32], keepMeans[float64])(g, y, x, weights, to, from)
}

func keepMeans[T kernel.Float](g *Graph, y, x *Node, weights []float64, to, from []int) *Node {
	batch, c, d := y.Shape()[0], Channels(y), Channels(x)
	points := len(weights)
	o := &op[T]{name: "keep_means", shape: y.Shape()}
	o.forward = func(in [][]T, out []T) {
		g.pool.For(batch, func(b, _ int) {
			dst, src, ref := sample(out, b, points*c), sample(in[0], b, points*c), sample(in[1], b, points*d)
			copy(dst, src)
			for i, j := range to {
				shift := weightedMean(ref[from[i]:], d, weights) - weightedMean(src[j:], c, weights)
				carry := 0.0
				for n, w := range weights {
					v := float64(src[n*c+j]) + shift + carry/w
					dst[n*c+j] = T(v)
					carry = w * (v - float64(dst[n*c+j]))
				}
			}
		})
	}
	o.adjoint = func(in []*Node, _, gy *Node, need []bool) []*Node {
		toY, toX := gradOf[T](g, "y", in[0], need[0]), gradOf[T](g, "x", in[1], need[1])
		return adjoints(g, "keep_means.adjoint", []*Node{gy}, []grad[T]{toY, toX}, func(in [][]T) {
			copy(toY.buf, in[0])
			clear(toX.buf)
			for b := range batch {
				for i, j := range to {
					sum := 0.0
					for n := range points {
						sum += float64(in[0][(b*points+n)*c+j])
					}
					for n, w := range weights {
						if toY.buf != nil {
							toY.buf[(b*points+n)*c+j] -= T(w * sum)
						}
						if toX.buf != nil {
							toX.buf[(b*points+n)*d+from[i]] += T(w * sum)
						}
					}
				}
			}
		})
	}
	return apply(g, o, y, x)
}

// weightedMean is Σ_n w_n x[n·stride].
func weightedMean[T kernel.Float](x []T, stride int, weights []float64) float64 {
	sum := 0.0
	for n, w := range weights {
		sum += w * float64(x[n*stride])
	}
	return sum
}

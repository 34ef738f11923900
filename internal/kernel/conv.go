package kernel

import "fmt"

// Boundary says what a convolution reads outside of its input.
type Boundary int

const (
	Periodic  Boundary = iota // the other end
	Zero                      // zeros
	Replicate                 // the nearest point
)

// Conv is a convolution of one sample in one dimension, channels last:
//
//	y[i,o] = bias[o] + Σ_t Σ_c x[i·Stride + t·Dilation - pad, c] w[t,c,o]
//
// for x [n,In], w [Taps,In,Out] and y [Points(n),Out], with pad = Dilation
// (Taps-1)/2, rounded down: the middle tap is on the point itself.
//
// It is a matrix product in which rows of A overlap, so nothing is copied; only
// the points whose taps reach over the edge are done tap by tap.
type Conv struct {
	In, Out, Taps, Stride, Dilation int
	Boundary                        Boundary
}

// Points is the number of outputs for n inputs: n/Stride, rounded up.
func (c Conv) Points(n int) int { return (n + c.Stride - 1) / c.Stride }

func (c Conv) pad() int { return c.Dilation * (c.Taps - 1) / 2 }

// check panics if sizes disagree; it returns the number of outputs.
func (c Conv) check(op string, n, x, y, w int) int {
	if min(c.In, c.Out, c.Taps, c.Stride, c.Dilation) < 1 || c.Boundary < Periodic || c.Boundary > Replicate {
		panic(fmt.Sprintf("kernel: %s: %+v, want sizes of 1 or more and a known boundary", op, c))
	}
	m := c.Points(n)
	same("Conv: x", n*c.In, x)
	same("Conv: y", m*c.Out, y)
	same("Conv: w", c.Taps*c.In*c.Out, w)
	return m
}

// inner is the range of outputs whose taps all lie inside of n inputs.
func (c Conv) inner(n, m int) (low, high int) {
	reach := (c.Taps-1)*c.Dilation - c.pad() // to the right
	low = min(m, (c.pad()+c.Stride-1)/c.Stride)
	high = m
	if last := n - 1 - reach; last < (m-1)*c.Stride {
		high = max(low, (last+c.Stride)/c.Stride)
	}
	return low, high
}

// source is the input that tap t of output i reads; ok is false if it is a zero.
func (c Conv) source(n, i, t int) (j int, ok bool) {
	j = i*c.Stride + t*c.Dilation - c.pad()
	switch {
	case j >= 0 && j < n:
		return j, true
	case c.Boundary == Periodic:
		return (j%n + n) % n, true
	case c.Boundary == Replicate:
		return max(0, min(n-1, j)), true
	}
	return 0, false
}

// span is a set of taps at equal distances that one product treats: all of them
// if they are adjacent.
func (c Conv) span() (taps, count int) {
	if c.Dilation == 1 {
		return c.Taps, 1
	}
	return 1, c.Taps
}

// ConvForward computes y from the n points of x. bias may be nil.
func ConvForward[T Float](c Conv, n int, y, x, w, bias []T) {
	m := c.check("ConvForward", n, len(x), len(y), len(w))
	low, high := c.inner(n, m)
	taps, count := c.span()
	for s := 0; s < count && low < high; s++ {
		acc, start := Plus, []T(nil)
		if s == 0 {
			acc, start = Set, bias
		}
		gemm("ConvForward", high-low, c.Out, taps*c.In, x[c.first(low, s):], c.Stride*c.In, 1, w[s*c.In*c.Out:], c.Out, start, y[low*c.Out:], c.Out, acc)
	}
	for i := range m {
		if i >= low && i < high {
			continue
		}
		row := y[i*c.Out:][:c.Out]
		clear(row)
		copy(row, bias)
		for t := range c.Taps {
			if j, ok := c.source(n, i, t); ok {
				Gemm(1, c.Out, c.In, x[j*c.In:], c.In, 1, w[t*c.In*c.Out:], c.Out, row, c.Out, Plus)
			}
		}
	}
}

// first is where the input of tap t of output i, an inner one, begins.
func (c Conv) first(i, t int) int { return (i*c.Stride + t*c.Dilation - c.pad()) * c.In }

// ConvInputGrad computes dx [n,In] from dy. wt [Taps,Out,In] holds the weights
// with each tap transposed.
func ConvInputGrad[T Float](c Conv, n int, dx, dy, wt []T) {
	const rows = 48 // of dx, which stay in the first-level cache for all taps
	m := c.check("ConvInputGrad", n, len(dx), len(dy), len(wt))
	clear(dx)
	low, high := c.inner(n, m)
	for i := low; i < high; i += rows {
		for t := range c.Taps {
			Gemm(min(rows, high-i), c.In, c.Out, dy[i*c.Out:], c.Out, 1, wt[t*c.In*c.Out:], c.In, dx[c.first(i, t):], c.Stride*c.In, Plus)
		}
	}
	for i := range m {
		if i >= low && i < high {
			continue
		}
		for t := range c.Taps {
			if j, ok := c.source(n, i, t); ok {
				Gemm(1, c.In, c.Out, dy[i*c.Out:], c.Out, 1, wt[t*c.In*c.Out:], c.In, dx[j*c.In:], c.In, Plus)
			}
		}
	}
}

// ConvWeightGrad adds the gradients of the weights [Taps,In,Out] and, unless
// dbias is nil, of the bias [Out].
func ConvWeightGrad[T Float](c Conv, n int, dw, dbias, dy, x []T) {
	m := c.check("ConvWeightGrad", n, len(x), len(dy), len(dw))
	if dbias != nil {
		ColSum(dbias, dy, m, c.Out)
	}
	low, high := c.inner(n, m)
	taps, count := c.span()
	for s := 0; s < count && low < high; s++ {
		Gemm(taps*c.In, c.Out, high-low, x[c.first(low, s):], 1, c.Stride*c.In, dy[low*c.Out:], c.Out, dw[s*c.In*c.Out:], c.Out, Plus)
	}
	for i := range m {
		if i >= low && i < high {
			continue
		}
		for t := range c.Taps {
			if j, ok := c.source(n, i, t); ok {
				Gemm(c.In, c.Out, 1, x[j*c.In:], 1, c.In, dy[i*c.Out:], c.Out, dw[t*c.In*c.Out:], c.Out, Plus)
			}
		}
	}
}

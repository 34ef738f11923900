package graph

import (
	"unsafe"

	"eddy/internal/kernel"
)

// Window says how a convolution's taps lie on the grid.
type Window struct {
	Stride   int       // fine points from one coarse point to the next, along every axis; 0 means 1
	Dilation int       // points from one tap to the next, along every axis; 0 means 1
	Padding  []Padding // of each axis, or one for all; none means Circular
}

// Padding says what a convolution reads outside of the grid.
type Padding int

const (
	Circular  Padding = iota // the other end
	Zeros                    // zeros
	Replicate                // the nearest point
)

// window is a Window on a grid of one or two axes; one axis counts as the
// second of two. A convolution reads a fine grid at the coarse points i and
// taps t, at i·stride + t·dilation − pad with pad = dilation (taps−1)/2, rounded
// down. The fine grid is continued by pad points and more, [P₀, P₁], so that
// no tap reaches over its edge.
type window struct {
	stride, dilation           int
	taps, fine, coarse, padded [2]int
	low                        [2]int   // the padded point that is the first fine one: pad
	from                       [2][]int // the fine point that a padded one is; −1 for a zero
	even                       bool     // the adjoint is the convolution with the taps in reverse order
}

// paddings is the padding of each of the window's two axes, on a grid of dims.
func (w Window) paddings(dims int) [2]Padding {
	var p [2]Padding
	for a := range dims {
		if n := len(w.Padding); n > 0 {
			p[2-dims+a] = w.Padding[a%n]
		}
	}
	return p
}

// newWindow fits a Window to a fine grid.
func newWindow(w Window, fine, taps []int) *window {
	k := &window{stride: max(1, w.Stride), dilation: max(1, w.Dilation), taps: [2]int{1, 1}, fine: [2]int{1, 1}}
	k.even = k.stride == 1
	copy(k.taps[2-len(taps):], taps)
	copy(k.fine[2-len(fine):], fine)
	padding := w.paddings(len(fine))
	for a := range 2 {
		if len(fine) == 1 && a == 0 {
			k.coarse[a], k.padded[a], k.from[a] = 1, 1, []int{0}
			continue
		}
		n, reach := k.fine[a], k.dilation*(k.taps[a]-1)
		low := reach / 2
		k.low[a] = low
		k.even = k.even && reach%2 == 0 && padding[a] != Replicate
		k.coarse[a] = (n + k.stride - 1) / k.stride
		k.padded[a] = max((k.coarse[a]-1)*k.stride+(k.taps[a]-1)*k.dilation+1, low+n)
		for p := range k.padded[a] {
			k.from[a] = append(k.from[a], beyond(padding[a], p-low, n))
		}
	}
	return k
}

// beyond is the point of n that stands at i, inside or outside of the grid.
func beyond(b Padding, i, n int) int {
	switch {
	case i >= 0 && i < n:
		return i
	case b == Circular:
		return (i%n + n) % n
	case b == Replicate:
		return max(0, min(n-1, i))
	}
	return -1
}

// points is the number of points of a grid of two axes.
func points(n [2]int) int { return n[0] * n[1] }

// full is the window of the convolution of a grid of coarse points, with zeros
// around it, at every point that a tap reaches: in reverse order, the adjoint.
// It is one of stride and dilation 1.
func (k *window) full() *window {
	f := &window{stride: 1, dilation: 1, taps: k.taps, fine: k.coarse, coarse: k.padded}
	for a := range 2 {
		f.low[a] = k.taps[a] - 1
		f.padded[a] = k.padded[a] + f.low[a]
		for p := range f.padded[a] {
			f.from[a] = append(f.from[a], beyond(Zeros, p-f.low[a], f.fine[a]))
		}
	}
	return f
}

// pad continues src [N₀, N₁, c] to dst [P₀, P₁, ld].
func pad[T kernel.Float](k *window, dst, src []T, c, ld int) {
	for p := range k.padded[0] {
		padLine(k, dst[p*k.padded[1]*ld:][:k.padded[1]*ld], src, p, c, ld)
	}
}

// padLine continues src to line p of the padded grid, and that by zeros to dst
// [≥ P₁, ld].
func padLine[T kernel.Float](k *window, dst, src []T, p, c, ld int) {
	i := -1
	if p < k.padded[0] {
		i = k.from[0][p]
	}
	if i < 0 {
		clear(dst)
		return
	}
	line := src[i*k.fine[1]*c:][:k.fine[1]*c]
	for q, j := range k.from[1] {
		switch {
		case k.inside(q):
		case j >= 0:
			copy(dst[q*ld:][:c], line[j*c:])
		default:
			clear(dst[q*ld:][:c])
		}
	}
	spread(dst[k.low[1]*ld:], line, c, ld)
	clear(dst[k.padded[1]*ld:])
}

// inside tells whether the padded point q of a line stands for itself.
func (k *window) inside(q int) bool { return q >= k.low[1] && q < k.low[1]+k.fine[1] }

// fold is the adjoint of pad: it adds src [P₀, P₁, ld] up in dst [N₀, N₁, c],
// on top of what is there.
func fold[T kernel.Float](k *window, dst, src []T, c, ld int) {
	for p, i := range k.from[0] {
		if i < 0 {
			continue
		}
		line, to := src[p*k.padded[1]*ld:], dst[i*k.fine[1]*c:][:k.fine[1]*c]
		for q, j := range k.from[1] {
			if j >= 0 && !(ld == c && k.inside(q)) {
				kernel.AddTo(to[j*c:][:c], line[q*ld:][:c])
			}
		}
		if ld == c {
			kernel.AddTo(to, line[k.low[1]*c:][:len(to)])
		}
	}
}

// lineOf is the stride of points with c channels in a product: longer than c
// where rows would share few sets of the first-level cache.
func lineOf[T kernel.Float](c int) int {
	var t T
	if c*int(unsafe.Sizeof(t))%2048 == 0 {
		return c + linePad
	}
	return c
}

// spread copies rows of c numbers to rows of ld.
func spread[T kernel.Float](dst, src []T, c, ld int) {
	if c == ld {
		copy(dst, src)
		return
	}
	copyRows(dst, src, 0, len(src)/c, c, ld, c)
}

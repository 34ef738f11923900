package graph

import "eddy/internal/kernel"

// multiplierLanes is about how many lanes of channels go through a transform
// together, so that vectors are full.
const multiplierLanes = 16

// multiplying is the work of a map. Of each point it holds
// [2][channels][lanes], real and imaginary parts.
type multiplying[T kernel.Float] struct {
	*multiplied[T]
	repeat int // times that the symbol is applied, to channels beside each other
	lanes  int // of samples, or of pairs of them
	total  int // points of the grid
	plans  [][2][]*kernel.FFT[T]
}

// plan plans the transforms along each axis, of the input and of the output.
func (w *multiplying[T]) plan() (p [2][]*kernel.FFT[T]) {
	for i, c := range []int{w.in, w.out} {
		if i == 1 && w.in == w.out {
			p[1] = p[0]
			break
		}
		for _, n := range w.points {
			p[i] = append(p[i], kernel.NewFFT[T](n, c*w.repeat*w.lanes))
		}
	}
	return p
}

// run maps the samples lo … hi−1.
func (w *multiplying[T]) run(y, x []T, lo, hi int, space []T, plans [2][]*kernel.FFT[T]) {
	in, out := w.in*w.repeat, w.out*w.repeat
	a, b := space[:w.total*2*in*w.lanes], space[w.total*2*in*w.lanes:]
	if hi-lo < 2*w.lanes {
		clear(a)
	}
	for s := lo; s < hi; s++ {
		at := (s-lo)%w.together*in*w.lanes + (s-lo)/w.together
		for p := range w.total {
			for c, v := range x[(s*w.total+p)*in:][:in] {
				a[p*2*in*w.lanes+at+c*w.lanes] = v
			}
		}
	}
	w.along(a, 2*in*w.lanes, plans[0], (*kernel.FFT[T]).Forward)
	w.multiply(b, a)
	w.along(b, 2*out*w.lanes, plans[1], (*kernel.FFT[T]).Inverse)
	for s := lo; s < hi; s++ {
		at := (s-lo)%w.together*out*w.lanes + (s-lo)/w.together
		for p := range w.total {
			for c := range out {
				y[(s*w.total+p)*out+c] = b[p*2*out*w.lanes+at+c*w.lanes]
			}
		}
	}
}

// along transforms all lines of all axes of points of size numbers.
func (w *multiplying[T]) along(data []T, size int, plans []*kernel.FFT[T], transform func(*kernel.FFT[T], []T, int)) {
	inner := size
	for a := len(w.points) - 1; a >= 0; a-- {
		n := w.points[a]
		for from := 0; from < len(data); from += n * inner {
			for at := from; at < from+inner; at += size {
				transform(plans[a], data[at:from+n*inner], inner)
			}
		}
		inner *= n
	}
}

// multiply computes b = M a at each mode.
func (w *multiplying[T]) multiply(b, a []T) {
	row := w.repeat * w.lanes
	in, out := w.in*row, w.out*row
	for p := range w.total {
		x, y := a[p*2*in:][:2*in], b[p*2*out:][:2*out]
		m := p * w.out * w.in
		for o := range w.out {
			yr, yi := y[o*row:][:row], y[out+o*row:][:row]
			clear(yr)
			clear(yi)
			for i := range w.in {
				rotated(yr, yi, x[i*row:][:row], x[in+i*row:][:row], w.re[m+o*w.in+i], w.im[m+o*w.in+i])
			}
		}
	}
}

// rotated adds (c + is)(a + ib) to re + i im.
func rotated[T kernel.Float](re, im, a, b []T, c, s T) {
	if c != 0 {
		kernel.Axpy(re, c, a)
		kernel.Axpy(im, c, b)
	}
	if s != 0 {
		kernel.Axpy(re, -s, b)
		kernel.Axpy(im, s, a)
	}
}

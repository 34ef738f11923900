package graph

import "eddy/internal/kernel"

// multiplierLanes is about how many lanes of channels go through a transform
// together, so that vectors are full.
const multiplierLanes = 16

// multiplying is the work of a map. Of each point it holds
// [2][channels][lanes], real and imaginary parts.
type multiplying[T kernel.Float] struct {
	*multiplied[T]
	batch  int
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

// multiplierPart is the work on the samples lo … hi−1, whose Fourier coefficients
// are in a and, times the symbol, in b.
type multiplierPart[T kernel.Float] struct {
	*multiplying[T]
	lo, hi     int
	y, x, a, b []T
}

func (w *multiplying[T]) part(i int, y, x, space []T) multiplierPart[T] {
	p := multiplierPart[T]{multiplying: w, lo: i * w.together * w.lanes, y: y, x: x}
	p.hi = min(w.batch, p.lo+w.together*w.lanes)
	p.a, p.b = space[:w.total*2*w.in*w.repeat*w.lanes], space[w.total*2*w.in*w.repeat*w.lanes:]
	return p
}

// run transforms the lines along the last axis, then those along the others and
// last those along the first, where it multiplies on the way back. over is a
// loop over lines, of which none touches another's numbers.
func (p multiplierPart[T]) run(over func(n int, f func(i, worker int))) {
	if p.hi-p.lo < 2*p.lanes {
		clear(p.a)
	}
	last := len(p.points) - 1
	row := p.points[last]
	over(p.total/row, func(r, worker int) {
		p.gather(r*row, (r+1)*row)
		p.forward(worker, last, r)
		if last == 0 {
			p.multiply(0, 1)
			p.inverse(worker, last, r)
			p.scatter(0, row)
		}
	})
	if last == 0 {
		return
	}
	for axis := last - 1; axis > 0; axis-- {
		over(p.total/p.points[axis], func(l, worker int) { p.forward(worker, axis, l) })
	}
	columns := p.total / p.points[0]
	over(columns, func(c, worker int) {
		p.forward(worker, 0, c)
		p.multiply(c, columns)
		p.inverse(worker, 0, c)
	})
	for axis := 1; axis < last; axis++ {
		over(p.total/p.points[axis], func(l, worker int) { p.inverse(worker, axis, l) })
	}
	over(p.total/row, func(r, worker int) {
		p.inverse(worker, last, r)
		p.scatter(r*row, (r+1)*row)
	})
}

// forward transforms line l along an axis.
func (p multiplierPart[T]) forward(worker, axis, l int) {
	line, apart := p.line(p.a, axis, l)
	p.plans[worker][0][axis].Forward(line, apart)
}

// inverse transforms line l along an axis back.
func (p multiplierPart[T]) inverse(worker, axis, l int) {
	line, apart := p.line(p.b, axis, l)
	p.plans[worker][1][axis].Inverse(line, apart)
}

// line is line l along an axis, with how far its points are apart.
func (p multiplierPart[T]) line(data []T, axis, l int) ([]T, int) {
	size, inner := len(data)/p.total, 1
	for _, n := range p.points[axis+1:] {
		inner *= n
	}
	return data[(l/inner*p.points[axis]*inner+l%inner)*size:], inner * size
}

// gather takes the points from … to−1 of all samples of the part.
func (p multiplierPart[T]) gather(from, to int) {
	in := p.in * p.repeat
	for s := p.lo; s < p.hi; s++ {
		at := (s-p.lo)%p.together*in*p.lanes + (s-p.lo)/p.together
		for i := from; i < to; i++ {
			for c, v := range p.x[(s*p.total+i)*in:][:in] {
				p.a[i*2*in*p.lanes+at+c*p.lanes] = v
			}
		}
	}
}

// scatter gives the points from … to−1 to all samples of the part.
func (p multiplierPart[T]) scatter(from, to int) {
	out := p.out * p.repeat
	for s := p.lo; s < p.hi; s++ {
		at := (s-p.lo)%p.together*out*p.lanes + (s-p.lo)/p.together
		for i := from; i < to; i++ {
			for c := range out {
				p.y[(s*p.total+i)*out+c] = p.b[i*2*out*p.lanes+at+c*p.lanes]
			}
		}
	}
}

// multiply computes b = M a at the modes first, first + every, ….
func (p multiplierPart[T]) multiply(first, every int) {
	row := p.repeat * p.lanes
	in, out := p.in*row, p.out*row
	for i := first; i < p.total; i += every {
		x, y := p.a[i*2*in:][:2*in], p.b[i*2*out:][:2*out]
		m := i * p.out * p.in
		for o := range p.out {
			yr, yi := y[o*row:][:row], y[out+o*row:][:row]
			clear(yr)
			clear(yi)
			for j := range p.in {
				rotated(yr, yi, x[j*row:][:row], x[in+j*row:][:row], p.re[m+o*p.in+j], p.im[m+o*p.in+j])
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

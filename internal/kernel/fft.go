package kernel

import (
	"fmt"
	"math"
	"unsafe"
)

// FFT is the complex Fourier transform of n points, for many lanes at once: the
// lanes are independent lines of data, such as the samples of a batch or the
// channels of a network. Any n will do; it is fast for products of 2, 3 and 5.
//
// A point is 2·lanes numbers, the real parts of all lanes and then the
// imaginary parts, so an array of n points is [n][2][lanes]. Two real fields
// fit one lane, as its real and its imaginary part, for any work that is linear
// with real coefficients in space.
//
// An FFT holds scratch, so each goroutine needs its own; see [FFT.Clone].
//
// Ref: Stockham's autosort, Van Loan, Computational Frameworks for the FFT
// (1992), §1.7.
type FFT[T Float] struct {
	n, lanes int
	passes   []pass[T]
	buffer   [2][]T // [n][2][group]
	part     []T    // a group that the lanes do not fill, [n][2][group]
}

// pass is one step of a transform: for p < m and q < s
//
//	y[q + s(radix p + k)] = w^(k p) Σ_j x[q + s(p + m j)] e^(-2πi j k/radix)
//
// with w = e^(-2πi/(radix m)).
type pass[T Float] struct {
	radix, m, s int
	factors     []T // [m][radix-1][2]: w^(k p) for k = 1 … radix-1
	roots       []T // [radix][2]: e^(-2πi j/radix)
}

// line is n points of one group of lanes; the inverse transform swaps re and
// im. Point j begins at j·stride.
type line[T Float] struct {
	re, im []T
	stride int
}

// groupOf is the number of lanes that go through all passes together: 64
// bytes, the widest vector.
func groupOf[T Float]() int { return 64 / int(unsafe.Sizeof(T(0))) }

// NewFFT plans the transform of n points in a number of lanes.
func NewFFT[T Float](n, lanes int) *FFT[T] {
	if n < 1 || lanes < 1 {
		panic(fmt.Sprintf("kernel: NewFFT: n, lanes = %d, %d, want 1 or more", n, lanes))
	}
	f := &FFT[T]{n: n, lanes: lanes}
	for left, s := n, 1; left > 1; {
		radix := nextRadix(left)
		left /= radix
		f.passes = append(f.passes, newPass[T](radix, left, s))
		s *= radix
	}
	return f.Clone()
}

// nextRadix is the factor of n to treat next: 4 before 2, then the primes.
func nextRadix(n int) int {
	if n%4 == 0 {
		return 4
	}
	for r := 2; r*r <= n; r++ {
		if n%r == 0 {
			return r
		}
	}
	return n
}

func newPass[T Float](radix, m, s int) pass[T] {
	p := pass[T]{radix: radix, m: m, s: s}
	root := func(j, n int) (re, im T) {
		sin, cos := math.Sincos(-2 * math.Pi * float64(j%n) / float64(n))
		return T(cos), T(sin)
	}
	for i := range m {
		for k := 1; k < radix; k++ {
			re, im := root(i*k, radix*m)
			p.factors = append(p.factors, re, im)
		}
	}
	for j := range radix {
		re, im := root(j, radix)
		p.roots = append(p.roots, re, im)
	}
	return p
}

// Clone is the same transform for another goroutine. It shares the tables.
func (f *FFT[T]) Clone() *FFT[T] {
	c := &FFT[T]{n: f.n, lanes: f.lanes, passes: f.passes}
	size := 2 * groupOf[T]() * f.n
	c.buffer = [2][]T{make([]T, size), make([]T, size)}
	if f.lanes%groupOf[T]() != 0 {
		c.part = make([]T, size)
	}
	return c
}

// Len is the number of points, Lanes the number of lanes.
func (f *FFT[T]) Len() int   { return f.n }
func (f *FFT[T]) Lanes() int { return f.lanes }

// Forward replaces x by its transform X_k = Σ_j x_j e^(-2πi jk/n). Point j
// begins at x[j·stride]; 2·lanes is the stride of a dense array, and a multiple
// of it transforms along another axis of a larger one.
func (f *FFT[T]) Forward(x []T, stride int) { f.transform(x, stride, false) }

// Inverse replaces X by x_j = Σ_k X_k e^(2πi jk/n), without the factor 1/n:
// after Forward and Inverse the data are n times what they were.
func (f *FFT[T]) Inverse(x []T, stride int) { f.transform(x, stride, true) }

func (f *FFT[T]) transform(x []T, stride int, inverse bool) {
	if stride < 2*f.lanes {
		panic(fmt.Sprintf("kernel: FFT: stride = %d, want %d or more", stride, 2*f.lanes))
	}
	holds("FFT", "x", len(x), (f.n-1)*stride+2*f.lanes)
	group := groupOf[T]()
	for l := 0; l < f.lanes; l += group {
		data := line[T]{x[l:], x[f.lanes+l:], stride}
		if rest := f.lanes - l; rest < group {
			part := line[T]{f.part, f.part[group:], 2 * group}
			part.copy(data, f.n, rest)
			f.run(part, inverse)
			data.copy(part, f.n, rest)
			continue
		}
		f.run(data, inverse)
	}
}

// copy takes over lanes lanes of n points.
func (l line[T]) copy(from line[T], n, lanes int) {
	for j := range n {
		copy(l.re[j*l.stride:][:lanes], from.re[j*from.stride:])
		copy(l.im[j*l.stride:][:lanes], from.im[j*from.stride:])
	}
}

// run does the passes on one group. The data go back and forth between the
// buffers; the last pass ends where they came from.
func (f *FFT[T]) run(data line[T], inverse bool) {
	if inverse { // the forward transform with re and im exchanged on both sides
		data.re, data.im = data.im, data.re
	}
	group := groupOf[T]()
	table, from := kernels[T](), data
	for i := range f.passes {
		p := &f.passes[i]
		b := f.buffer[i%2]
		to := line[T]{b, b[group:], 2 * group}
		if i == len(f.passes)-1 && i > 0 {
			to = data
		}
		if p.radix < len(table.pass) && table.pass[p.radix] != nil {
			table.pass[p.radix](p, from, to)
		} else {
			goPass(p, from, to)
		}
		from = to
	}
	if len(f.passes) == 1 {
		data.copy(from, f.n, group)
	}
}

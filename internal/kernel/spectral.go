package kernel

// Kernels of spectral solvers. They work on points of one group of lanes: 8 for
// float64, 16 for float32. Coefficients are [n][2][group], as [FFT] has them,
// values on a grid [n][group].

// Term is weights times points, w ⊙ x.
type Term[T Float] struct {
	W []T // [n] or [n][2]
	X []T // [n][2][group]
}

// Combine computes dst = Σ_t w_t ⊙ x_t, with real weights or, if complex, with
// complex ones. dst [n][2][group] may be one of the x.
func Combine[T Float](dst []T, terms []Term[T], complex bool) {
	point := 2 * groupOf[T]()
	n := len(dst) / point
	same("Combine", n*point, len(dst))
	for _, t := range terms {
		same("Combine", len(dst), len(t.X))
		if complex {
			same("Combine", 2*n, len(t.W))
		} else {
			same("Combine", n, len(t.W))
		}
	}
	switch {
	case n == 0:
	case len(terms) == 0:
		clear(dst)
	case complex:
		kernels[T]().combineComplex(dst, terms)
	default:
		kernels[T]().combine(dst, terms)
	}
}

// JoinReal prepares the inverse transform of real fields, as one of half the
// length: for each of n pairs of coefficients a, b
//
//	z = e + i o,  y = conj(e) + i conj(o)
//
// with e = a + conj(b), o = conj(w) (a − conj(b)). roots has the w, [n][2]. A
// step of 0 repeats a point.
func JoinReal[T Float](n int, z, y, a, b Rows[T], roots []T) {
	if inside("JoinReal", n, 2*groupOf[T](), z, y, a, b) {
		same("JoinReal", 2*n, len(roots))
		kernels[T]().join(n, z, y, a, b, roots)
	}
}

// SplitReal ends the transform of real fields: for each of n pairs z, y
//
//	a = s (e + o),  b = s conj(e − o)
//
// with e = z + conj(y), o = −i w (z − conj(y)), which undoes [JoinReal] up to a
// factor.
func SplitReal[T Float](n int, a, b, z, y Rows[T], roots []T, s T) {
	if inside("SplitReal", n, 2*groupOf[T](), a, b, z, y) {
		same("SplitReal", 2*n, len(roots))
		kernels[T]().split(n, a, b, z, y, roots, s)
	}
}

// Peak computes top = max(top, max |x|) for each lane, where x is [n][group] and
// top [group]. NaN counts for nothing.
func Peak[T Float](top, x []T) {
	group := groupOf[T]()
	same("Peak", group, len(top))
	same("Peak", len(x)/group*group, len(x))
	if len(x) > 0 {
		kernels[T]().peak(top, x)
	}
}

// lanesOf is row i as the lanes' real and imaginary parts.
func (r Rows[T]) lanesOf(i int) (re, im []T) {
	group := groupOf[T]()
	row := r.row(i, 2*group)
	return row[:group], row[group:]
}

func goCombine[T Float](dst []T, terms []Term[T]) {
	point := 2 * groupOf[T]()
	for m := 0; m < len(dst); m += point {
		var sum [32]T // the widest point
		for _, t := range terms {
			w := t.W[m/point]
			for l, x := range t.X[m : m+point] {
				sum[l] += w * x
			}
		}
		copy(dst[m:m+point], sum[:])
	}
}

func goCombineComplex[T Float](dst []T, terms []Term[T]) {
	group := groupOf[T]()
	for m := 0; m < len(dst); m += 2 * group {
		var re, im [16]T // the widest group
		for _, t := range terms {
			a, b := t.W[m/group], t.W[m/group+1]
			xr, xi := t.X[m:m+group], t.X[m+group:m+2*group]
			for l := range xr {
				re[l] += a*xr[l] - b*xi[l]
				im[l] += a*xi[l] + b*xr[l]
			}
		}
		copy(dst[m:m+group], re[:])
		copy(dst[m+group:m+2*group], im[:])
	}
}

func goJoin[T Float](n int, z, y, a, b Rows[T], roots []T) {
	for i := range n {
		wr, wi := roots[2*i], roots[2*i+1]
		ar, ai := a.lanesOf(i)
		br, bi := b.lanesOf(i)
		zr, zi := z.lanesOf(i)
		yr, yi := y.lanesOf(i)
		for l := range ar {
			er, ei, dr, di := ar[l]+br[l], ai[l]-bi[l], ar[l]-br[l], ai[l]+bi[l]
			or, oi := dr*wr+di*wi, di*wr-dr*wi
			zr[l], zi[l], yr[l], yi[l] = er-oi, ei+or, er+oi, or-ei
		}
	}
}

func goSplit[T Float](n int, a, b, z, y Rows[T], roots []T, s T) {
	for i := range n {
		wr, wi := roots[2*i], roots[2*i+1]
		ar, ai := a.lanesOf(i)
		br, bi := b.lanesOf(i)
		zr, zi := z.lanesOf(i)
		yr, yi := y.lanesOf(i)
		for l := range ar {
			er, ei, dr, di := zr[l]+yr[l], zi[l]-yi[l], zi[l]+yi[l], yr[l]-zr[l]
			or, oi := dr*wr-di*wi, di*wr+dr*wi
			ar[l], ai[l], br[l], bi[l] = (er+or)*s, (ei+oi)*s, (er-or)*s, (oi-ei)*s
		}
	}
}

func goPeak[T Float](top, x []T) {
	for i, v := range x {
		if l := i % len(top); v > top[l] {
			top[l] = v
		} else if -v > top[l] {
			top[l] = -v
		}
	}
}

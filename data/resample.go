package data

import (
	"fmt"
	"slices"

	"eddy/physics"
)

// Resample writes the state src [N…, C] of one periodic grid to dst, as its
// Fourier series has it on the points of another grid of the same box. Waves
// that the new grid cannot hold are cut off; all others are kept exactly, so
// going to a finer grid and back returns the state.
//
// The wave N/2 of an even N stands for ±k in equal parts: on a finer grid it
// becomes cos(kx); where the new grid ends at it, the two are added.
func Resample(dst []float64, to physics.Grid, src []float64, from physics.Grid, channels int) error {
	for _, g := range []physics.Grid{to, from} {
		if err := g.Check(); err != nil {
			return fmt.Errorf("resample: %w", err)
		}
		if g.Boundary != physics.Periodic {
			return fmt.Errorf("resample: boundary = %v, want periodic", g.Boundary)
		}
	}
	if !slices.Equal(to.Extent, from.Extent) {
		return fmt.Errorf("resample: boxes of %v and %v, want the same", from.Extent, to.Extent)
	}
	if want := channels * from.Size(); len(src) != want {
		return fmt.Errorf("resample: %d numbers to read, want %d", len(src), want)
	}
	if want := channels * to.Size(); len(dst) != want {
		return fmt.Errorf("resample: %d numbers to write, want %d", len(dst), want)
	}
	stride := channels
	for axis := from.Dims() - 1; axis >= 0; axis-- { // inner axes are already new
		src = resampleAxis(src, from.Points[axis], to.Points[axis], stride)
		stride *= to.Points[axis]
	}
	copy(dst, src)
	return nil
}

// resampleAxis returns u [A, from, stride] as [A, to, stride].
func resampleAxis(u []float64, from, to, stride int) []float64 {
	if from == to {
		return u
	}
	read, write := newRealFFT(from), newRealFFT(to)
	old, resampled := make([]float64, from), make([]float64, to)
	c, d := make([]complex128, from/2+1), make([]complex128, to/2+1)
	v := make([]float64, len(u)/from*to)
	for a := range len(u) / (from * stride) {
		for s := range stride {
			for j := range old {
				old[j] = u[(a*from+j)*stride+s]
			}
			read.forward(c, old)
			refit(d, to, c, from)
			write.inverse(resampled, d)
			for j, x := range resampled {
				v[(a*to+j)*stride+s] = x
			}
		}
	}
	return v
}

// refit writes the series c of n points to d, that of m points.
func refit(d []complex128, m int, c []complex128, n int) {
	clear(d)
	copy(d, c)
	switch {
	case m > n && n%2 == 0:
		d[n/2] /= 2 // the other half is at −n/2
	case m < n && m%2 == 0:
		d[m/2] *= 2 // and its conjugate from −m/2: the inverse takes the real part
	}
}

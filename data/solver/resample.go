package solver

import (
	"fmt"
	"slices"

	"eddy/data/fourier"
	"eddy/internal/kernel"
	"eddy/physics"
)

// Resample writes the state src [N…, C] of one grid to dst, as it is on the
// points of another grid of the same box. Both are periodic, or both of cells.
//
// On periodic grids the state is its Fourier series. Waves that the new grid
// cannot hold are cut off; all others are kept exactly, so going to a finer
// grid and back returns the state. On grids of cells the state is the means
// over the cells, and integrals are kept.
//
// The wave N/2 of an even N stands for ±k in equal parts: on a finer grid it
// becomes cos(kx); where the new grid ends at it, the two are added.
func Resample(dst []float64, to physics.Grid, src []float64, from physics.Grid, channels int) error {
	for _, g := range []physics.Grid{to, from} {
		if err := g.Check(); err != nil {
			return fmt.Errorf("resample: %w", err)
		}
		if g.Boundary != physics.Periodic && g.Boundary != physics.Cells {
			return fmt.Errorf("resample: boundary = %v, want periodic or cells", g.Boundary)
		}
	}
	if to.Boundary != from.Boundary {
		return fmt.Errorf("resample: boundaries %v and %v, want the same", from.Boundary, to.Boundary)
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
	along := resampleWaves
	if from.Boundary == physics.Cells {
		along = resampleCells
	}
	stride := channels
	for axis := from.Dims() - 1; axis >= 0; axis-- { // inner axes are already new
		src = along(src, from.Points[axis], to.Points[axis], stride)
		stride *= to.Points[axis]
	}
	copy(dst, src)
	return nil
}

// resampleWaves returns u [A, from, stride] as [A, to, stride].
func resampleWaves(u []float64, from, to, stride int) []float64 {
	if from == to {
		return u
	}
	read, write := fourier.NewRealFFT(from), fourier.NewRealFFT(to)
	old, resampled := make([]float64, from*fourier.Lanes), make([]float64, to*fourier.Lanes)
	c, d := make([]float64, (from/2+1)*fourier.Pair), make([]float64, (to/2+1)*fourier.Pair)
	v := make([]float64, len(u)/from*to)
	lines := len(u) / from
	for first := 0; first < lines; first += fourier.Lanes {
		group := min(fourier.Lanes, lines-first)
		for l := range group {
			a, s := (first+l)/stride, (first+l)%stride
			for j := range from {
				old[j*fourier.Lanes+l] = u[(a*from+j)*stride+s]
			}
		}
		read.Forward(c, old, 1/float64(from))
		refit(d, to, c, from)
		write.Inverse(resampled, d)
		for l := range group {
			a, s := (first+l)/stride, (first+l)%stride
			for j := range to {
				v[(a*to+j)*stride+s] = resampled[j*fourier.Lanes+l]
			}
		}
	}
	return v
}

// refit writes the series c of n points to d, that of m points.
func refit(d []float64, m int, c []float64, n int) {
	clear(d)
	copy(d, c)
	switch {
	case m > n && n%2 == 0:
		half := d[n/2*fourier.Pair:][:fourier.Pair]
		kernel.Scale(half, 0.5, half) // the other half is at −n/2
	case m < n && m%2 == 0:
		half := d[m/2*fourier.Pair:][:fourier.Pair]
		kernel.Scale(half, 2, half) // and its conjugate from −m/2: the inverse takes the real part
	}
}

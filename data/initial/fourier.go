package initial

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"

	"eddy/configs"
	"eddy/data/fourier"
	"eddy/physics"
)

func init() {
	configs.Register("fourier", func() physics.Initial { return &Fourier{Cutoff: 5, MaxAbs: 1} })
}

// Fourier draws random truncated Fourier series. In one dimension they are
//
//	u = o + Σ_{k=1}^{Cutoff} a_k cos(2πkx/L + ϕ_k)
//
// with a_k uniform on (−1, 1), ϕ_k uniform on (0, 2π) and o uniform on
// (−Offset, Offset); every channel has its own. In several, k runs over all
// waves with |k_a| ≤ Cutoff along each axis and k ≥ 0 along the last. Then
// each channel is multiplied by MaxAbs/max|u|, if MaxAbs is set, where the
// maximum is taken over a lattice with 32 points per shortest wave (16 in two
// dimensions, 8 in three), so that it does not depend on the grid. Grids must be
// periodic: on those with ends, [GRF] and [Matern] have zero slopes there, and
// [Sine] has zeros.
//
// Good values: Cutoff 5, Offset 0, MaxAbs 1, which is the distribution
// "fourier;5;true;true" of APEBench. There the maximum is taken over the grid,
// which is the same on its 160 points in one dimension. Its
// "fourier;5;false;true" is Offset 0.5.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024, arXiv 2411.00180.
type Fourier struct {
	Cutoff int     `range:"[1,4096]" doc:"waves per box, along each axis, of the shortest wave"`
	Offset float64 `range:"[0,inf)" doc:"largest |mean| of a channel before scaling; 0 is no mean"`
	MaxAbs float64 `range:"[0,inf)" doc:"max|u| that each channel is scaled to; 0 leaves it as drawn"`
}

var _ physics.Initial = (*Fourier)(nil)

// Draw fills u [N…, C].
func (f *Fourier) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	space, err := fourier.NewSeries(g)
	if err != nil {
		return fmt.Errorf("fourier: %w", err)
	}
	for axis, n := range g.Points {
		if n <= 2*f.Cutoff {
			return fmt.Errorf("fourier: %d points along axis %d, want more than %d for cutoff = %d", n, axis, 2*f.Cutoff, f.Cutoff)
		}
	}
	channels := len(u) / g.Size()
	if channels*g.Size() != len(u) {
		return fmt.Errorf("fourier: a state of %d numbers on %d points", len(u), g.Size())
	}
	for c := range channels {
		waves := f.waves(g.Dims(), rng)
		scale := 1.0
		if f.MaxAbs > 0 {
			scale = f.MaxAbs / f.largest(waves, g)
		}
		for i, v := range space.Sum(waves) {
			u[i*channels+c] = scale * v
		}
	}
	return nil
}

// waves draws the series of one channel.
func (f *Fourier) waves(dims int, rng *rand.Rand) []fourier.Wave {
	zero := make([]int, dims)
	waves := []fourier.Wave{{K: zero, A: complex(f.Offset*(2*rng.Float64()-1), 0)}}
	for _, k := range fourier.WaveNumbers(dims, f.Cutoff) {
		amplitude, angle := 2*rng.Float64()-1, 2*math.Pi*rng.Float64()
		if !slices.Equal(k, zero) {
			waves = append(waves, fourier.Wave{K: k, A: cmplx.Rect(amplitude, angle) / 2})
		}
	}
	return waves
}

// largest returns max|u| over a lattice.
func (f *Fourier) largest(waves []fourier.Wave, g physics.Grid) float64 {
	lattice := physics.Grid{Points: make([]int, g.Dims()), Extent: g.Extent}
	for axis := range lattice.Points {
		lattice.Points[axis] = 64 >> g.Dims() * f.Cutoff
	}
	space, err := fourier.NewSeries(lattice)
	if err != nil {
		panic(err) // the grid was checked, and the lattice is as good
	}
	largest := 0.0
	for _, v := range space.Sum(waves) {
		largest = max(largest, math.Abs(v))
	}
	return largest
}

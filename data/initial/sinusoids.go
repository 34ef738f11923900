package initial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("sinusoids", func() physics.Initial { return &Sinusoids{Waves: 2, Cutoff: 8, Absolute: 0.1, Window: 0.1} })
}

// Sinusoids draws the initial states of PDEBench, in one dimension and
// independently for each channel:
//
//	u = ± Σ_{i=1}^{Waves} A_i sin(2π n_i x/L + ϕ_i)
//
// with A_i uniform on (0, 1), n_i uniform on 1 … Cutoff and ϕ_i on (0, 2π). With
// probability Absolute the sum is replaced by its absolute value, with
// probability Window it is multiplied by
//
//	½ tanh((x − a)/w) − ½ tanh((x − b)/w),  w = L/100,
//
// with a uniform on (0.1, 0.45) L and b on (0.55, 0.9) L.
//
// Good values: Waves 2, Cutoff 8, Absolute 0.1, Window 0.1, as for PDEBench's
// advection and Burgers. That is the law of the paper: the published program
// also adds a constant Σ A_k sin ϕ_k over all the waves k ≤ 8 it did not
// choose, and takes a wave that it chose twice for one of twice the number. Its
// reaction–diffusion data are these states within [0, 1], see [Within].
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, arXiv 2210.07182, eq. (8).
type Sinusoids struct {
	Waves    int     `range:"[1,1000]" doc:"waves that are added"`
	Cutoff   int     `range:"[1,4096]" doc:"waves per box of the shortest wave"`
	Absolute float64 `range:"[0,1]" doc:"share of the states that have one sign, through the absolute value"`
	Window   float64 `range:"[0,1]" doc:"share of the states that are zero near both ends"`
}

var _ physics.Initial = (*Sinusoids)(nil)

// Draw fills u [N, C].
func (f *Sinusoids) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err == nil && g.Dims() != 1 {
		err = fmt.Errorf("%d dimensions, want 1", g.Dims())
	}
	if err != nil {
		return fmt.Errorf("sinusoids: %w", err)
	}
	for c := range channels {
		value := f.function(rng)
		sampleChannel(u, g, c, func(x []float64) float64 { return value(x[0] / g.Extent[0]) })
	}
	return nil
}

// function draws a state on the unit interval. It draws equally many numbers
// for each.
func (f *Sinusoids) function(rng *rand.Rand) func(x float64) float64 {
	amplitude, number, angle := make([]float64, f.Waves), make([]float64, f.Waves), make([]float64, f.Waves)
	for i := range amplitude {
		amplitude[i] = rng.Float64()
		number[i] = float64(1 + rng.IntN(f.Cutoff))
		angle[i] = 2 * math.Pi * rng.Float64()
	}
	sign := float64(1 - 2*rng.IntN(2))
	absolute, window := rng.Float64() < f.Absolute, rng.Float64() < f.Window
	from, to := uniform(0.1, 0.45, rng), uniform(0.55, 0.9, rng)
	return func(x float64) float64 {
		v := 0.0
		for i, a := range amplitude {
			v += a * math.Sin(2*math.Pi*number[i]*x+angle[i])
		}
		if absolute {
			v = math.Abs(v)
		}
		if window {
			v *= (math.Tanh((x-from)/0.01) - math.Tanh((x-to)/0.01)) / 2
		}
		return sign * v
	}
}

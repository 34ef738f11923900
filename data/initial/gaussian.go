package initial

import (
	"math"
	"math/rand/v2"

	"eddy/data/fourier"
	"eddy/physics"
)

// spectrum is λ(|k|²) of a Gaussian random field of mean zero on a box of
// volume V. On a periodic box the field is
//
//	u = V^−½ Σ_k √λ_k ξ_k exp(i k·x),  E|ξ_k|² = 1,  ξ_{−k} = conj(ξ_k),
//
// where k_a is 2π/L_a times an integer. On a box that has ends it is
//
//	u = V^−½ Σ_k √λ_k ξ_k Π_a c_a cos(k_a x_a),  E ξ_k² = 1,
//
// where k_a is π/L_a times a natural number j_a, and c_a is 1 for j_a = 0 and
// √2 otherwise: the field of the same operator with zero slope at the ends.
// Either way ∫ E u² dx = Σ_k λ_k.
//
// Each wave draws from a generator of its own, so equal generators give the
// same field on every grid, cut off at what the grid holds: |k_a| below π/Δx_a.
type spectrum func(k2 float64) float64

// draw fills u [N…, C] with a field for each channel.
func (λ spectrum) draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err != nil {
		return err
	}
	noise := newWaveNoise(rng)
	if g.Boundary != physics.Periodic {
		for c, series := range λ.cosines(g, channels, noise) {
			setChannel(u, g, c, cosineSum(series, g))
		}
		return nil
	}
	space, err := fourier.NewSeries(g)
	if err != nil {
		return err
	}
	values := make([]float64, g.Size())
	for c, series := range λ.exponentials(space, channels, noise) {
		space.Values(values, series)
		setChannel(u, g, c, values)
	}
	return nil
}

// exponentials draws the coefficients of a Fourier series for each channel.
func (λ spectrum) exponentials(s *fourier.Series, channels int, noise *waveNoise) [][]complex128 {
	series := make([][]complex128, channels)
	for c := range series {
		series[c] = make([]complex128, s.Modes)
	}
	for m := range s.Modes {
		k := s.WaveNumber(m)
		sign := fourier.Leading(k)
		if sign < 0 || !fourier.Holds(s.Grid, k) {
			continue
		}
		// Half of the variance goes to each of the real and the imaginary part,
		// of which the constant has none.
		deviation := λ.deviation(s.Grid, k, 2*math.Pi)
		if sign > 0 {
			deviation *= math.Sqrt(0.5)
		}
		rng := noise.of(k)
		for c := range series {
			s.Add(series[c], fourier.Wave{K: k, A: complex(deviation*rng.NormFloat64(), deviation*rng.NormFloat64())})
		}
	}
	return series
}

// cosines draws the coefficients [N…] of a cosine series for each channel.
func (λ spectrum) cosines(g physics.Grid, channels int, noise *waveNoise) [][]float64 {
	series := make([][]float64, channels)
	for c := range series {
		series[c] = make([]float64, g.Size())
	}
	for i := range g.Size() {
		j := g.Index(i)
		deviation := λ.deviation(g, j, math.Pi)
		for _, waves := range j {
			if waves > 0 {
				deviation *= math.Sqrt2
			}
		}
		rng := noise.of(j)
		for c := range series {
			series[c][i] = deviation * rng.NormFloat64()
		}
	}
	return series
}

// deviation is √(λ_k/V) where k_a is j_a times turn/L_a.
func (λ spectrum) deviation(g physics.Grid, j []int, turn float64) float64 {
	volume, k2 := 1.0, 0.0
	for axis, l := range g.Extent {
		volume *= l
		k2 += math.Pow(turn*float64(j[axis])/l, 2)
	}
	return math.Sqrt(λ(k2) / volume)
}

// waveNoise gives each wave a generator of its own, which depends on no other
// wave and so not on how many a grid holds.
type waveNoise struct {
	seed uint64
	pcg  *rand.PCG
	rng  *rand.Rand
}

func newWaveNoise(rng *rand.Rand) *waveNoise {
	pcg := rand.NewPCG(0, 0)
	return &waveNoise{rng.Uint64(), pcg, rand.New(pcg)}
}

// of returns the generator of a wave. It is valid until the next call.
func (n *waveNoise) of(k []int) *rand.Rand {
	const bits = 21 // of a component; a grid has at most 2¹⁶ points along an axis
	code := uint64(0)
	for _, j := range k {
		code = code<<bits | uint64(j)&(1<<bits-1)
	}
	n.pcg.Seed(n.seed, code)
	return n.rng
}

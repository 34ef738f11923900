package train

import "math/rand/v2"

// Sampler chooses the points in space and time where a residual is trained.
type Sampler interface {
	// Draw fills x [n·dims] with points of the unit cube. residual returns the
	// square of the residual at such points, as many at once as n.
	Draw(x []float64, dims int, residual func(x []float64) ([]float64, error), rng *rand.Rand) error
}

// uniformly fills x with independent numbers from [0, 1).
func uniformly(x []float64, rng *rand.Rand) {
	for i := range x {
		x[i] = rng.Float64()
	}
}

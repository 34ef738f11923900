package train

import (
	"math/rand/v2"

	"eddy/configs"
)

func init() {
	configs.Register[Sampler]("latin_hypercube", func() Sampler { return &LatinHypercube{} })
}

// LatinHypercube cuts each axis into as many equal parts as there are points,
// and has one point in each part of each axis.
//
// Ref: McKay, Beckman & Conover, Technometrics 21 (1979) 239.
type LatinHypercube struct{}

// Draw implements [Sampler].
func (*LatinHypercube) Draw(x []float64, dims int, _ func([]float64) ([]float64, error), rng *rand.Rand) error {
	n := len(x) / dims
	for a := range dims {
		for i, part := range rng.Perm(n) {
			x[i*dims+a] = (float64(part) + rng.Float64()) / float64(n)
		}
	}
	return nil
}

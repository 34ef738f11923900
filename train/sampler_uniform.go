package train

import (
	"math/rand/v2"

	"eddy/configs"
)

func init() { configs.Register[Sampler]("uniform", func() Sampler { return &UniformPoints{} }) }

// UniformPoints are independent and uniform.
type UniformPoints struct{}

// Draw implements [Sampler].
func (*UniformPoints) Draw(x []float64, _ int, _ func([]float64) ([]float64, error), rng *rand.Rand) error {
	uniformly(x, rng)
	return nil
}

package train

import (
	"math/rand/v2"

	"eddy/configs"
)

func init() {
	configs.Register[Sampler]("rar", func() Sampler { return &RAR{Candidates: 5, Share: 0.2} })
}

// RAR is uniform points, but for a Share of them: these are the candidates with
// the largest residuals. The number of points stays what it is, where the paper
// adds to it. Good values: Share 0.1 to 0.3, new points after each 1000 steps.
//
// Ref: Lu et al., DeepXDE, SIAM Review 63 (2021), arXiv:1907.04502, §2.8.
type RAR struct {
	Candidates int     `range:"[1,1000]" doc:"candidates for each point"`
	Share      float64 `range:"(0,1]" doc:"share of the points that lie where the residual is largest"`
}

// Draw implements [Sampler].
func (s *RAR) Draw(x []float64, dims int, residual func([]float64) ([]float64, error), rng *rand.Rand) error {
	all, squares, err := candidates(s.Candidates, len(x), residual, rng)
	if err != nil {
		return err
	}
	for i := range squares {
		squares[i] = -squares[i]
	}
	chosen := int(s.Share*float64(len(x)/dims)) * dims
	takeFirst(x[:chosen], all, dims, squares)
	uniformly(x[chosen:], rng)
	return nil
}

package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"eddy/configs"
)

func init() {
	configs.Register[Sampler]("rad", func() Sampler { return &RAD{Candidates: 5, Power: 1, Floor: 1} })
}

// RAD draws points where the residual r is large, from uniform candidates with
// the density
//
//	p ∝ |r|^Power / mean |r|^Power + Floor,
//
// and none of them twice. Good values: Power 1 and Floor 1, new points after
// each 1000 steps.
//
// Ref: Wu et al. (2023), Comput. Methods Appl. Mech. Eng. 403, arXiv:2207.10289,
// eq. (2); Efraimidis & Spirakis, Inf. Process. Lett. 97 (2006), for the draw.
type RAD struct {
	Candidates int     `range:"[2,1000]" doc:"candidates for each point"`
	Power      float64 `range:"(0,10]" doc:"how much more a large residual counts"`
	Floor      float64 `range:"[0,1000]" doc:"share of points that lie anywhere"`
}

// Draw implements [Sampler].
func (s *RAD) Draw(x []float64, dims int, residual func([]float64) ([]float64, error), rng *rand.Rand) error {
	all, squares, err := candidates(s.Candidates, len(x), residual, rng)
	if err != nil {
		return err
	}
	mean := 0.0
	for i, r := range squares {
		squares[i] = math.Pow(r, s.Power/2)
		mean += squares[i] / float64(len(squares))
	}
	keys := make([]float64, len(squares))
	for i, r := range squares {
		keys[i] = rng.ExpFloat64() / (r/max(mean, math.SmallestNonzeroFloat64) + s.Floor)
	}
	takeFirst(x, all, dims, keys)
	return nil
}

// candidates draws times as many points as wanted, and the squares of their
// residuals.
func candidates(times, size int, residual func([]float64) ([]float64, error), rng *rand.Rand) (all, squares []float64, err error) {
	all = make([]float64, times*size)
	uniformly(all, rng)
	for x := range slices.Chunk(all, size) {
		r, err := residual(x)
		if err != nil {
			return nil, nil, err
		}
		squares = append(squares, r...)
	}
	return all, squares, nil
}

// takeFirst fills x with the points of the smallest keys, in order.
func takeFirst(x, all []float64, dims int, keys []float64) {
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(keys[i], keys[j]) })
	for i := range len(x) / dims {
		copy(x[i*dims:(i+1)*dims], all[order[i]*dims:])
	}
}

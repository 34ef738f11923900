package rollout

import (
	"math"

	"eddy/configs"
)

func init() { configs.Register("rel_l2_global", func() Metric { return &RelL2Global{} }) }

// RelL2Global is the relative L2 error of all samples, frames, points and
// channels taken together, as papers on PINNs report it,
//
//	rel_l2/global = ‖P − Y‖₂ / ‖Y‖₂.
//
// Samples of large values outweigh the others.
//
// Ref: Lu et al., DeepXDE, SIAM Review 63 (2021); l2_relative_error in its code.
type RelL2Global struct{}

// Define implements [Metric].
func (*RelL2Global) Define() []Definition {
	return []Definition{{Name: "rel_l2/global", Text: "‖p−y‖₂ / ‖y‖₂, norms over all samples, frames, points and channels together"}}
}

// Evaluate implements [Metric].
func (*RelL2Global) Evaluate(e Ensemble) []Score {
	score := Score{Name: "rel_l2/global"}
	if e.Truth.Samples() == 0 || e.Truth.Steps() == 0 {
		return []Score{score}
	}
	errs, sizes := make([]float64, e.Truth.Samples()), make([]float64, e.Truth.Samples())
	for s, bounded := range e.Bounded {
		if errs[s] = math.Inf(1); bounded == e.Truth.Steps() {
			errs[s], sizes[s] = e.squares(s)
		}
	}
	of := func(samples []int) float64 {
		var err, size float64
		for _, s := range samples {
			err += errs[s]
			size += sizes[s]
		}
		return ratio(math.Sqrt(err), math.Sqrt(size))
	}
	score.Values, score.Interval = []float64{of(all(len(errs)))}, bootstrap(len(errs), of)
	return []Score{score}
}

// all lists the numbers from 0 to n − 1.
func all(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

package data

import (
	"math/rand/v2"

	"eddy/configs"
)

func init() { configs.Register[Policy]("reservoir", func() Policy { return &Reservoir{} }) }

// Reservoir draws uniformly from the whole buffer, with replacement. A newcomer
// enters free room or else replaces a random sample that was drawn before, so
// that old and new trajectories mix in a batch and the solvers may be slower
// than the trainer. Good values: a buffer of some dozen trajectories, reuse 1
// to 10.
//
// Ref: Meyer et al., "Training deep surrogate models with large scale online
// learning", ICML 2023, arXiv:2306.16133.
type Reservoir struct{}

// Admit implements Policy.
func (Reservoir) Admit(b *Buffer, s Sample, rng *rand.Rand) {
	if len(b.Samples) < b.Capacity {
		b.Samples = append(b.Samples, s)
		return
	}
	i := rng.IntN(b.Seen)
	b.Seen--
	b.Samples[i] = b.Samples[b.Seen]
	b.Samples[b.Seen] = s
}

// Draw implements Policy.
func (Reservoir) Draw(b *Buffer, rng *rand.Rand) Sample {
	i := rng.IntN(len(b.Samples))
	s := b.Samples[i]
	if i >= b.Seen {
		b.Samples[i], b.Samples[b.Seen] = b.Samples[b.Seen], s
		b.Seen++
		b.Used++
	}
	return s
}

// Once implements Policy.
func (Reservoir) Once() bool { return false }

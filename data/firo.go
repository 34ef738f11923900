package data

import (
	"math/rand/v2"

	"eddy/configs"
)

func init() { configs.Register[Policy]("firo", func() Policy { return &FIRO{} }) }

// FIRO is "first in, random out": a random sample is drawn and evicted, so each
// is used exactly once. The buffer stays as full as it was at the first batch,
// so a high threshold mixes best. Good values: threshold 1.
//
// Ref: Meyer et al., ICML 2023, arXiv:2306.16133.
type FIRO struct{}

// Admit implements Policy.
func (FIRO) Admit(b *Buffer, s Sample, _ *rand.Rand) { b.Samples = append(b.Samples, s) }

// Draw implements Policy.
func (FIRO) Draw(b *Buffer, rng *rand.Rand) Sample {
	i, last := rng.IntN(len(b.Samples)), len(b.Samples)-1
	s := b.Samples[i]
	b.Samples[i], b.Samples[last] = b.Samples[last], Sample{}
	b.Samples = b.Samples[:last]
	b.Used++
	return s
}

// Once implements Policy.
func (FIRO) Once() bool { return true }

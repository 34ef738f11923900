package data

import (
	"math/rand/v2"

	"eddy/configs"
)

func init() { configs.Register[Policy]("fifo", func() Policy { return &FIFO{} }) }

// FIFO is "first in, first out": samples are drawn in the order in which they
// were computed and evicted, so each is used exactly once. A batch is then
// mostly one trajectory, a bias that the other policies are there to remove:
// FIFO is the baseline they are compared with.
//
// Ref: Meyer et al., ICML 2023, arXiv:2306.16133.
type FIFO struct{}

// Admit implements Policy.
func (FIFO) Admit(b *Buffer, s Sample, _ *rand.Rand) { b.Samples = append(b.Samples, s) }

// Draw implements Policy.
func (FIFO) Draw(b *Buffer, _ *rand.Rand) Sample {
	s := b.Samples[0]
	b.Samples[0] = Sample{}
	b.Samples = b.Samples[1:]
	b.Used++
	return s
}

// Once implements Policy.
func (FIFO) Once() bool { return true }

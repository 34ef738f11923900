package data

import "math/rand/v2"

// Sample is a window of a trajectory: frames that follow each other, and what
// the trajectory's parameters are.
type Sample struct {
	Frames     [][]float64 // [Window][N…·C]
	Parameters []float64   // [P]
}

// Buffer holds the samples that batches are drawn from, those already drawn
// before the others.
type Buffer struct {
	Capacity int
	Samples  []Sample // Samples[:Seen] were drawn, Samples[Seen:] were not
	Seen     int
	Used     int // different samples drawn, evicted ones included
}

// Room is the number of samples that can enter without one being evicted that
// was never drawn.
func (b *Buffer) Room() int { return b.Capacity - len(b.Samples) + b.Seen }

// Policy decides which samples stay in a buffer, and which are drawn. No policy
// evicts a sample that was never drawn: where all are unseen, newcomers wait.
//
// To add a policy, copy firo.go.
type Policy interface {
	// Admit puts s into b, which has Room for it.
	Admit(b *Buffer, s Sample, rng *rand.Rand)

	// Draw chooses a sample of b, which has one.
	Draw(b *Buffer, rng *rand.Rand) Sample

	// Once tells whether a sample is evicted when it is drawn. Newcomers must
	// then arrive as fast as batches draw.
	Once() bool
}

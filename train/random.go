package train

import "math/rand/v2"

// purpose separates the streams of random numbers that flow from one seed.
type purpose uint64

const (
	forWeights purpose = iota + 1
	forDraws
	forSymmetries
	forData
	forForecasts
	forBalance
)

// random returns the generator of a purpose at a step. It has no state to
// keep, so a resumed run draws what an uninterrupted one does.
func random(seed uint64, p purpose, step int) *rand.Rand {
	return rand.New(rand.NewPCG(subseed(seed, p), uint64(step)))
}

// subseed is the seed of a purpose, a bijective mixture of seed and purpose.
//
// Ref: Steele, Lea & Flood, OOPSLA 2014 (SplitMix64).
func subseed(seed uint64, p purpose) uint64 {
	z := seed + uint64(p)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

package physics

import (
	"math/rand/v2"

	"eddy/configs"
)

// Design spreads draws over the unit cube, an axis for each parameter.
type Design interface {
	// Point writes the point [P], each coordinate from 0 to 1, of an index, which
	// seed and index determine.
	Point(p []float64, seed, index uint64)
}

func init() {
	configs.Register("independent", func() Design { return &Independent{} })
	configs.Register("latin_hypercube", func() Design { return &LatinHypercube{Samples: 64} })
}

// Independent draws every coordinate of every point by itself.
type Independent struct{}

// Point implements [Design].
func (*Independent) Point(p []float64, seed, index uint64) {
	rng := rand.New(rand.NewPCG(seed, index))
	for i := range p {
		p[i] = rng.Float64()
	}
}

// LatinHypercube spreads Samples points so that each of as many equal slices of
// the cube, along each axis, has one of them: with π_a a random permutation for
// each axis a,
//
//	p_a = (π_a(index) + U)/Samples,  U uniform on (0, 1).
//
// The first Samples indices are one such set, the next as many another,
// independent one, and so on. The mean of a function over a set has a smaller
// variance than that over independent points, the more the closer it is to a
// sum of functions of one parameter each.
//
// Good values: Samples the number of trajectories that are computed or tested
// on. Where a simulation fails, its set lacks a point.
//
// Ref: McKay, Beckman & Conover, Technometrics 21 (1979) 239, §2.3.
type LatinHypercube struct {
	Samples int `range:"[1,1000000]" doc:"trajectories that are spread evenly together"`
}

// Point implements [Design].
func (d *LatinHypercube) Point(p []float64, seed, index uint64) {
	n := uint64(d.Samples)
	ofSet, ofPoint := rand.New(rand.NewPCG(^seed, index/n)), rand.New(rand.NewPCG(seed, index))
	for i := range p {
		slice := float64(ofSet.Perm(d.Samples)[index%n])
		p[i] = (slice + ofPoint.Float64()) / float64(n)
	}
}

package models

import (
	"math"

	"eddy/physics"
)

// confined keeps what a network N yields above a bound b of each channel,
//
//	u = b + ( √−b + N )²,
//
// in units in which the channels have mean 0 and deviation 1, so that u begins
// about its mean. A channel with the bound −∞ is N itself.
type confined []float64

// newConfined returns nil where nothing is known of bounds.
func newConfined(s Spec) confined {
	var c confined
	for i, least := range s.Solution.Least {
		c = append(c, normalized(least, s.Out[i]))
	}
	return c
}

// fields returns the confined channels of a network's.
func (c confined) fields(network []physics.Field) []physics.Field {
	u := make([]physics.Field, len(network))
	for i, n := range network {
		if u[i] = n; math.IsInf(c[i], -1) {
			continue
		}
		one := n.Cosine([3]int{}, 0)
		root := n.Add(one.Scale(math.Sqrt(max(0, -c[i]))))
		u[i] = root.Mul(root).Add(one.Scale(c[i]))
	}
	return u
}

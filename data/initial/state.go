// Package initial holds the distributions of initial states: random fields,
// sums of waves and of bumps, and states with jumps. Each draws the same state
// on a grid of any resolution, as far as the grid shows it.
//
// Read blobs.go first and copy it to add a distribution; random fields are all
// drawn by gaussian.go.
package initial

import (
	"fmt"

	"eddy/physics"
)

// channelsOf is the number of channels of a state u [N…, C] on a grid.
func channelsOf(u []float64, g physics.Grid) (int, error) {
	if err := g.Check(); err != nil {
		return 0, err
	}
	if len(u) == 0 || len(u)%g.Size() != 0 {
		return 0, fmt.Errorf("a state of %d numbers on %d points", len(u), g.Size())
	}
	return len(u) / g.Size(), nil
}

// sampleChannel writes a function of the place to channel c of the state u [N…, C].
func sampleChannel(u []float64, g physics.Grid, c int, f func(x []float64) float64) {
	channels := len(u) / g.Size()
	x := make([]float64, g.Dims())
	for i := range g.Size() {
		for axis, j := range g.Index(i) {
			x[axis] = g.X(axis, j)
		}
		u[i*channels+c] = f(x)
	}
}

// setChannel writes the values v [N…] to channel c of the state u [N…, C].
func setChannel(u []float64, g physics.Grid, c int, v []float64) {
	channels := len(u) / g.Size()
	for i, x := range v {
		u[i*channels+c] = x
	}
}

package fourier

import (
	"slices"

	"eddy/physics"
)

// Holds tells whether a periodic grid has a wave and its conjugate as two.
func Holds(g physics.Grid, k []int) bool {
	for axis, j := range k {
		if 2*max(j, -j) >= g.Points[axis] {
			return false
		}
	}
	return true
}

// Leading is the sign of the last component of k that is not 0, and 0 if there
// is none. Of k and −k it is positive for one.
func Leading(k []int) int {
	for axis := len(k) - 1; axis >= 0; axis-- {
		if k[axis] != 0 {
			return k[axis]
		}
	}
	return 0
}

// WaveNumbers lists the waves per box k with |k_a| ≤ cutoff along each axis and k ≥ 0
// along the last, in an order that depends on nothing else.
func WaveNumbers(dims, cutoff int) [][]int {
	low, high := slices.Repeat([]int{-cutoff}, dims), slices.Repeat([]int{cutoff}, dims)
	low[dims-1] = 0
	return lattice(low, high)
}

// lattice lists the points of integer coordinates from low to high, the last
// coordinate running fastest.
func lattice(low, high []int) [][]int {
	points := [][]int{nil}
	for axis := range low {
		var longer [][]int
		for _, p := range points {
			for j := low[axis]; j <= high[axis]; j++ {
				longer = append(longer, append(slices.Clone(p), j))
			}
		}
		points = longer
	}
	return points
}

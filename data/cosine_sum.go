package data

import (
	"math"

	"eddy/physics"
)

// cosineSum returns the values [N…] of Σ_j c_j Π_a cos(π j_a x_a/L_a), c [N…],
// at the points of a grid. It takes N multiplications for each value and axis.
func cosineSum(c []float64, g physics.Grid) []float64 {
	inner := g.Size()
	for axis, n := range g.Points {
		inner /= n
		sum := make([]float64, len(c))
		for i := range n {
			for j := range n {
				cosine := math.Cos(math.Pi * float64(j) * g.X(axis, i) / g.Extent[axis])
				for outer := 0; outer < len(c); outer += n * inner {
					from, to := c[outer+j*inner:][:inner], sum[outer+i*inner:][:inner]
					for x, v := range from {
						to[x] += cosine * v
					}
				}
			}
		}
		c = sum
	}
	return c
}

package initial

import (
	"math"
	"slices"

	"eddy/data/fourier"
	"eddy/physics"
)

// cosineSum returns the values [N…] of Σ_j c_j Π_a cos(π j_a x_a/L_a), c [N…],
// at the points of a grid that has ends.
//
// Where x_i = x_0 + i L/M, a line of values is the real part of
//
//	Σ_j c_j exp(iπj x_0/L) exp(2πi ij/2M),
//
// a Fourier transform of 2M numbers, of which those from N on are zero.
func cosineSum(c []float64, g physics.Grid) []float64 {
	u, inner := slices.Clone(c), len(c)
	for axis, n := range g.Points {
		inner /= n
		m := n
		if g.Boundary == physics.Walls {
			m = n - 1
		}
		transform, lines := fourier.NewFFT(2*m), make([]float64, 2*m*fourier.Pair)
		for starts := range slices.Chunk(lineStarts(len(u), n, inner), fourier.Lanes) {
			clear(lines)
			for j := range n {
				sin, cos := math.Sincos(math.Pi * float64(j) * g.X(axis, 0) / g.Extent[axis])
				for l, start := range starts {
					v := u[start+j*inner]
					lines[j*fourier.Pair+l], lines[j*fourier.Pair+fourier.Lanes+l] = v*cos, v*sin
				}
			}
			transform.Inverse(lines, fourier.Pair)
			for i := range n {
				for l, start := range starts {
					u[start+i*inner] = lines[i*fourier.Pair+l]
				}
			}
		}
	}
	return u
}

// lineStarts lists where the lines of n numbers begin that are inner apart.
func lineStarts(size, n, inner int) []int {
	var starts []int
	for outer := 0; outer < size; outer += n * inner {
		for i := range inner {
			starts = append(starts, outer+i)
		}
	}
	return starts
}

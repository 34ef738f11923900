// Package fourier computes Fourier series of real fields on periodic grids, of
// eight fields at once: one in each lane of the processor's vectors.
//
// Read [Lanes] first, which says how numbers lie in memory, then [Series].
// [Truncated] is for products of fields, [Wave] for fields that are a sum of
// some; [FFT] and [RealFFT] are what all is made of.
package fourier

// Lanes is the number of fields that are transformed together, one in each lane
// of a vector. A lane never looks at another, so the bits of a field, and of a
// trajectory that a solver computes so, do not depend on which others share its
// vectors.
//
// Values on a grid are [N…][lanes], Fourier coefficients [modes][2][lanes]:
// the real parts of all lanes, then the imaginary ones.
const Lanes = 8

// Pair is the length of a coefficient: its real and its imaginary parts.
const Pair = 2 * Lanes

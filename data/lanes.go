package data

// lanes is the number of trajectories that a solver advances together, one in
// each lane of a vector. A lane never looks at another, so the bits of a
// trajectory do not depend on which others share its vectors.
//
// Values on a grid are [N…][lanes], Fourier coefficients [modes][2][lanes]:
// the real parts of all lanes, then the imaginary ones.
const lanes = 8

// pair is the length of a coefficient: its real and its imaginary parts.
const pair = 2 * lanes

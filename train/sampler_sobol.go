package train

import (
	"fmt"
	"math/bits"
	"math/rand/v2"

	"eddy/configs"
)

func init() { configs.Register[Sampler]("sobol", func() Sampler { return &Sobol{} }) }

// Sobol is the sequence of Sobol', in up to four dimensions: of its first 2^k
// points, each half, quarter … of each axis has its share. A random digital
// shift, new for each draw, keeps that and makes every point uniform. Good
// numbers of points are powers of 2.
//
// Ref: Joe & Kuo, SIAM J. Sci. Comput. 30 (2008) 2635, whose direction numbers
// these are (new-joe-kuo-6); Matoušek, J. Complexity 14 (1998) 527, for the
// shift.
type Sobol struct{}

// joeKuo is a primitive polynomial, of a degree and with coefficients a, and
// the first direction numbers, for the second axis and those after it.
var joeKuo = []struct {
	degree, a uint
	m         []uint32
}{
	{1, 0, []uint32{1}},
	{2, 1, []uint32{1, 3}},
	{3, 1, []uint32{1, 3, 1}},
}

// Draw implements [Sampler].
func (*Sobol) Draw(x []float64, dims int, _ func([]float64) ([]float64, error), rng *rand.Rand) error {
	if dims > len(joeKuo)+1 {
		return fmt.Errorf("sobol: %d dimensions, want at most %d", dims, len(joeKuo)+1)
	}
	n := len(x) / dims
	for a := range dims {
		v, shift, point := directions(a), rng.Uint32(), uint32(0)
		for i := range n {
			if i > 0 {
				point ^= v[bits.TrailingZeros32(^uint32(i-1))]
			}
			x[i*dims+a] = float64(point^shift) / (1 << 32)
		}
	}
	return nil
}

// directions returns the direction numbers of an axis, in units of 2⁻³².
func directions(axis int) (v [32]uint32) {
	if axis == 0 {
		for k := range v {
			v[k] = 1 << (31 - k)
		}
		return v
	}
	p := joeKuo[axis-1]
	for k := range v {
		if k < len(p.m) {
			v[k] = p.m[k] << (31 - k)
			continue
		}
		s := int(p.degree)
		v[k] = v[k-s] ^ v[k-s]>>p.degree
		for j := 1; j < s; j++ {
			if p.a>>(s-1-j)&1 == 1 {
				v[k] ^= v[k-j]
			}
		}
	}
	return v
}

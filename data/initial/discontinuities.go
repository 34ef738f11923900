package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("discontinuities", func() physics.Initial { return &Discontinuities{Blocks: 3, Low: -1, High: 1} })
}

// Discontinuities draws sums of blocks, independently for each channel:
//
//	u = Σ_b v_b [l_b < x < h_b along each axis]
//
// with v_b uniform on (Low, High), and l_b and h_b the smaller and the larger
// of two coordinates that are uniform on the box.
//
// Good values: Blocks 3, Low −1, High 1, which is RandomDiscontinuities of
// exponax.
//
// Ref: Koehler et al., APEBench, NeurIPS 2024, arXiv 2411.00180.
type Discontinuities struct {
	Blocks int     `range:"[1,1000]" doc:"blocks in a state"`
	Low    float64 `range:"(-inf,inf)" doc:"smallest value of a block"`
	High   float64 `range:"(-inf,inf)" doc:"largest value of a block"`
}

var _ physics.Initial = (*Discontinuities)(nil)

// Check reports an empty range of values.
func (f *Discontinuities) Check() error {
	if f.Low > f.High {
		return configs.At("high", "high = %v, want low = %v or more", f.High, f.Low)
	}
	return nil
}

// block is where a value is added.
type block struct {
	low, high []float64
	value     float64
}

func (b block) contains(x []float64) bool {
	for axis, v := range x {
		if v <= b.low[axis] || v >= b.high[axis] {
			return false
		}
	}
	return true
}

// Draw fills u [N…, C].
func (f *Discontinuities) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err != nil {
		return fmt.Errorf("discontinuities: %w", err)
	}
	for c := range channels {
		blocks := make([]block, f.Blocks)
		for i := range blocks {
			blocks[i] = f.block(g, rng)
		}
		sampleChannel(u, g, c, func(x []float64) float64 {
			sum := 0.0
			for _, b := range blocks {
				if b.contains(x) {
					sum += b.value
				}
			}
			return sum
		})
	}
	return nil
}

func (f *Discontinuities) block(g physics.Grid, rng *rand.Rand) block {
	b := block{value: uniform(f.Low, f.High, rng)}
	for _, l := range g.Extent {
		one, other := l*rng.Float64(), l*rng.Float64()
		b.low, b.high = append(b.low, min(one, other)), append(b.high, max(one, other))
	}
	return b
}

package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("constant", func() physics.Initial { return &Constant{Value: []float64{0}} })
}

// Constant draws states that are the same everywhere, each channel uniform
// between Value and ValueHigh.
//
// Good values: 0 for the velocity of a wave at rest; ValueHigh 0.2 for
// PDEBench's diffusion–sorption.
type Constant struct {
	Value     []float64 `range:"(-inf,inf)" doc:"smallest value of each channel; one value serves all channels"`
	ValueHigh []float64 `range:"(-inf,inf)" doc:"largest value of each channel; if empty, there is only value"`
}

var _ physics.Initial = (*Constant)(nil)

// Draw fills u [N…, C].
func (f *Constant) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err != nil {
		return fmt.Errorf("constant: %w", err)
	}
	value, err := levels(f.Value, f.ValueHigh, channels, rng)
	if err != nil {
		return fmt.Errorf("constant: %w", err)
	}
	for i := 0; i < len(u); i += channels {
		copy(u[i:], value)
	}
	return nil
}

package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("within", func() physics.Initial { return &Within{High: 1} })
}

// Within draws from another distribution, and maps each channel of a state
// linearly so that its smallest value is Low and its largest High. These are
// values on the grid's points, so grids of different resolution give slightly
// different states.
//
// Good values: Low 0, High 1 for the concentration in Fisher's equation, and
// for the reaction–diffusion data of PDEBench.
type Within struct {
	Initial configs.Of[physics.Initial] `doc:"the distribution that is mapped"`
	Low     float64                     `range:"(-inf,inf)" doc:"smallest value of each channel"`
	High    float64                     `range:"(-inf,inf)" doc:"largest value of each channel"`
}

var _ physics.Initial = (*Within)(nil)

// Check reports that there is nothing to map, or nowhere to map it to.
func (f *Within) Check() error {
	if f.Low > f.High {
		return configs.At("high", "high = %v, want low = %v or more", f.High, f.Low)
	}
	return given("initial", f.Initial)
}

// Draw fills u [N…, C].
func (f *Within) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	if err := f.Check(); err != nil {
		return fmt.Errorf("within: %w", err)
	}
	if err := f.Initial.Value.Draw(u, g, rng); err != nil {
		return fmt.Errorf("within: %w", err)
	}
	channels := len(u) / g.Size()
	for c := range channels {
		low, high := u[c], u[c]
		for i := c; i < len(u); i += channels {
			low, high = min(low, u[i]), max(high, u[i])
		}
		if low == high {
			return fmt.Errorf("within: channel %d is %v everywhere, want values that differ", c, low)
		}
		for i := c; i < len(u); i += channels {
			share := (u[i] - low) / (high - low)
			u[i] = f.Low*(1-share) + f.High*share // Low and High themselves, without rounding
		}
	}
	return nil
}

package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("scaled", func() physics.Initial { return &Scaled{Factor: 1} })
}

// Scaled draws Shift + Factor v, where v is drawn from another distribution.
//
// Good values: Shift 1, Factor −1 of Blobs for the substance that Gray–Scott's
// reaction uses up.
type Scaled struct {
	Initial configs.Of[physics.Initial] `doc:"the distribution of v"`
	Factor  float64                     `range:"(-inf,inf)" doc:"what v is multiplied by"`
	Shift   float64                     `range:"(-inf,inf)" doc:"what is added then"`
}

var _ physics.Initial = (*Scaled)(nil)

// Check reports that there is nothing to scale.
func (f *Scaled) Check() error { return given("initial", f.Initial) }

// Draw fills u [N…, C].
func (f *Scaled) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	if err := f.Check(); err != nil {
		return fmt.Errorf("scaled: %w", err)
	}
	if err := f.Initial.Value.Draw(u, g, rng); err != nil {
		return fmt.Errorf("scaled: %w", err)
	}
	for i, v := range u {
		u[i] = f.Shift + f.Factor*v
	}
	return nil
}

package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("two_phase", func() physics.Initial {
		field := &GRF{Sigma: 1, Tau: 3, Alpha: 2, ZeroMean: true}
		return &TwoPhase{Field: configs.Of[physics.Initial]{Kind: "grf", Value: field}, Low: 3, High: 12}
	})
}

// TwoPhase cuts another field into two values, independently for each channel:
// High where it is at least Level, else Low.
//
// Good values: the defaults on a grid with ends, in two dimensions on a box of
// length 1, are the permeabilities of the Darcy data of the FNO paper, whose
// field is N(0, (−Δ + 9)^−2) with zero slope at the walls. The published
// program leaves out the mean, and so does the default; the text does not say
// so.
//
// Ref: Li et al., Fourier neural operator, ICLR 2021, §5.2.
type TwoPhase struct {
	Field configs.Of[physics.Initial] `doc:"the distribution of the field that is cut"`
	Level float64                     `range:"(-inf,inf)" doc:"value of the field between the phases"`
	Low   float64                     `range:"(-inf,inf)" doc:"value below the level"`
	High  float64                     `range:"(-inf,inf)" doc:"value at and above the level"`
}

var _ physics.Initial = (*TwoPhase)(nil)

// Check reports that there is nothing to cut.
func (f *TwoPhase) Check() error { return given("field", f.Field) }

// Draw fills u [N…, C].
func (f *TwoPhase) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	if err := f.Check(); err != nil {
		return fmt.Errorf("two_phase: %w", err)
	}
	if err := f.Field.Value.Draw(u, g, rng); err != nil {
		return fmt.Errorf("two_phase: %w", err)
	}
	for i, v := range u {
		if v >= f.Level {
			u[i] = f.High
		} else {
			u[i] = f.Low
		}
	}
	return nil
}

package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("per_channel", func() physics.Initial { return &PerChannel{} })
}

// PerChannel draws each channel from a distribution of its own. Channels have
// different generators, so one does not change when another's distribution does.
//
// Good values: of the wave equation a Fourier and a Constant, which starts at
// rest; of Gray–Scott a Scaled and a Blobs.
type PerChannel struct {
	Channels []configs.Of[physics.Initial] `doc:"the distribution of each channel, in the order of the equation's"`
}

var _ physics.Initial = (*PerChannel)(nil)

// Check reports that a distribution is missing.
func (f *PerChannel) Check() error {
	if len(f.Channels) == 0 {
		return configs.At("channels", "no channels, want a distribution for each channel of the equation")
	}
	return nil
}

// Draw fills u [N…, C].
func (f *PerChannel) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err == nil && channels != len(f.Channels) {
		err = fmt.Errorf("%d distributions for a state of %d channels", len(f.Channels), channels)
	}
	if err != nil {
		return fmt.Errorf("per_channel: %w", err)
	}
	v := make([]float64, g.Size())
	for c, initial := range f.Channels {
		own := rand.New(rand.NewPCG(rng.Uint64(), rng.Uint64()))
		if err := initial.Value.Draw(v, g, own); err != nil {
			return fmt.Errorf("per_channel: channel %d: %w", c, err)
		}
		setChannel(u, g, c, v)
	}
	return nil
}

// given refuses a distribution that the configuration lacks.
func given(key string, initial configs.Of[physics.Initial]) error {
	if initial.Value == nil {
		return configs.At(key, "%s is not given, want a distribution of states", key)
	}
	return nil
}

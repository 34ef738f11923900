package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
)

// uniform draws from [low, high).
func uniform(low, high float64, rng *rand.Rand) float64 {
	return low + (high-low)*rng.Float64()
}

// ascending refuses a range whose ends are the wrong way round.
func ascending(key string, r [2]float64) error {
	if r[0] > r[1] {
		return configs.At(key, "%s = %v, want the smaller end first", key, r)
	}
	return nil
}

// levels draws a value for each channel, uniform between low and high. Either
// list has one value for all channels or one for each; without high the values
// are those of low.
func levels(low, high []float64, channels int, rng *rand.Rand) ([]float64, error) {
	if len(high) == 0 {
		high = low
	}
	values := make([]float64, channels)
	for c := range values {
		l, err := ofChannel(low, c, channels)
		if err != nil {
			return nil, err
		}
		h, err := ofChannel(high, c, channels)
		if err != nil {
			return nil, err
		}
		values[c] = uniform(l, h, rng)
	}
	return values, nil
}

func ofChannel(list []float64, c, channels int) (float64, error) {
	switch len(list) {
	case 1:
		return list[0], nil
	case channels:
		return list[c], nil
	}
	return 0, fmt.Errorf("%d values for a state of %d channels, want 1 or %[2]d", len(list), channels)
}

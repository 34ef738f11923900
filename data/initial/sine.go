package initial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("sine", func() physics.Initial {
		return &Sine{Amplitude: 1, Waves: []float64{1}, Phase: []float64{0}}
	})
}

// Sine is one state, the same in all channels and from all generators:
//
//	u = Amplitude Π_a sin(2π Waves_a x_a/L_a + Phase_a),
//
// for tests with a known solution.
//
// Good values: Waves 1 on a periodic box; on an interval of length 2 with walls
// that is the −sin πx on (−1, 1) from which Burgers' equation starts in the
// papers on PINNs, with Waves 0.5 it has half a wave between the walls.
type Sine struct {
	Amplitude float64   `range:"(-inf,inf)" doc:"largest |u|"`
	Waves     []float64 `range:"(-inf,inf)" doc:"waves per box along each axis; one number serves all axes"`
	Phase     []float64 `range:"(-inf,inf)" doc:"angle at the first point of each axis; one number serves all axes"`
}

var _ physics.Initial = (*Sine)(nil)

// Draw fills u [N…, C].
func (f *Sine) Draw(u []float64, g physics.Grid, _ *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err != nil {
		return fmt.Errorf("sine: %w", err)
	}
	for _, list := range [][]float64{f.Waves, f.Phase} {
		if len(list) != 1 && len(list) != g.Dims() {
			return fmt.Errorf("sine: %d waves and %d phases in %d dimensions, want 1 or %[3]d", len(f.Waves), len(f.Phase), g.Dims())
		}
	}
	for c := range channels {
		sampleChannel(u, g, c, func(x []float64) float64 {
			v := f.Amplitude
			for axis, l := range g.Extent {
				waves, phase := f.Waves[axis%len(f.Waves)], f.Phase[axis%len(f.Phase)]
				v *= math.Sin(2*math.Pi*waves*x[axis]/l + phase)
			}
			return v
		})
	}
	return nil
}

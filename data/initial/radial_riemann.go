package initial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("radial_riemann", func() physics.Initial { return &RadialRiemann{Radius: [2]float64{0.3, 0.7}} })
}

// RadialRiemann draws two constant states with a sphere between them around the
// middle of the box,
//
//	u = Inside where |x − L/2| ≤ r, else Outside.
//
// Values are those of the equation's channels, each uniform between Inside and
// InsideHigh or Outside and OutsideHigh; r is uniform on Radius.
//
// Good values: of the shallow water equations Inside [2, 0, 0], Outside
// [1, 0, 0], Radius [0.3, 0.7] on a box of 5 × 5 is the radial dam break of
// PDEBench.
//
// Ref: Takamoto et al., PDEBench, NeurIPS 2022, arXiv 2210.07182, appendix D.
type RadialRiemann struct {
	Inside      []float64  `range:"(-inf,inf)" doc:"each channel within the sphere, its smallest value; one value serves all channels"`
	InsideHigh  []float64  `range:"(-inf,inf)" doc:"each channel within the sphere, its largest value; if empty, there is only inside"`
	Outside     []float64  `range:"(-inf,inf)" doc:"each channel beyond the sphere, its smallest value; one value serves all channels"`
	OutsideHigh []float64  `range:"(-inf,inf)" doc:"each channel beyond the sphere, its largest value; if empty, there is only outside"`
	Radius      [2]float64 `range:"[0,inf)" doc:"smallest and largest radius of the sphere, in units of the box"`
}

var _ physics.Initial = (*RadialRiemann)(nil)

// Check reports an empty range.
func (f *RadialRiemann) Check() error { return ascending("radius", f.Radius) }

// Draw fills u [N…, C].
func (f *RadialRiemann) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err != nil {
		return fmt.Errorf("radial_riemann: %w", err)
	}
	inside, err := levels(f.Inside, f.InsideHigh, channels, rng)
	if err != nil {
		return fmt.Errorf("radial_riemann: inside: %w", err)
	}
	outside, err := levels(f.Outside, f.OutsideHigh, channels, rng)
	if err != nil {
		return fmt.Errorf("radial_riemann: outside: %w", err)
	}
	radius := uniform(f.Radius[0], f.Radius[1], rng)
	for c := range channels {
		sampleChannel(u, g, c, func(x []float64) float64 {
			distance := 0.0
			for axis, l := range g.Extent {
				distance = math.Hypot(distance, x[axis]-l/2)
			}
			if distance <= radius {
				return inside[c]
			}
			return outside[c]
		})
	}
	return nil
}

package initial

import (
	"fmt"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("riemann", func() physics.Initial { return &Riemann{Position: [2]float64{0.5, 0.5}} })
}

// Riemann draws two constant states with a plane between them,
//
//	u = Left where x_a < p L_a, else Right,
//
// along the axis a. Values are those of the equation's channels, each uniform
// between Left and LeftHigh or Right and RightHigh; p is uniform on Position.
//
// Good values: of the Euler equations Left [1, 0, 2.5], Right [0.125, 0, 0.25]
// is Sod's shock tube at γ = 1.4, in density, momentum and energy.
//
// Ref: Sod, J. Comput. Phys. 27 (1978) 1.
type Riemann struct {
	Left      []float64  `range:"(-inf,inf)" doc:"each channel before the jump, its smallest value; one value serves all channels"`
	LeftHigh  []float64  `range:"(-inf,inf)" doc:"each channel before the jump, its largest value; if empty, there is only left"`
	Right     []float64  `range:"(-inf,inf)" doc:"each channel behind the jump, its smallest value; one value serves all channels"`
	RightHigh []float64  `range:"(-inf,inf)" doc:"each channel behind the jump, its largest value; if empty, there is only right"`
	Axis      int        `range:"[0,2]" doc:"the axis across which the states differ"`
	Position  [2]float64 `range:"[0,1]" doc:"smallest and largest coordinate of the jump, in lengths of the box"`
}

var _ physics.Initial = (*Riemann)(nil)

// Check reports an empty range.
func (f *Riemann) Check() error { return ascending("position", f.Position) }

// Draw fills u [N…, C].
func (f *Riemann) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err == nil && f.Axis >= g.Dims() {
		err = fmt.Errorf("axis = %d in %d dimensions", f.Axis, g.Dims())
	}
	if err != nil {
		return fmt.Errorf("riemann: %w", err)
	}
	left, err := levels(f.Left, f.LeftHigh, channels, rng)
	if err != nil {
		return fmt.Errorf("riemann: left: %w", err)
	}
	right, err := levels(f.Right, f.RightHigh, channels, rng)
	if err != nil {
		return fmt.Errorf("riemann: right: %w", err)
	}
	position := g.Extent[f.Axis] * uniform(f.Position[0], f.Position[1], rng)
	for c := range channels {
		sampleChannel(u, g, c, func(x []float64) float64 {
			if x[f.Axis] < position {
				return left[c]
			}
			return right[c]
		})
	}
	return nil
}

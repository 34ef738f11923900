package initial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"eddy/configs"
	"eddy/physics"
)

func init() {
	configs.Register("blobs", func() physics.Initial {
		return &Blobs{Blobs: 1, Position: [2]float64{0.4, 0.6}, Variance: [2]float64{0.005, 0.01}}
	})
}

// Blobs draws means of Gaussian bumps, independently for each channel:
//
//	u = 1/n Σ_b exp(−½ Σ_a (x_a − p_a)²/s_a²)
//
// with p_a/L_a uniform on Position and s_a²/L_a² uniform on Variance, for each
// bump and axis. Bumps do not come back on the other side of a periodic box, so
// they should end within it.
//
// Good values: Blobs 1, Position [0.4, 0.6], Variance [0.005, 0.01], which is
// RandomGaussianBlobs of exponax. Gray–Scott starts from 1 − u in its first
// channel, see [Scaled].
//
// Ref: Koehler et al., APEBench, NeurIPS 2024, arXiv 2411.00180.
type Blobs struct {
	Blobs    int        `range:"[1,1000]" doc:"bumps in a state"`
	Position [2]float64 `range:"[0,1]" doc:"smallest and largest coordinate of a bump's centre, in lengths of the box"`
	Variance [2]float64 `range:"(0,inf)" doc:"smallest and largest variance of a bump, in squared lengths of the box"`
}

var _ physics.Initial = (*Blobs)(nil)

// Check reports empty ranges.
func (f *Blobs) Check() error {
	if err := ascending("position", f.Position); err != nil {
		return err
	}
	return ascending("variance", f.Variance)
}

// blob is a bump: along each axis its centre, and the half of 1/s².
type blob struct{ centre, sharpness []float64 }

func (b blob) at(x []float64) float64 {
	exponent := 0.0
	for axis, v := range x {
		exponent -= b.sharpness[axis] * (v - b.centre[axis]) * (v - b.centre[axis])
	}
	return math.Exp(exponent)
}

// Draw fills u [N…, C].
func (f *Blobs) Draw(u []float64, g physics.Grid, rng *rand.Rand) error {
	channels, err := channelsOf(u, g)
	if err != nil {
		return fmt.Errorf("blobs: %w", err)
	}
	for c := range channels {
		blobs := make([]blob, f.Blobs)
		for i := range blobs {
			blobs[i] = f.blob(g, rng)
		}
		sampleChannel(u, g, c, func(x []float64) float64 {
			sum := 0.0
			for _, b := range blobs {
				sum += b.at(x)
			}
			return sum / float64(len(blobs))
		})
	}
	return nil
}

func (f *Blobs) blob(g physics.Grid, rng *rand.Rand) blob {
	var b blob
	for _, l := range g.Extent {
		b.centre = append(b.centre, l*uniform(f.Position[0], f.Position[1], rng))
		b.sharpness = append(b.sharpness, 0.5/(l*l*uniform(f.Variance[0], f.Variance[1], rng)))
	}
	return b
}

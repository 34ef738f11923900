package train

import (
	"math"

	"eddy/configs"
)

// Schedule is the learning rate of a run.
type Schedule interface {
	// At is the rate of a step, counted from 1, of steps in total.
	At(step, steps int) float64
}

func init() {
	configs.Register[Schedule]("constant", func() Schedule { return &Constant{Rate: 1e-3} })
	configs.Register[Schedule]("warmup_cosine", func() Schedule { return &WarmupCosine{Rate: 1e-3, Warmup: 100} })
	configs.Register[Schedule]("step", func() Schedule { return &Halving{Rate: 1e-3, Every: 1000, Factor: 0.5} })
}

// Constant keeps one rate.
type Constant struct {
	Rate float64 `range:"(0,10]" doc:"learning rate"`
}

// At implements [Schedule].
func (s *Constant) At(int, int) float64 { return s.Rate }

// WarmupCosine rises in a line from 0 to Rate over Warmup steps, and falls to
// Final as half a cosine until the last step.
//
// Ref: Loshchilov & Hutter (2017), arXiv:1608.03983, eq. (5), without restarts.
type WarmupCosine struct {
	Rate   float64 `range:"(0,10]" doc:"highest learning rate"`
	Warmup int     `range:"[0,100000000]" doc:"steps until the highest rate"`
	Final  float64 `range:"[0,10]" doc:"rate of the last step"`
}

// Check reports a schedule that would rise where it should fall.
func (s *WarmupCosine) Check() error {
	if s.Final > s.Rate {
		return configs.At("final", "%g, want at most the highest rate %g", s.Final, s.Rate)
	}
	return nil
}

// At implements [Schedule].
func (s *WarmupCosine) At(step, steps int) float64 {
	if step <= s.Warmup {
		return s.Rate * float64(step) / float64(s.Warmup)
	}
	share := float64(step-s.Warmup) / float64(max(1, steps-s.Warmup))
	return s.Final + (s.Rate-s.Final)*(1+math.Cos(math.Pi*min(1, share)))/2
}

// Halving multiplies the rate by Factor after each Every steps.
type Halving struct {
	Rate   float64 `range:"(0,10]" doc:"first learning rate"`
	Every  int     `range:"[1,100000000]" doc:"steps of one rate"`
	Factor float64 `range:"(0,1]" doc:"of one rate to the one before"`
}

// At implements [Schedule].
func (s *Halving) At(step, _ int) float64 {
	return s.Rate * math.Pow(s.Factor, float64((step-1)/s.Every))
}

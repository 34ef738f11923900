package physics

import "eddy/configs"

func init() {
	configs.Register("robin", func() Condition {
		return &Robin{State: []float64{1}, Slope: []float64{1}, Value: []float64{0}}
	})
}

// Robin relates the state at an end to its derivative out of the box,
//
//	a u + b ∂u/∂n = g,
//
// as where heat is lost to a medium of the temperature g/a, or a solute to
// water that flows by. With a and b of one sign it damps.
type Robin struct {
	State []float64 `range:"[0,inf)" doc:"coefficient a of each channel; one value serves all channels"`
	Slope []float64 `range:"(0,inf)" doc:"coefficient b of the outward derivative; for b = 0 there is dirichlet"`
	Value []float64 `range:"(-inf,inf)" doc:"right-hand side g"`
}

// Image implements [Condition]: the state on the end is taken as the mean of
// inside and image, its derivative as their difference over the gap.
func (r *Robin) Image(beyond, inside, _ []float64, gap float64, _ int) {
	for c, v := range inside {
		a, b := of(r.State, c)*gap/2, of(r.Slope, c)
		beyond[c] = ((b-a)*v + gap*of(r.Value, c)) / (b + a)
	}
}

func (r *Robin) lists() [][]float64 { return [][]float64{r.State, r.Slope, r.Value} }

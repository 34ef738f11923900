package solver

import "eddy/configs"

func init() {
	configs.Register("muscl", func() Reconstruction {
		return &MUSCL{configs.Of[Limiter]{Kind: "mc", Value: mc{}}}
	})
}

// MUSCL puts a line of limited slope into each cell: of order 2 where the
// solution is smooth, and free of oscillations at shocks.
//
// Ref: van Leer, J. Comput. Phys. 32 (1979) 101.
type MUSCL struct {
	Limiter configs.Of[Limiter] `doc:"how the slopes of the lines are limited"`
}

func (m *MUSCL) String() string { return "MUSCL (" + m.Limiter.Kind + ")" }

// Reach is 2.
func (*MUSCL) Reach() int { return 2 }

// Faces implements [Reconstruction].
func (m *MUSCL) Faces(low, high, u []float64) {
	limiter, last := m.Limiter.Value, len(u)-2
	for i := 1; i <= last; i++ {
		half := 0.5 * limiter.Slope(u[i]-u[i-1], u[i+1]-u[i])
		if i < last {
			low[i-1] = u[i] + half
		}
		if i > 1 {
			high[i-2] = u[i] - half
		}
	}
}

// Midpoint is of order 2.
func (*MUSCL) Midpoint() (value, mean []float64) { return []float64{1}, []float64{1} }

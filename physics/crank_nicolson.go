package physics

import "eddy/configs"

func init() {
	configs.Register("crank_nicolson", func() Scheme { return &CrankNicolson{} })
}

// CrankNicolson is the trapezoidal rule between two frames,
//
//	r = (u_{n+1} − u_n)/Δt − ½ (F(u_n) + F(u_{n+1})),
//
// of second order. It suits frames that are close to each other on the scale of
// the motion, and damped waves of any speed.
type CrankNicolson struct{}

// Needs implements [Scheme].
func (*CrankNicolson) Needs() int { return 1 }

// Residual implements [Scheme].
func (*CrankNicolson) Residual(m Motion) []Field {
	rate := m.Along(m.U, m.Steps, steps(m.Steps, -1/m.Dt, 1/m.Dt))
	return less(rate, m.Along(m.Tendency(m.U), m.Steps, steps(m.Steps, 0.5, 0.5)))
}

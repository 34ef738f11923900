package physics

import "eddy/configs"

func init() {
	configs.Register("central", func() Scheme { return &Central{Order: 4} })
}

// Central takes the rate of change of all frames from the frames around them,
// by central differences that turn one-sided at both ends,
//
//	r = D_t u − F(u).
//
// It suits models that forecast many frames at once.
//
// Ref: Li et al., Physics-informed neural operator (2021), arXiv:2111.03794, §3.2.
type Central struct {
	Order int `range:"[2,8]" doc:"even order of the differences"`
}

// Check reports an odd order.
func (c *Central) Check() error {
	if c.Order%2 != 0 {
		return configs.At("order", "%d, want an even number", c.Order)
	}
	return nil
}

// Needs implements [Scheme].
func (c *Central) Needs() int { return c.Order }

// Residual implements [Scheme].
func (c *Central) Residual(m Motion) []Field {
	frames := m.Steps + 1
	return less(m.Along(m.U, frames, slopes(frames, c.Order, m.Dt, false)), m.Tendency(m.U))
}

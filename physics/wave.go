package physics

import "eddy/configs"

func init() {
	configs.Register("wave", func() Equation { return &Wave{Speed: 1} })
}

// Wave is the wave equation h_tt = c² Δh, as a system for the height h and its
// velocity v,
//
//	h_t = v,
//	v_t = c² Δh.
//
// In one dimension h is a sum of a shape that moves at c and one that moves at
// −c; in several, rings run outwards. Good values: Speed 1, Extent 1, Points
// 128 along each of two axes, Dt 0.01. Conserved are the mean of v and of the
// energy ½v² + (c²/2)|∇h|². It is Wave of exponax with the same numbers.
type Wave struct {
	Speed float64 `range:"[0,inf)" doc:"speed c of the waves, length per time"`
}

// Channels is 2: h and v.
func (*Wave) Channels(int) int { return 2 }

// Linear returns 1 for h of v, and c²Δ for v of h.
func (e *Wave) Linear(dims int) Matrix {
	l := NewMatrix(2)
	l[0][1] = Identity()
	l[1][0] = Laplacian(dims).Scale(e.Speed * e.Speed)
	return l
}

// Nonlinear returns nil.
func (*Wave) Nonlinear(int, []Field) []Field { return nil }

// Invariants are the mean of v and the energy.
func (e *Wave) Invariants(dims int) []Invariant {
	energy := func(u []Field) Field {
		return u[1].Mul(u[1]).Add(squaredSlope(dims, u[0]).Scale(e.Speed * e.Speed)).Scale(0.5)
	}
	return []Invariant{{"momentum", mass(1).Density}, {"energy", energy}}
}

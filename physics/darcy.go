package physics

import "eddy/configs"

func init() {
	configs.Register("darcy", func() Equation { return &Darcy{Source: 1} })
}

// Darcy is the steady flow through a porous medium in any number of
// dimensions,
//
//	−∇·(a ∇u) = f,
//
// for the pressure u, given the permeability a > 0 of each place and a constant
// source f. Where a jumps, the flux a ∂u/∂n does not. With u = 0 on the walls of
// a unit square u is at most 0.0737 f/min a.
//
// Ref: Li et al., Fourier neural operator, ICLR 2021, §5.2, where f = 1 and a is
// 3 or 12.
type Darcy struct {
	Source float64 `range:"(-inf,inf)" doc:"constant source f"`
}

var _ Elliptic = (*Darcy)(nil)

// Channels is 1, the pressure.
func (*Darcy) Channels(int) int { return 1 }

// Inputs is 1, the permeability.
func (*Darcy) Inputs(int) int { return 1 }

// Balance returns −∇·(a∇u) − f.
func (e *Darcy) Balance(dims int, a, u []Field) []Field {
	r := u[0].Cosine([3]int{}, 0).Scale(-e.Source)
	for axis := range dims {
		r = r.Add(a[0].Mul(u[0].D(axis, 1)).D(axis, 1).Scale(-1))
	}
	return []Field{r}
}

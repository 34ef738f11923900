package physics

import "eddy/configs"

func init() {
	configs.Register("advection", func() Equation { return &Advection{Velocity: []float64{1}} })
}

// Advection carries the state along unchanged, in any number of dimensions,
//
//	u_t + c·∇u = 0.
//
// Every shape moves at velocity c, so the exact solution is u(x − ct, 0).
// Good values: Velocity 1, Extent 1, Dt 0.025, which is 4 of 160 points a
// frame. The mean and the mean square are conserved. With unlike velocities it
// is the unbalanced advection of APEBench, Velocity (0.01, −0.04, 0.005), Dt 0.1.
type Advection struct {
	Velocity []float64 `range:"(-inf,inf)" doc:"velocity c along each axis; 0 along the axes that are not listed"`
}

var _ ConservationLaw = (*Advection)(nil)

// Channels is 1, unless there are more velocities than dimensions.
func (e *Advection) Channels(dims int) int {
	if len(e.Velocity) > dims {
		return 0
	}
	return 1
}

// Linear returns −c·∇.
func (e *Advection) Linear(int) Matrix {
	var l Operator
	for axis, c := range e.Velocity {
		l = l.Add(Deriv(axis, 1).Scale(-c))
	}
	return Diagonal(l)
}

// Nonlinear returns nil.
func (*Advection) Nonlinear(int, []Field) []Field { return nil }

// Flux returns c u along an axis.
func (e *Advection) Flux(_ int, u []Field, axis int) []Field {
	return []Field{u[0].Scale(e.velocity(axis))}
}

// Speeds returns c, whatever the state.
func (e *Advection) Speeds(_ int, _ []float64, axis int) (low, high float64, err error) {
	c := e.velocity(axis)
	return c, c, nil
}

// Diffusivity returns nil.
func (*Advection) Diffusivity(int) []float64 { return nil }

func (e *Advection) velocity(axis int) float64 {
	if axis < len(e.Velocity) {
		return e.Velocity[axis]
	}
	return 0
}

// Invariants are the mean and the mean square.
func (*Advection) Invariants(int) []Invariant { return []Invariant{mass(0), energy(0)} }

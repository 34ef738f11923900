// Package physics states partial differential equations and the problems made
// from them.
//
// An equation is written once, over [Field], and used in three ways: the
// solver reads a Field as Fourier coefficients, a loss as values on a grid, a
// PINN as the Taylor series of a network. So solver and residual cannot drift
// apart.
//
// To add an equation, copy ks.go.
package physics

// Equation is u_t = L u + N(u), for one or more channels.
type Equation interface {
	// Linear returns L: one constant-coefficient operator per channel, none
	// where the equation is not defined in that many dimensions.
	Linear(dims int) []Operator

	// Nonlinear returns N(u), one field per channel, or nil where N is zero.
	Nonlinear(u []Field) []Field
}

// Invariant is an integral over the box, ∫ Density(u) dx, that an equation
// conserves on a periodic box.
type Invariant struct {
	Name    string
	Density func(u []Field) Field
}

// Conservative is an equation that declares what it conserves.
type Conservative interface {
	Equation
	Invariants() []Invariant
}

// Residual returns u_t − L u − N(u), which is zero for a solution.
func Residual(e Equation, dims int, u, ut []Field) []Field {
	r := make([]Field, len(u))
	for c, l := range e.Linear(dims) {
		r[c] = ut[c].Add(l.Apply(u[c]).Scale(-1))
	}
	for c, n := range e.Nonlinear(u) {
		r[c] = r[c].Add(n.Scale(-1))
	}
	return r
}
